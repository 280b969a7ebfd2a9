"""Runs one Trivsel host on a database of many cases and measures it from outside: wrk over HTTP, a ZeroMQ subscriber beside it.

Arguments: database address, a folder for its data, number of cases, seconds a load lasts.
"""

import http.client
import json
import os
import pathlib
import platform
import re
import signal
import statistics
import subprocess
import sys
import time
import urllib.parse

import zmq

import backups
import cases

sys.path.insert(0, "Tests/Browser")
from machine import free_ports, until

BINARY = ".build/release/trivsel"
ACCESS = ".build/release/access-bench"
REPORT = {
    "title": "Ventilasjonen i auditoriet bråker", "description": "Bakerste rad hører ikke forelesningen når viften går.",
    "unit": "ie-idi", "campus": "trondheim", "category": "equipment", "environment": "physical",
    "serious": "none",
    "ordinaryChannels": {"tried": True, "which": ["teacher"], "when": "i oktober"},
}


class Host:
    """`trivsel serve` on a database, with everything a client needs to talk to it."""

    def __init__(self, database, folder):
        http_port, feed, desk = free_ports(3)
        self.binary, self.database, self.port = BINARY, database, http_port
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("TRIVSEL_")} | {
            "TRIVSEL_DATABASE_URL": database, "TRIVSEL_DATA_DIRECTORY": str(folder), "TRIVSEL_HTTP_PORT": str(http_port),
            "TRIVSEL_FEED_ENDPOINT": f"tcp://127.0.0.1:{feed}", "TRIVSEL_DESK_ENDPOINT": f"tcp://127.0.0.1:{desk}",
            "TRIVSEL_LOG_LEVEL": "warning",
            # What the host can do, not what it lets one client do.
            "TRIVSEL_LIMITS_TOKEN_PER_SECOND": "0", "TRIVSEL_LIMITS_SESSION_PER_SECOND": "0",
            "TRIVSEL_LIMITS_ADDRESS_PER_SECOND": "0", "TRIVSEL_LIMITS_STRANGERS_WRITES_PER_SECOND": "0",
        }
        self.process = None

    def run(self, *arguments):
        return subprocess.run([BINARY, *arguments], env=self.environment, check=True, capture_output=True, text=True).stdout

    def start(self, path="/health/ready", headers={}):
        """Milliseconds from the start to the first good answer at `path`."""
        began = time.monotonic()
        with open(self.folder / "serve.log", "ab") as log:
            self.process = subprocess.Popen([BINARY, "serve"], env=self.environment, stdout=log, stderr=log)
        until(lambda: self.answers(path, headers), "the host's first page", seconds=60, pause=0.001)
        return (time.monotonic() - began) * 1000

    def answers(self, path, headers):
        assert self.process.poll() is None, (self.folder / "serve.log").read_text()
        try:
            return self.get(path, headers)[0] == 200
        except OSError:
            return False

    def get(self, path, headers={}, method="GET", body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def memory(self):
        """MiB in memory now, and at most so far."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return [int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024 for name in ("VmRSS", "VmHWM")]

    def sign_in(self, person):
        status, _, headers = self.get(
            "/sign-in", {"Content-Type": "application/x-www-form-urlencoded"}, "POST", f"person={person}&back=%2F")
        assert status == 303, f"signing in as {person} was answered with {status}"
        return {"Cookie": headers["Set-Cookie"].split(";")[0]}

    def load(self, target, headers, seconds, connections=32, method="GET", body=None, words=()):
        """wrk's requests a second, and p50 and p99 in milliseconds."""
        environment = os.environ | {
            "TARGET": target, "METHOD": method, "WORDS": " ".join(words),
            "HEADERS": "\n".join(f"{name}: {value}" for name, value in headers.items()),
        } | ({"BODY": body} if body else {})
        command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "-s", "Scripts/bench.d/load.lua", f"http://127.0.0.1:{self.port}"]
        output = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
        return json.loads(output.splitlines()[-1])


