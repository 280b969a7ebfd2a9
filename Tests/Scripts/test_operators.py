"""Config/README.md tells of every figure and alarm that the program has, and of no other."""

import re

import requests

from installation import TOP

README = (TOP / "Config/README.md").read_text()
# What a host tells besides, once it has answered requests; the rest of a histogram's names are its own matter.
LIBRARY = {"hb_requests_total", "hb_request_errors_total", "http_server_active_requests", "http_server_request_duration_seconds"}


def sources():
    files = [path for folder in ("Sources", "Plugins") for path in (TOP / folder).rglob("*.swift") if "Tests" not in path.parts]
    return "\n".join(path.read_text() for path in files if "TrivselTesting" not in path.parts)


def rows(heading):
    """The names in the first column of the table under this heading."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n?)+)", README, re.MULTILINE)[1]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def test_every_figure_of_ours_is_explained():
    ours = set(re.findall(r'"((?:trivsel|process)_[a-z_]+[a-z])"', sources()))
    assert len(ours) > 15
    named = rows("Figure")
    assert sorted(named) == sorted(ours | LIBRARY)


def test_every_figure_that_a_host_shows_is_explained(trivsel):
    requests.get(f"{trivsel.url}/nothing-here", timeout=10)
    text = requests.get(f"{trivsel.url}/metrics", timeout=10).text
    shown = set(re.findall(r"^# TYPE (\S+) ", text, re.MULTILINE))
    assert LIBRARY <= shown | {"hb_request_errors_total"} and shown <= set(rows("Figure"))


def test_every_alarm_is_explained():
    alarms = set(re.findall(r'\bAlarm\("([^"]+)"', sources()))
    assert alarms and sorted(rows("Alarm")) == sorted(alarms)


def test_every_setting_it_names_exists(trivsel):
    known = {line.split(": ")[0] for line in trivsel.run("config").splitlines()}
    assert set(re.findall(r"`([a-z]+\.[a-z]+[A-Za-z]*)(?:: [^`]*)?`", README)) - {"secrets.yaml", "production.yaml", "master.key", "data.backup", "keys.backup"} <= known
