"""Measures how many mails a second four worker processes get from the desk to an SMTP server.

Arguments: database address, a folder for its data, how many mails.
"""

import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time

from bench import BINARY, REPORT, Host, machine, until

WORKERS = 4


class Sink:
    """The least that an SMTP server may say, a thread a connection: it shares the machine with what is measured. Keeps when each mail came, no more."""

    def __init__(self):
        self.times = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            threading.Thread(target=self.talk, args=[self.listener.accept()[0]], daemon=True).start()

    def talk(self, client):
        client.sendall(b"220 sink\r\n")
        rest, end = b"", b"\r\n"
        while data := client.recv(1 << 16):
            rest += data
            while end in rest:
                line, _, rest = rest.partition(end)
                end, answer = self.answer(line[:4].upper(), end)
                client.sendall(answer)

    def answer(self, command, end):
        """What the next message ends with, and what to say to this one."""
        if end != b"\r\n":
            self.times.append(time.monotonic())
            return b"\r\n", b"250 kept\r\n"
        if command == b"DATA":
            return b"\r\n.\r\n", b"354 go on\r\n"
        return end, b"250 ok\r\n"


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
    sink = Sink()
    environment = host.environment | {"TRIVSEL_MAIL_SMTP_URL": f"smtp://127.0.0.1:{sink.port}", "TRIVSEL_MAIL_FROM": "trivsel@example.test"}
    log = open(host.folder / "workers.log", "ab")
    workers = [
        subprocess.Popen([BINARY, "work", "notifications"], env=environment, stdout=log, stderr=log) for _ in range(WORKERS)]
    try:
        until(lambda: len(sink.times) >= count, f"{count} mails", seconds=300, pause=0.05)
        return (len(sink.times) - 1) / (sink.times[-1] - sink.times[0])
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
