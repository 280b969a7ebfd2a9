"""The five steps of Config/README.md for a worker on another machine, between two networks that share one wire."""

import json
import os
import signal
import subprocess

import pytest

from installation import BINARY, TOP, environment
from machine import until

REPORT = {
    "serious": "none", "title": "Sensuren er tre uker forsinket", "description": "Fristen gikk ut.", "unit": "ie-idi",
    "campus": "trondheim", "category": "grading", "environment": "organisational",
    "ordinaryChannels": {"tried": True, "which": ["teacher"], "when": "uke 46"},
}
# Networks of one's own are root's; others get to be root of a user namespace.
AS_ROOT = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
pytestmark = pytest.mark.skipif(
    subprocess.run([*AS_ROOT, "true"], capture_output=True).returncode != 0, reason="this machine gives out no networks")


class Networks:
    """Two, held by a process each: 10.77.0.1 for the host, 10.77.0.2 for the worker."""

    def __enter__(self):
        self.host = subprocess.Popen([*AS_ROOT, "sleep", "300"])
        until(lambda: self.others_than_ours(self.host), "a network")
        self.worker = subprocess.Popen([*self.inside(self.host), "unshare", "--net", "sleep", "300"])
        until(lambda: self.others_than_ours(self.worker, self.host), "another network")
        host, worker = self.inside(self.host), self.inside(self.worker)
        self.do(host, "ip", "link", "add", "wire", "type", "veth", "peer", "name", "wire", "netns", str(self.worker.pid))
        for where, address in (host, "10.77.0.1/24"), (worker, "10.77.0.2/24"):
            self.do(where, "ip", "address", "add", address, "dev", "wire")
            self.do(where, "ip", "link", "set", "wire", "up")
            self.do(where, "ip", "link", "set", "lo", "up")
        return self

    def __exit__(self, *_):
        for process in (self.worker, self.host):
            process.kill()
            process.wait()

    def do(self, where, *command):
        subprocess.run([*where, *command], check=True, timeout=30)

    @staticmethod
    def others_than_ours(process, other=None):
        networks = [os.readlink(f"/proc/{pid}/ns/net") for pid in ("self", process.pid, *([other.pid] if other else []))]
        return len(set(networks)) == len(networks)

    @staticmethod
    def inside(process):
        user = [] if os.geteuid() == 0 else ["--user", "--preserve-credentials"]
        return ["nsenter", "--target", str(process.pid), *user, "--net"]


@pytest.fixture
def networks():
    with Networks() as networks:
        yield networks


def begin(where, folder, settings, *arguments):
    log = open(folder / "log", "wb")
    return subprocess.Popen([*where, BINARY, *arguments], cwd=folder, env=settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def test_a_worker_on_another_network_sends_the_mails_with_nothing_but_its_key(tmp_path, networks):
    here, there = tmp_path / "host", tmp_path / "worker"
    here.mkdir(), there.mkdir()
    settings = environment(
        TRIVSEL_MODULES_ENABLED="deviations", TRIVSEL_HTTP_PORT="8080",
        TRIVSEL_FEED_ENDPOINT="tcp://10.77.0.1:5561", TRIVSEL_DESK_ENDPOINT="tcp://10.77.0.1:5562")

    def on_host(*command):
        return subprocess.run([*networks.inside(networks.host), *command], cwd=here, env=settings, capture_output=True, text=True, timeout=60)

    assert on_host(BINARY, "demo", "--folder", TOP / "Config/demo").returncode == 0
    (there / "mail-2.json").write_text(on_host(BINARY, "keys", "new", "mail-2", "--work", "notifications").stdout)
    token = on_host(BINARY, "token", "new", "--person", "kari").stdout.strip()
    host = begin(networks.inside(networks.host), here, settings, "serve")
    worker = begin(
        networks.inside(networks.worker), there, environment(TRIVSEL_WORKER_KEY_FILE="mail-2.json"), "work", "notifications")
    try:
        ready = ["curl", "--silent", "--fail", "http://127.0.0.1:8080/health/ready"]
        until(lambda: on_host(*ready).returncode == 0, "the host")
        answer = on_host(
            "curl", "--silent", "--fail", "--header", f"Authorization: Bearer {token}", "--json", json.dumps(REPORT),
            "http://127.0.0.1:8080/api/v1/deviations")
        assert answer.returncode == 0, answer
        until(lambda: list((there / "data/mail").glob("*")), "a mail")
        assert not (there / "data/trivsel.sqlite").exists()
    finally:
        for process in (worker, host):
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
