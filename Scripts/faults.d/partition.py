"""The network between host and subscriber is cut while many events are committed: once it is healed all come, each once and in order."""

import contextlib
import os
import subprocess
import sys
import time

import bulk
from machine import until
from trivsel import TOP

def check(base, count=100_000, seconds=60):
    """Heartbeats notice after six seconds."""
    site = base.copy("partition")
    with network() as (name, address):
        for which in ("FEED", "DESK"):
            setting = f"TRIVSEL_{which}_ENDPOINT"
            site.settings[setting] = site.settings[setting].replace("127.0.0.1", address)
        key, head = site.key("watcher", "--topics", "bulk.*"), bulk.append(site.database, 1)
        with site.serving(), open(site.folder / "watched", "wb") as out:
            watcher = subprocess.Popen(
                ["ip", "netns", "exec", name, sys.executable, str(TOP / "Scripts/faults.d/watcher.py"), str(key), str(head)], stdout=out)
            try:
                return cut(site, name, count, seconds)
            finally:
                watcher.kill()
                watcher.wait()


def cut(site, name, count, seconds):
    def seen():
        lines = (site.folder / "watched").read_text().splitlines()
        return list(map(int, lines[-1].split())) if lines else [0, 0]

    bulk.append(site.database, 100)
    until(lambda: seen()[0] == 100, "the first events are there")
    run("ip", "link", "set", f"{name}-a", "down")
    cut_at = time.monotonic()
    bulk.append(site.database, count)
    time.sleep(max(0, cut_at + seconds - time.monotonic()))
    during = seen()[0]
    run("ip", "link", "set", f"{name}-a", "up")
    began = time.monotonic()
    with contextlib.suppress(AssertionError):
        until(lambda: seen()[0] >= 100 + count, "all events are there", 60)
    took = time.monotonic() - began
    came, wrong = seen()
    problems = ["the network was not cut"] * (during != 100) + [f"{came} events came, not {100 + count}"] * (came != 100 + count)
    problems += [f"{wrong} events came out of order"] * bool(wrong) + [f"that took {took:.1f} s"] * (took > 10)
    return problems, f"{count:,} events committed while cut for {seconds} s; all there {took:.1f} s after healing, {wrong} out of order"


@contextlib.contextmanager
def network():
    """A network namespace's name, and this side's address on the line to it."""
    name, number = f"flt{os.getpid()}", os.getpid() % 250
    here, there = f"10.77.{number}.1", f"10.77.{number}.2"
    run("ip", "netns", "add", name)
    try:
        run("ip", "link", "add", f"{name}-a", "type", "veth", "peer", "name", f"{name}-b", "netns", name)
        run("ip", "address", "add", f"{here}/30", "dev", f"{name}-a")
        run("ip", "link", "set", f"{name}-a", "up")
        run("ip", "-n", name, "address", "add", f"{there}/30", "dev", f"{name}-b")
        run("ip", "-n", name, "link", "set", f"{name}-b", "up")
        yield name, here
    finally:
        run("ip", "netns", "delete", name)


def run(*command):
    subprocess.run(command, check=True)
