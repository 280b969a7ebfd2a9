"""Measures how many mails a second four worker processes get from the desk to an SMTP server.

Arguments: database address, a folder for its data, how many mails.
"""

import asyncio
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

from bench import BINARY, REPORT, Host, machine, until

WORKERS = 4


class Sink(asyncio.Protocol):
    """The least that an SMTP server may say. Counts, and keeps nothing."""
    count, first, last = 0, 0.0, 0.0

    def connection_made(self, transport):
        self.transport, self.rest, self.is_data = transport, b"", False
        self.say("220 sink")

    def say(self, text):
        self.transport.write(text.encode() + b"\r\n")

    def data_received(self, data):
        self.rest += data
        while True:
            line, found, rest = self.rest.partition(b"\r\n.\r\n" if self.is_data else b"\r\n")
            if not found:
                return
            self.rest = rest
            self.take(line)

    def take(self, line):
        if self.is_data:
            self.is_data = False
            Sink.last = time.monotonic()
            Sink.first = Sink.first or Sink.last
            Sink.count += 1
            self.say("250 kept")
        elif line.upper().startswith(b"DATA"):
            self.is_data = True
            self.say("354 go on")
        elif line.upper().startswith(b"QUIT"):
            self.say("221 bye")
            self.transport.close()
        else:
            self.say("250 ok")


def sink():
    """Runs it on a thread of its own; its port."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(Sink, "127.0.0.1", 0))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return server.sockets[0].getsockname()[1]


def waiting(host):
    found = re.search(r'trivsel_jobs\{[^}]*queue="notifications"[^}]*state="waiting"[^}]*\} (\d+)', host.get("/metrics")[1])
    return int(found[1]) if found else 0


def measure(host, count):
    host.run("demo")
    host.start()
    token = {"Authorization": "Bearer " + host.run("token", "new", "--person", "kari").strip()}
    while waiting(host) < count:
        host.load("/api/v1/deviations", token | {"Content-Type": "application/json"}, 2, method="POST", body=json.dumps(REPORT))
        time.sleep(11) # the count of jobs is renewed every ten seconds
    host.stop()
    host.start() # so that nothing else is still in work
    environment = host.environment | {"TRIVSEL_MAIL_SMTP_URL": f"smtp://127.0.0.1:{sink()}", "TRIVSEL_MAIL_FROM": "trivsel@example.test"}
    log = open(host.folder / "workers.log", "ab")
    workers = [
        subprocess.Popen([BINARY, "work", "notifications"], env=environment, stdout=log, stderr=log) for _ in range(WORKERS)]
    try:
        until(lambda: Sink.count >= count, f"{count} mails", seconds=300, pause=0.05)
        return (Sink.count - 1) / (Sink.last - Sink.first)
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait(timeout=30)


def main(database, folder, count):
    host = Host(database, folder)
    try:
        rate = measure(host, int(count))
    finally:
        if host.process and host.process.poll() is None:
            host.stop()
    print(f"\n{database.split(':')[0]}, {int(count):,} mails, on {machine()}\n")
    print(f"{'deliveries through four workers':37}{rate:>8,.0f}/s   aimed at ≥ 1,000/s")


if __name__ == "__main__":
    main(*sys.argv[1:])
