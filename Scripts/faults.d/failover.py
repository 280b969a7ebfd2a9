"""A primary is killed while people write, and its synchronous standby promoted: two hosts, workers and a reader go on by themselves.

First the wait for the standby is cancelled, which PostgreSQL takes for a commit and warns of: that is no acknowledgement.
"""

import pathlib
import signal
import tempfile
import threading
import time
import uuid

from checker import ZERO
from cluster import Server
from machine import until
from run import Run
from trivsel import Trivsel


def check(_, acts=300):
    primary, standby = servers = [Server().make().start(), Server()]
    try:
        with tempfile.TemporaryDirectory() as folder:
            addresses = ",".join(server.address for server in servers)
            url = f"postgres://postgres@{addresses}/postgres?target_session_attrs=read-write"
            site = Trivsel(pathlib.Path(folder) / "failover", url, "failover").prepare()
            standby.follow(primary)
            return Failover(site, *servers, acts).check()
    finally:
        for server in servers:
            server.remove()


class Failover(Run):
    def __init__(self, site, primary, standby, acts):
        super().__init__(site, 0, has_consumers=False)
        self.lanes, self.points = [], []
        self.primary, self.standby, self.acts = primary, standby, acts

    def check(self):
        figures, problems, _ = self.carry_out()
        told = " / ".join(str(figures[name]) for name in ZERO)
        return problems, (
            f"{figures['acknowledged']} acknowledged, {self.before} of them before the primary was killed; acknowledged again "
            f"{self.back:.1f} s after the standby was promoted; {told}; {self.cancelled} waits cancelled, answered with {self.answer}")

    def strike(self):
        acknowledged = self.clients.acknowledged
        until(lambda: len(acknowledged) > self.acts, "people write", 120)
        self.primary.signal(signal.SIGKILL)
        # Nobody is answered any more; until then answers may be on their way.
        time.sleep(1)
        self.before, killed = len(acknowledged), time.monotonic()
        time.sleep(1)
        self.none_meanwhile = len(acknowledged) == self.before
        promoted = time.monotonic()
        self.standby.promote()
        until(lambda: [moment for moment, _ in self.clients.moments if moment > killed], "somebody is answered", 60, pause=0.01)
        self.back = min(moment for moment, _ in self.clients.moments if moment > killed) - promoted
        until(lambda: len(acknowledged) > self.before + self.acts, "people write on", 120)
        for port in self.site.ports:
            until(lambda: any(moment > promoted and at == port for moment, at in self.clients.moments), "both hosts are back", 60)

    def start_processes(self):
        super().start_processes()
        self.cancel()

    def cancel(self):
        """The standby is held, and with it a report's commit; when the wait is cancelled there must be no 201."""
        answers, key = [], f"received-{uuid.uuid4()}"
        self.clients.attempted.add(key)
        self.standby.signal(signal.SIGSTOP)
        try:
            report = threading.Thread(target=lambda: answers.append(self.site.report(key, 60)[0]))
            report.start()
            waiting = "FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            until(lambda: self.primary.sql(f"SELECT count(*) {waiting}") != "0", "a commit waits for the standby")
            self.cancelled = 0
            while report.is_alive():
                self.cancelled += int(self.primary.sql(f"SELECT count(pg_cancel_backend(pid)) {waiting}"))
                report.join(0.1)
        finally:
            self.standby.signal(signal.SIGCONT)
        (self.answer,) = answers

    def problems(self, figures):
        wrong = [f"{name}: {figures[name]}" for name in [*ZERO, "left in queue"] if figures.get(name)]
        wrong += self.supervisor.crashes(set())
        wrong += [f"a commit of which the standby knew nothing was answered with {self.answer}"] * (self.answer != 503)
        wrong += ["answers came while there was no primary"] * (not self.none_meanwhile)
        wrong += [f"back only after {self.back:.1f} s"] * (self.back > 10)
        wrong += [f"refused: {text[:200]}" for text in self.clients.refused[:3]]
        return wrong
