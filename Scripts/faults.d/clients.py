"""People who send reports while everything falls: half of them give up after a failure, half try until they are answered."""

import http.client
import json
import random
import threading
import time
import uuid

from trivsel import LEAVING, OFFICER, REJECTION, REPORT, REPORTERS


class Clients:
    """What was attempted, and what was acknowledged: by Idempotency-Key, the act that came of it."""

    def __init__(self, site, count=12, pace=0.05, is_behind=lambda: False, leaves=False):
        self.site, self.pace, self.is_behind, self.leaves = site, pace, is_behind, leaves
        self.attempted, self.acknowledged, self.moments, self.refused = set(), {}, [], []
        self.leaving = {}  # case → the key by which it was re-registered, answered or not
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.send, args=(number,)) for number in range(count)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def send(self, number):
        ports = self.site.ports
        home, patient = number % len(ports), number // len(ports) % 2 == 0
        line = Line(ports[home:] + ports[:home])
        while not self.stopping.is_set():
            if number >= len(ports) and self.is_behind():  # one for each host goes on, to tell when it is back
                time.sleep(0.1)
                continue
            person = random.choice(REPORTERS)
            case = self.act(line, patient, "received", person, "/api/v1/deviations", REPORT, {})
            fate = random.random()
            if case and fate < 0.25:  # by law its mail must reach the reporter
                self.assess(line, patient, case, "rejection", REJECTION)
            elif case and fate < 0.4 and self.leaves:
                self.assess(line, patient, case, "triage", LEAVING)
            time.sleep(random.random() * 2 * self.pace)

    def assess(self, line, patient, case, what, body):
        """A case that is re-registered ends, for all who read events, as one that is rejected."""
        path = f"/api/v1/deviations/{case}/{what}"
        self.act(line, patient, "rejected", OFFICER, path, body, {"If-Match": '"1"'}, case if body == LEAVING else None)

    def act(self, line, patient, kind, person, path, body, headers, leaving=None):
        """The case's id when it was acknowledged."""
        key = f"{kind}-{uuid.uuid4()}"
        self.attempted.add(key)
        if leaving:
            self.leaving[leaving] = key
        line.go_home()
        headers = headers | {"Idempotency-Key": key, "Authorization": f"Bearer {self.site.tokens[person]}"}
        while True:
            answer = line.post(path, body, headers)
            if answer and answer[0] in (200, 201):
                case = leaving or json.loads(answer[1])["id"]  # of a case that has left nothing is answered
                self.acknowledged[key] = f"{kind}:{case}"
                self.moments.append((time.monotonic(), line.port))
                return case
            if answer and answer[0] < 500:
                self.refused.append(f"{kind}: {answer[0]} {answer[1]}")
                return None
            time.sleep(0.02)
            if not patient:
                return None


class Line:
    """One connection, made anew when it broke: to the first host that can be reached."""

    def __init__(self, ports):
        self.ports, self.port, self.connection = ports, ports[0], None

    def go_home(self):
        """To the first host again."""
        if self.port != self.ports[0]:
            self.hang_up()

    def post(self, path, body, headers):
        """Status and body; nothing when no answer came."""
        try:
            self.connection = self.connection or self.connect()
            self.connection.request("POST", path, body, headers | {"Content-Type": "application/json"})
            answer = self.connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return None

    def connect(self):
        for self.port in self.ports:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.connect()
                return connection
            except ConnectionRefusedError:
                continue  # nothing was asked yet
        raise ConnectionRefusedError

    def hang_up(self):
        if self.connection:
            self.connection.close()
        self.connection = None
