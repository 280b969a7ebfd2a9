"""One of fifty subscribers is stopped while a flood of events goes out: the others get theirs as fast as before, and the host's memory stays."""

import json
import pathlib
import re
import signal
import subprocess
import sys
import threading
import time

import zmq

import bulk
from machine import until

STALLED = """
import json, os, signal, sys, zmq
key = json.load(open(sys.argv[1]))
feed = zmq.Context().socket(zmq.SUB)
feed.curve_publickey, feed.curve_secretkey, feed.curve_serverkey = (key[name].encode() for name in ("publicKey", "secretKey", "serverKey"))
feed.subscribe("")
feed.connect(key["feed"])
feed.recv_multipart()
os.kill(os.getpid(), signal.SIGSTOP)
"""


class Others(threading.Thread):
    """Forty-nine subscribers that read, and when each got the events of a report."""

    def __init__(self, key):
        super().__init__(daemon=True)
        self.moments, self.context = [], zmq.Context()
        self.poller = zmq.Poller()
        for _ in range(49):
            feed = self.context.socket(zmq.SUB)
            feed.curve_publickey, feed.curve_secretkey, feed.curve_serverkey = (
                key[name].encode() for name in ("publicKey", "secretKey", "serverKey"))
            feed.subscribe("deviations.received.")
            feed.connect(key["feed"])
            self.poller.register(feed, zmq.POLLIN)

    def run(self):
        while True:
            for feed, _ in self.poller.poll():
                feed.recv_multipart()
                self.moments.append(time.monotonic())

    def delays(self, site, reports):
        """Seconds from sending a report to its event, over all subscribers; the 95th percentile."""
        delays = []
        for _ in range(reports):
            self.moments.clear()
            began = time.monotonic()
            assert site.report()[0] == 201
            until(lambda: len(self.moments) == 49, "the event is with all", pause=0.001)
            delays += [moment - began for moment in self.moments]
        return sorted(delays)[int(len(delays) * 0.95)]


def check(base, events=60_000, reports=200):
    site = base.copy("stalled")
    path = site.key("subscriber", "--topics", "*")
    with site.serving() as host:
        others = Others(json.loads(path.read_text()))
        others.start()
        until(lambda: site.report()[0] == 201 and time.sleep(0.2) is None and len(others.moments) >= 49, "all are subscribed")
        time.sleep(0.5)
        others.delays(site, 20)
        before, memory = others.delays(site, reports), resident(host.pid)
        stalled = subprocess.Popen([sys.executable, "-c", STALLED, str(path)])
        try:
            until(lambda: state(stalled.pid) == "T", "it is stopped")
            for _ in range(events // 10_000):
                bulk.append(site.database, 10_000, 1000)
            others.moments.clear()
            assert site.report()[0] == 201
            until(lambda: len(others.moments) == 49, "the flood is out", 90)
            after = others.delays(site, reports)
            growth = resident(host.pid) - memory
        finally:
            stalled.send_signal(signal.SIGKILL)
            stalled.wait()
    problems = [f"the others' p95 went from {before * 1000:.1f} to {after * 1000:.1f} ms"] * (after > before * 1.2 + 0.002)
    problems += [f"the host grew by {growth} MiB"] * (growth > 64)
    return problems, (
        f"others' p95 {before * 1000:.1f} ms before, {after * 1000:.1f} ms while one stands still and {events:,} events go out; "
        f"host grew by {growth} MiB")


def state(process):
    return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1][0]


def resident(process):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process}/status").read_text())[1]) // 1024