def event_delays(host, token, count):
    """Milliseconds from the answer to a report until its event is at a subscriber; below 0: the event was first."""
    key = json.loads(host.run("keys", "new", f"bench-{time.time_ns()}", "--topics", "deviations.*"))
    context = zmq.Context()
    feed = context.socket(zmq.SUB)
    feed.curve_publickey, feed.curve_secretkey, feed.curve_serverkey = (
        key[name].encode() for name in ("publicKey", "secretKey", "serverKey"))
    feed.subscribe("deviations.")
    feed.subscribe("!head")
    feed.connect(key["feed"])
    feed.rcvtimeo = 5000
    feed.recv_multipart() # the beacon: we are connected
    connection, delays = http.client.HTTPConnection("127.0.0.1", host.port), []
    for _ in range(count):
        connection.request("POST", "/api/v1/deviations", json.dumps(REPORT), token | {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answered = time.monotonic_ns()
        case = json.loads(answer.read())["id"]
        while True:
            frames = feed.recv_multipart()
            if len(frames) == 3 and json.loads(frames[2])["subject"] == case:
                break
        delays.append((time.monotonic_ns() - answered) / 1e6)
    context.destroy(linger=0)
    return delays


def measure(host, count, seconds):
    """Rows of the table: what, measured, aimed at."""
    host.run("demo")
    host.start()
    reporters = [host.run("token", "new", "--person", person).strip() for person in ("kari", "ola", "jonas", "thea")]
    cases.fill(host, reporters, count)
    host.stop()
    cases.settle(host.database)
    host.start()
    cookie = host.sign_in("ingrid")
    token = {"Authorization": "Bearer " + host.run("token", "new", "--person", "ingrid").strip()}
    reporter = {"Authorization": f"Bearer {reporters[0]}"}
    host.stop()
    rows = [(f"start to first page, {count:,} cases", f"{host.start('/deviations', cookie):.0f} ms", "< 300 ms")]

    case = json.loads(host.get("/api/v1/deviations", token)[1])
    one = first_id(case)

    def add(name, target, aim, **options):
        result = host.load(target, options.pop("headers", token), seconds, **options)
        measured = f"{result['rate']:,.0f}/s  p50 {result['p50']:.2f} ms  p99 {result['p99']:.2f} ms"
        rows.append((name, measured + (f"  ({result['errors']} errors)" if result["errors"] else ""), aim))

    add("read one (API)", f"/api/v1/deviations/{one}", "≥ 15,000/s")
    add("list of 50, HTML page", "/deviations?view=all", "≥ 3,000/s", headers=cookie)
    add("list of 50, JSON", "/api/v1/deviations?limit=50", "≥ 5,000/s")
    search = {"method": "POST", "body": '{"limit": 50, "q": "%s"}', "headers": token | {"Content-Type": "application/json"}}
    add("search", "/api/v1/deviations/search", "≥ 1,500/s", words=cases.words(200), **search)
    add("search, 8 connections", "/api/v1/deviations/search", "p99 ≤ 30 ms", words=cases.words(200), connections=8, **search)
    delays = event_delays(host, reporter, 300)
    rows.append(("commit → event at a subscriber", f"p50 {statistics.median(delays):.2f} ms beyond the answer", "p50 < 1 ms"))
    add("creates, 32 connections", "/api/v1/deviations", "≥ 5,000/s, p99 < 20 ms", method="POST", body=json.dumps(REPORT),
        headers=reporter | {"Content-Type": "application/json"})
    asked = float(subprocess.run([ACCESS], check=True, capture_output=True, text=True).stdout)
    rows.append(("one question to the policy", f"{asked:.2f} µs", "≤ 20 µs"))
    now, most = host.memory()
    rows.append(("host's memory after the run", f"{now:.0f} MiB (at most {most:.0f})", "< 120 MiB"))
    return rows + backups.measure(host, reporter)


def first_id(answer):
    items = answer if isinstance(answer, list) else next(value for value in answer.values() if isinstance(value, list))
    return items[0]["id"]


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 1024 / 1024
    return f"{os.cpu_count()} × {model[1] if model else platform.machine()}, {memory:.0f} GiB, Linux {platform.release()}"


def main(database, folder, count, seconds):
    host = Host(database, folder)
    try:
        rows = measure(host, int(count), int(seconds))
    finally:
        if host.process and host.process.poll() is None:
            host.stop()
    print(f"\n{database.split(':')[0]}, {int(count):,} cases, wrk beside it on {machine()}\n")
    print(f"{'':37}{'measured':58}aimed at")
    for name, measured, aim in rows:
        print(f"{name:37}{measured:58}{aim}")


if __name__ == "__main__":
    main(*sys.argv[1:])
