"""A Trivsel of its own for a test run: host, worker, mail server and an integrator's subscriber, all real, on ports of this machine."""

import json
import os
import pathlib
import signal
import subprocess
import sys

import requests

from machine import free_ports, until
from mail_server import MailServer, make_certificate

TOP = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("TRIVSEL_TEST_BINARY", TOP / ".build/debug/trivsel"))


def environment(**variables):
    """This process's environment without settings of Trivsel, with those given."""
    return {k: v for k, v in os.environ.items() if not k.startswith("TRIVSEL_")} | variables


class Installation:
    """Started by `with`; `url` answers when it is entered. Without a mail server, mails become files in `data/mail`.

    With `tls` the host itself ends TLS, and `certificate` vouches for it."""

    def __init__(self, folder, has_mail_server=True, tls=False, **variables):
        self.variables = variables
        self.folder = pathlib.Path(folder)
        self.mails = MailServer(self.folder) if has_mail_server else None
        self.data = self.folder / "data"
        self.tokens = {}
        self.processes = []
        self.certificate, self.key = (self.folder / "host.pem", self.folder / "host-key.pem") if tls else (None, None)

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        codes = self.stop()
        assert set(codes.values()) <= {0}, f"not every process ended with 0: {codes}"

    def start(self):
        http, feed, desk = free_ports(3)
        self.url = f"{'https' if self.certificate else 'http'}://127.0.0.1:{http}"
        if self.certificate:
            self.renew_certificate()
            self.variables |= {"TRIVSEL_HTTP_TLS_CERTIFICATE_FILE": str(self.certificate), "TRIVSEL_HTTP_TLS_KEY_FILE": str(self.key)}
        self.settings = environment(
            TRIVSEL_DATA_DIRECTORY=str(self.data), TRIVSEL_HTTP_PORT=str(http),
            TRIVSEL_FEED_ENDPOINT=f"tcp://127.0.0.1:{feed}", TRIVSEL_DESK_ENDPOINT=f"tcp://127.0.0.1:{desk}",
            TRIVSEL_WHISTLEBLOWING_EXIT_URL=f"{self.url}/accessibility", **self.variables,
        )
        if self.mails:
            self.settings |= {"TRIVSEL_MAIL_SMTP_URL": self.mails.url, "TRIVSEL_MAIL_CA_FILE": str(self.mails.certificate)}
        self.run("demo")
        self.server = self.begin("serve")
        until(self.is_ready, f"{self.url}/health/ready\n{self.log('serve')}")
        self.worker = self.begin("work", "notifications")

    def renew_certificate(self):
        self.key.touch(mode=0o600)
        make_certificate(self.certificate, self.key)

    def stop(self):
        """Stops what was started last first; the exit code of each."""
        codes = {}
        for name, process in reversed(self.processes):
            process.send_signal(signal.SIGINT if name == "subscriber" else signal.SIGTERM)
            try:
                codes[name] = process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                codes[name] = "killed: it did not stop within 30 s"
        self.processes = []
        if self.mails:
            self.mails.stop()
        return codes

    def run(self, *arguments):
        """What `trivsel …` prints; fails with its message when it does not end with 0."""
        done = subprocess.run([BINARY, *arguments], cwd=TOP, env=self.settings, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"trivsel {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def begin(self, *arguments, command=None, output=None):
        """Starts a process whose output goes to a log of the test folder."""
        name = output or arguments[0]
        with open(self.folder / f"{name}.log", "wb") as log:
            process = subprocess.Popen(
                [*(command or [BINARY]), *arguments], cwd=TOP, env=self.settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.processes.append((name, process))
        return process

    def log(self, name):
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    @property
    def verify(self):
        """What `requests` checks the host's certificate by."""
        return str(self.certificate) if self.certificate else True

    def is_ready(self):
        assert self.server.poll() is None, f"trivsel serve ended: {self.log('serve')}"
        try:
            return requests.get(f"{self.url}/health/ready", timeout=2, verify=self.verify).ok
        except requests.ConnectionError:
            return False

    def subscribe(self, types):
        """Starts the integrator's example with a key of its own; the list that `events` reads grows as they come."""
        key = self.folder / "subscriber.json"
        key.write_text(self.run("keys", "new", "browser-test", "--topics", types))
        self.begin(str(key), "--types", types, command=[sys.executable, "Scripts/examples/subscribe.py"], output="subscriber")

    def events(self):
        """Every event the subscriber has printed, one JSON object a line."""
        lines = self.log("subscriber").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def token(self, person):
        """A token of the API, made once for each person."""
        if person not in self.tokens:
            self.tokens[person] = self.run("token", "new", "--person", person).strip()
        return self.tokens[person]
