"""One of fifty subscribers is stopped while a flood of events goes out: meanwhile the others get theirs as fast as in such a flood without
it, the host's memory stays, and the one that stood is told by the feed that it has missed something.
"""

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
import json, os, signal, struct, sys, zmq
key = json.load(open(sys.argv[1]))
feed = zmq.Context().socket(zmq.SUB)
feed.curve_publickey, feed.curve_secretkey, feed.curve_serverkey = (key[name].encode() for name in ("publicKey", "secretKey", "serverKey"))
feed.subscribe("")
feed.connect(key["feed"])
feed.recv_multipart()
os.kill(os.getpid(), signal.SIGSTOP)
# Goes on until nothing is left of what waited: how many came, and how many times the feed told that some are missing.
last, came, gaps, until = {}, 0, 0, int(sys.stdin.readline())
while True:
    topic, header, *_ = feed.recv_multipart()
    _, _, _, position, previous, head = struct.unpack(">IIQQQQ", header)
    if topic == b"!head":
        if head > max(last.values(), default=0):
            gaps += 1
        if head >= until:
            break
        continue
    gaps += topic in last and previous > last[topic]
    last[topic], came = position, came + 1
print(came, gaps)
"""


class Flood(threading.Thread):
    """Events that nobody but the one that is stopped reads, ever more of them until `stop`."""

    def __init__(self, site):
        super().__init__()
        self.site, self.count, self.stopping = site, 0, threading.Event()

    def run(self):
        while not self.stopping.wait(0.02):  # little at a time: whoever reports waits for the database meanwhile
            bulk.append(self.site.database, 200, 1000)
            self.count += 200

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self.join()


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
        with Flood(site):
            before = others.delays(site, reports)
        memory = resident(host.pid)
        stalled = subprocess.Popen([sys.executable, "-c", STALLED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            until(lambda: state(stalled.pid) == "T", "it is stopped")
            with Flood(site) as flood:
                after = others.delays(site, reports)
                until(lambda: flood.count >= events, "the flood is as large as it should be", 120)
            others.moments.clear()
            assert site.report()[0] == 201
            until(lambda: len(others.moments) == 49, "the flood is out", 90)
            growth = resident(host.pid) - memory
            ((head,),) = site.database.rows("SELECT max(position) FROM event_log")
            stalled.send_signal(signal.SIGCONT)
            came, gaps = map(int, stalled.communicate(f"{head}\n", timeout=60)[0].split())
        finally:
            stalled.kill()
            stalled.wait()
    problems = [f"the others' p95 went from {before * 1000:.1f} to {after * 1000:.1f} ms"] * (after > before * 1.2 + 0.002)
    problems += [f"the host grew by {growth} MiB"] * (growth > 64)
    problems += [f"the one that was stopped missed nothing: {came} of {flood.count} events came"] * (came >= flood.count)
    problems += ["it was not told that it missed something"] * (gaps == 0)
    return problems, (
        f"others' p95 {before * 1000:.1f} ms in a flood, {after * 1000:.1f} ms in one of {flood.count:,} events while one stands "
        f"still; host grew by {growth} MiB; {came} reached the one, which was told {gaps} times that some are missing")


def state(process):
    return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1][0]


def resident(process):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{process}/status").read_text())[1]) // 1024
