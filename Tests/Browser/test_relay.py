"""`trivsel relay` as an operator starts it: host, relay and the integrator's example, each a process of its own."""

import json
import signal
import subprocess
import sys

import requests

from installation import BINARY, Installation
from machine import free_ports, until

REPORT = {
    "serious": "none", "title": "Sensuren er tre uker forsinket", "description": "Fristen gikk ut.", "unit": "ie-idi",
    "campus": "trondheim", "category": "grading", "environment": "organisational",
    "ordinaryChannels": {"tried": True, "which": ["teacher"], "when": "uke 46"},
}


def test_a_subscriber_behind_a_relay_reads_on_and_a_revoked_one_is_cut(tmp_path):
    with Installation(tmp_path / "host", has_mail_server=False) as host:
        (port,) = free_ports(1)
        address = f"tcp://127.0.0.1:{port}"
        key, keys = host.folder / "relay.json", host.folder / "keys.json"
        key.write_text(host.run("keys", "new", "relay-1", "--topics", "*"))
        keys.write_text(host.run("keys", "export"))
        host.begin("relay", "--key", str(key), "--keys", str(keys), "--bind", address)
        until(lambda: "its public key is" in host.log("relay"), host.log("relay"))
        public = host.log("relay").split("its public key is ")[1].splitlines()[0]

        reader = host.folder / "reader.json"
        reader.write_text(host.run("keys", "new", "reader", "--topics", "deviations.*", "--relay", address, "--relay-key", public))
        assert json.loads(reader.read_text())["feedServerKey"] == public
        keys.write_text(host.run("keys", "export"))
        until(lambda: "read anew" in host.log("relay"), "the relay reads its keys")
        subscriber = host.begin(
            str(reader), "--types", "deviations.*", command=[sys.executable, "Scripts/examples/subscribe.py"], output="subscriber")
        # The last line may be half written.
        until(lambda: len(host.log("subscriber").splitlines()) > 1000, "the log")
        events = [json.loads(line) for line in host.log("subscriber").splitlines()[:-1]]
        # The oldest of the demo's may have gone: the log is not kept for so long.
        first = int(events[0]["sequence"])
        assert [int(event["sequence"]) for event in events] == list(range(first, first + len(events)))

        shared = host.folder / "shared.json"
        shared.write_text(host.run(
            "keys", "new", "totals-1", "--topics", "deviations.*", "--readers", "totals", "--relay", address, "--relay-key", public))
        keys.write_text(host.run("keys", "export"))
        member = host.begin(
            str(shared), "--name", "totals", "--types", "deviations.*", command=[sys.executable, "Scripts/examples/share.py"],
            output="member")
        until(lambda: len(host.log("member").splitlines()) > 1000, "the log, as a member of a durable reader")
        came = len(host.log("member").splitlines())
        report(host)
        until(lambda: len(host.log("member").splitlines()) > came, "a new event")
        stop(host, "member", member)

        host.run("keys", "revoke", "reader")
        keys.write_text(host.run("keys", "export"))
        until(lambda: "all connections are cut" in host.log("relay"), "the relay cuts the connection")
        # Cut off at relay and desk it asks on for ever, as one does whose host is away, until it is stopped.
        until(lambda: "no answer from" in host.log("subscriber"), "the subscriber says so", 30)
        stop(host, "subscriber", subscriber)


def report(host):
    answer = requests.post(
        f"{host.url}/api/v1/deviations", json=REPORT, headers={"Authorization": f"Bearer {host.token('kari')}"}, timeout=10)
    assert answer.status_code == 201, answer.text


def stop(host, name, process):
    """As by Ctrl-C."""
    host.processes.remove((name, process))
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0


def test_a_relay_without_its_files_says_so_in_one_line(tmp_path):
    def complaint(*arguments):
        done = subprocess.run([BINARY, "relay", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=30)
        assert done.returncode != 0
        return done.stderr

    missing = str(tmp_path / "nothing.json")
    assert "key file cannot be read" in complaint("--key", missing, "--keys", missing)
    key = tmp_path / "key.json"
    key.write_text("{}")
    assert "is not what `trivsel keys new` prints" in complaint("--key", str(key), "--keys", missing)
