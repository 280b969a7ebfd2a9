"""The Containerfile builds from what is here and what Scripts/setup.sh names, and its health check tells a host that answers from one that does not."""

import json
import re
import subprocess

import pytest
from dockerfile_parse import DockerfileParser

from installation import TOP, Installation
from machine import free_ports, until

# What the image needs that no library of ours brings: certificates for mail servers, the health check, Europe/Oslo.
OTHER_PACKAGES = {"ca-certificates", "curl", "tzdata"}
INSTRUCTIONS = {"FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "CMD", "COMMENT"}


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """Per stage its instructions as pairs of name and value."""
    parser = DockerfileParser(str(tmp_path_factory.mktemp("parsed")))
    parser.content = (TOP / "Config/Containerfile").read_text()
    found = []
    for line in parser.structure:
        assert line["instruction"] in INSTRUCTIONS, line["content"]
        if line["instruction"] == "FROM":
            found.append([])
        if found:
            found[-1].append((line["instruction"], line["value"]))
    return found


def values(stage, instruction):
    return [value for name, value in stage if name == instruction]


def packages(stage):
    return set(re.search(r"--no-install-recommends\s+(.*?)\s*&&", values(stage, "RUN")[0])[1].split())


def named(array):
    """An array of Scripts/setup.sh."""
    done = subprocess.run(
        ["bash", "-c", f'source Scripts/setup.sh; printf "%s\\n" "${{{array}[@]}}"'], cwd=TOP, capture_output=True, text=True)
    return set(done.stdout.split())


def needed_by(packages):
    """The libraries that development packages bring."""
    done = subprocess.run(["dpkg-query", "-W", "-f", "${Depends}, ", *packages], capture_output=True, text=True, check=True)
    return {part.split()[0].split(":")[0] for part in done.stdout.split(",") if part.strip()}


def test_it_builds_with_the_packages_that_the_scripts_install(stages):
    assert packages(stages[0]) == named("build_packages")


def test_it_runs_with_their_libraries_and_nothing_else(stages):
    libraries = packages(stages[1]) - named("run_packages") - OTHER_PACKAGES
    assert libraries <= needed_by(named("build_packages"))
    brought = {name: needed_by([name]) for name in named("build_packages") if name.endswith("-dev")}
    assert [name for name, parts in brought.items() if not parts & libraries] == []
    assert named("run_packages") | OTHER_PACKAGES <= packages(stages[1])


def test_every_path_it_copies_is_here(stages):
    copies = [value.split() for stage in stages for value in values(stage, "COPY")]
    ours = [path for words in copies if not words[0].startswith("--from") for path in words[:-1]]
    assert len(ours) >= 5 and [path for path in ours if not (TOP / path).exists()] == []
    assert ["--from=build", "/out/trivsel", "/usr/local/bin/trivsel"] in copies
    # Package.swift names the folders of every target: none may be left behind.
    folders = set(re.findall(r'path: "([A-Z]\w+)/', (TOP / "Package.swift").read_text())) | {"Sources"}
    assert folders <= {path.rstrip("/") for path in ours}


def test_it_does_not_run_as_root_and_keeps_its_data(stages):
    assert values(stages[1], "USER") == ["900"]
    assert values(stages[1], "VOLUME") == ["/var/lib/trivsel"]
    assert "directory: /var/lib/trivsel" in (TOP / "Config/production.yaml").read_text()


def is_healthy(stages, port):
    command = json.loads(values(stages[1], "HEALTHCHECK")[0].split("CMD ")[1])
    return subprocess.run(command, env={"PATH": "/usr/bin:/bin", "TRIVSEL_HTTP_PORT": str(port)}, timeout=10, stderr=subprocess.DEVNULL).returncode == 0


def test_its_health_check_finds_a_host_and_no_host(stages, trivsel):
    assert is_healthy(stages, trivsel.url.rsplit(":", 1)[1])
    assert not is_healthy(stages, free_ports(1)[0])


def test_its_health_check_finds_a_host_that_ends_tls_itself(stages, tmp_path):
    with Installation(tmp_path, has_mail_server=False, tls=True) as own:
        assert is_healthy(stages, own.url.rsplit(":", 1)[1])
        until(lambda: "notifications worker" in own.log("work"), "the worker runs: before that it cannot be told to stop")


def test_its_commands_are_shell(stages):
    for stage in stages:
        for command in values(stage, "RUN"):
            assert subprocess.run(["bash", "-n", "-c", command], capture_output=True).returncode == 0, command
