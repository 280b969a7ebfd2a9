"""An installation of its own to do harm to: its settings, its folder and its database."""

import contextlib
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "Tests/Browser"))
from database import PostgreSQL, SQLite
from machine import free_ports, until

BINARY = os.environ.get("TRIVSEL_TEST_BINARY", str(TOP / ".build/debug/trivsel"))
REPORTERS = ["kari", "ola", "jonas", "thea"]
OFFICER = "ingrid"
ADMINISTRATOR = "anders"
REPORT = json.dumps({
    "title": "Ventilasjonen i auditoriet bråker", "description": "Bakerste rad hører ikke forelesningen når viften går.",
    "unit": "ie-idi", "campus": "trondheim", "category": "equipment", "environment": "physical", "serious": "none",
    "ordinaryChannels": {"tried": True, "which": ["teacher"], "when": "i oktober"},
})
LEAVING = json.dumps({
    "reason": "Dette hører til et annet sted.", "isDeviation": False, "holdsSensitiveData": True, "isCensurable": True})
REJECTION = json.dumps({
    "reason": "Dette er meldt til drift allerede.", "isDeviation": False, "holdsSensitiveData": False, "isCensurable": False})


class Trivsel:
    """`postgres` is a server's address; without it the database is a file."""

    def __init__(self, folder, postgres=None, name="faults"):
        self.folder, self.postgres = pathlib.Path(folder), postgres
        self.data = self.folder / "data"
        self.database = PostgreSQL(postgres, name) if postgres else SQLite(self.data / "trivsel.sqlite")
        # Keys have a database of their own.
        self.keys = PostgreSQL(postgres, f"{name}-keys") if postgres else None
        self.http, feed, desk = free_ports(3)
        self.ports = [self.http]
        self.settings = {k: v for k, v in os.environ.items() if not k.startswith("TRIVSEL_")} | {
            "TRIVSEL_DATA_DIRECTORY": str(self.data), "TRIVSEL_DATABASE_URL": self.database.url,
            "TRIVSEL_HTTP_PORT": str(self.http), "TRIVSEL_FEED_ENDPOINT": f"tcp://127.0.0.1:{feed}",
            "TRIVSEL_DESK_ENDPOINT": f"tcp://127.0.0.1:{desk}", "TRIVSEL_LOG_LEVEL": "warning",
            # A few clients stand for many.
            "TRIVSEL_LIMITS_TOKEN_PER_SECOND": "0", "TRIVSEL_LIMITS_SESSION_PER_SECOND": "0",
            "TRIVSEL_LIMITS_ADDRESS_PER_SECOND": "0", "TRIVSEL_LIMITS_STRANGERS_WRITES_PER_SECOND": "0",
            # A killed process of ours is no crash to write a report about.
            "SWIFT_BACKTRACE": "enable=no", "TZ": "UTC",
        } | ({"TRIVSEL_VAULT_KEYS": self.keys.url} if postgres else {})

    def prepare(self):
        """The demo's organisation and people, and tokens for those who are to act."""
        self.folder.mkdir(parents=True)
        for database in self.databases:
            database.create()
        self.run("demo")
        self.tokens = {person: self.run("token", "new", "--person", person).strip() for person in [*REPORTERS, OFFICER, ADMINISTRATOR]}
        return self

    def copy(self, name):
        """An installation that holds the same, on other ports. Nobody may be using this one."""
        other = Trivsel(self.folder.parent / name, self.postgres, f"{self.folder.name}-{name}")
        other.folder.mkdir()
        shutil.copytree(self.data, other.data)
        for new, old in zip(other.databases, self.databases):
            new.create(old.name)
        other.tokens = self.tokens
        return other

    @property
    def keys_database(self):
        return self.keys or SQLite(self.data / "keys.sqlite")

    @property
    def databases(self):
        return [self.database, self.keys] if self.postgres else []

    def add_host(self):
        """The settings of another host on the same databases, with a data folder of its own. Keys made from now on are good for both."""
        http, feed, desk = free_ports(3)
        self.ports.append(http)
        for name, port in ("FEED", feed), ("DESK", desk):
            self.settings[f"TRIVSEL_{name}_PUBLIC_ENDPOINTS"] = f"{self.settings[f'TRIVSEL_{name}_ENDPOINT']},tcp://127.0.0.1:{port}"
        self.settings["TRIVSEL_WORKER_KEY_FILE"] = str(self.key("workers", "--work", "notifications"))
        data = self.folder / "data-2"
        shutil.copytree(self.data / "keys", data / "keys")
        return {
            "TRIVSEL_DATA_DIRECTORY": str(data), "TRIVSEL_HTTP_PORT": str(http), "TRIVSEL_FEED_ENDPOINT": f"tcp://127.0.0.1:{feed}",
            "TRIVSEL_DESK_ENDPOINT": f"tcp://127.0.0.1:{desk}"}

    def run(self, *arguments):
        done = subprocess.run([BINARY, *arguments], cwd=TOP, env=self.settings, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"trivsel {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def key(self, name, *rights):
        """The file of a new key for an event client."""
        path = self.folder / f"{name}.json"
        path.write_text(self.run("keys", "new", name, *rights))
        return path

    def post(self, person, path, body, key=None, timeout=10, **headers):
        return request(
            self.http, "POST", path, body, timeout,
            {"Authorization": f"Bearer {self.tokens[person]}", "Content-Type": "application/json"}
            | ({"Idempotency-Key": key} if key else {}) | headers)

    def report(self, key=None, timeout=10):
        return self.post(REPORTERS[0], "/api/v1/deviations", REPORT, key, timeout)

    def get(self, path, person=None, timeout=10):
        return request(self.http, "GET", path, None, timeout, {"Authorization": f"Bearer {self.tokens[person]}"} if person else {})

    @contextlib.contextmanager
    def serving(self, *before, **settings):
        """A host that runs meanwhile, ready; it must stop in order. `before` goes before the command."""
        with open(self.folder / "serve.log", "ab") as log:
            host = subprocess.Popen([*before, BINARY, "serve"], cwd=TOP, env=self.settings | settings, stdout=log, stderr=log)
        try:
            until(lambda: host.poll() is not None or self.is_ready(), "the host is ready", 60, pause=0.01)
            yield host
        finally:
            host.terminate()
            host.wait(60)
        assert host.returncode == 0, f"the host ended with {host.returncode}: {self.log()}"

    def log(self):
        return (self.folder / "serve.log").read_text(errors="replace")

    def is_ready(self):
        """Whether all hosts are."""
        try:
            return all(request(port, "GET", "/health/ready", None, 2, {})[0] == 200 for port in self.ports)
        except OSError:
            return False


def request(port, method, path, body, timeout, headers):
    """Status, body and headers; whatever fails on the way is an `OSError`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    except http.client.HTTPException as error:
        raise ConnectionError(str(error)) from error
    finally:
        connection.close()
