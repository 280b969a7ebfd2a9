"""Backs up a host that takes reports meanwhile, and restores data and keys as on an empty machine."""

import http.client
import json
import sqlite3
import subprocess
import threading
import time
import urllib.parse

import cases


def measure(host, reporter):
    """Rows of the table."""
    folder = host.folder / "backups"
    folder.mkdir()
    private, public = folder / "backup.private", folder / "backup.public"
    made = subprocess.run([host.binary, "backup", "key"], check=True, capture_output=True, text=True)
    private.write_text(made.stdout)
    public.write_text(made.stderr)

    acknowledged, late, ended = uids(host.database), [], threading.Event()
    sender = threading.Thread(target=keep_sending, args=(host.port, reporter, late, ended))
    sender.start()
    files = {name: folder / f"{name}.backup" for name in ("data", "keys")}
    seconds, waited = {}, []
    try:
        for name, options in (("data", []), ("keys", ["--keys"])):
            seconds[f"backup {name}"], _ = timed(host, "backup", "--to", files[name], "--recipient", public, *options)
        waited = sorted(took for took, _ in late)
    finally:
        ended.set()
        sender.join()

    with Empty(host.database, folder, "data") as data, Empty(host.database, folder, "keys") as keys:
        for name, target, options in (("data", data, []), ("keys", keys, ["--destroyed", host.folder / "destroyed-keys.log"])):
            seconds[f"restore {name}"], _ = timed(host, "restore", files[name], "--key", private, "--to", target, *options)
        restored = uids(data)
        environment = {"TRIVSEL_DATABASE_URL": data, "TRIVSEL_VAULT_KEYS": keys}
        seconds["check"], told = timed(host, "vault", "check", **environment)
    size = sum(file.stat().st_size for file in files.values()) / 1e6
    slowest = f", {len(waited)} reports meanwhile, p99 {waited[len(waited) * 99 // 100] * 1000:.0f} ms" if waited else ""
    return [
        (f"backup, {len(acknowledged):,} cases and keys",
         f"{seconds['backup data'] + seconds['backup keys']:.1f} s, {size:.0f} MB{slowest}", "host goes on"),
        ("restore on an empty machine", f"{seconds['restore data'] + seconds['restore keys']:.1f} s", "≤ 600 s"),
        ("acknowledged before, missing after", f"{len(acknowledged - restored)} cases; {told.strip()}", "0"),
    ]


def timed(host, *arguments, **environment):
    began = time.monotonic()
    done = subprocess.run([host.binary, *map(str, arguments)], env=host.environment | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - began, done.stdout


def keep_sending(port, reporter, late, ended):
    """Reports, one after the other, until told to end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for report in cases.reports():
        if ended.is_set():
            break
        began = time.monotonic()
        connection.request("POST", "/api/v1/deviations", json.dumps(report), reporter | {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        late.append((time.monotonic() - began, answer.status))


class Empty:
    """An empty database beside the host's, on its engine."""

    def __init__(self, beside, folder, name):
        self.server = None if beside.startswith("sqlite:") else beside
        self.name = f"restored_{name}"
        parts = urllib.parse.urlsplit(beside)
        self.url = parts._replace(path=f"/{self.name}").geturl() if self.server else f"sqlite:{folder}/{self.name}.sqlite"

    def __enter__(self):
        if self.server:
            psql(self.server, f"CREATE DATABASE {self.name}")
        return self.url

    def __exit__(self, *_):
        if self.server:
            psql(self.server, f"DROP DATABASE {self.name}")


def psql(url, statement):
    command = ["psql", "--quiet", "--no-psqlrc", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", statement, url]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def uids(url):
    """The ids of all cases."""
    select = "SELECT uid FROM deviations_case"
    if not url.startswith("sqlite:"):
        return set(psql(url, select).split())
    database = sqlite3.connect(url.removeprefix("sqlite:"))
    found = {row[0] for row in database.execute(select)}
    database.close()
    return found
