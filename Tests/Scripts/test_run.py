"""Scripts/run from outside: it ends in a page, and Ctrl-C ends it."""

import os
import re
import signal
import socket
import subprocess

import pytest
import requests

from installation import TOP, environment
from machine import free_ports, until


@pytest.fixture
def settings(tmp_path):
    http, feed, desk = free_ports(3)
    return environment(
        TRIVSEL_DATA_DIRECTORY=str(tmp_path / "data"), TRIVSEL_HTTP_PORT=str(http),
        TRIVSEL_FEED_ENDPOINT=f"tcp://127.0.0.1:{feed}", TRIVSEL_DESK_ENDPOINT=f"tcp://127.0.0.1:{desk}")


class Run:
    """Scripts/run in a session of its own, as in a terminal."""

    def __init__(self, settings, folder):
        self.output = folder / "output"
        with open(self.output, "wb") as file:
            self.process = subprocess.Popen(
                ["Scripts/run", "--debug"], cwd=TOP, env=settings, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def said(self, pattern):
        return re.search(pattern, self.output.read_text())

    def shown(self):
        """The address it prints once it is ready."""
        until(lambda: self.said(r"Ctrl-C stops it") or self.process.poll() is not None, "an address", seconds=600)
        found = self.said(r"(http://127\.0\.0\.1:\d+)")
        assert found, self.output.read_text()
        return found[1]

    def press_ctrl_c(self):
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=60)


def test_it_ends_in_a_page_and_ctrl_c_stops_everything(settings, tmp_path):
    with Run(settings, tmp_path) as run:
        url = run.shown()
        assert requests.get(url, timeout=5).ok
        assert "kari" in requests.get(f"{url}/sign-in", timeout=5).text
        processes = children(run.process.pid)
        assert len(processes) == 3
        assert run.press_ctrl_c() == 0
    assert not any(os.path.exists(f"/proc/{pid}") for pid in processes)
    for name in ("HTTP_PORT", "FEED_ENDPOINT", "DESK_ENDPOINT"):
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind(("127.0.0.1", int(settings[f"TRIVSEL_{name}"].rsplit(":")[-1])))


def test_a_second_start_builds_nothing(settings, tmp_path):
    for _ in range(2):
        with Run(settings, tmp_path) as run:
            run.shown()
            assert run.press_ctrl_c() == 0
    assert not run.said("Building")


def test_a_port_in_use_is_said_in_one_line(settings, tmp_path):
    with socket.socket() as taken, Run(settings, tmp_path) as run:
        taken.bind(("127.0.0.1", int(settings["TRIVSEL_HTTP_PORT"])))
        taken.listen()
        assert run.process.wait(timeout=600) != 0
        assert run.said(settings["TRIVSEL_HTTP_PORT"])
        assert not run.said("Ctrl-C stops it")


@pytest.mark.parametrize("version, said", [("5.10", "this is 5.10"), ("6.1", "this is 6.1"), ("", "or newer. ")])
def test_a_toolchain_too_old_or_missing_is_said_in_one_line(settings, tmp_path, version, said):
    swift = tmp_path / "swift"
    swift.write_text(f"#!/bin/sh\necho 'Swift version {version} (swift-{version}-RELEASE)'\n" if version else "#!/bin/sh\nexit 127\n")
    swift.chmod(0o755)
    done = subprocess.run(
        ["Scripts/run"], cwd=TOP, env=settings | {"PATH": f"{tmp_path}:{settings['PATH']}"}, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and said in done.stderr and "https://www.swift.org/install/linux" in done.stderr


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]
