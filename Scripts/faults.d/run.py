"""One run: clients write, processes are killed at named points, and in the end the checker judges what is left."""

import bisect
import math
import random
import sys
import threading
import time

from checker import ZERO, judge
from clients import Clients
from consumers import Consumers
from evidence import Evidence
from kills import DEPARTURE, HOST, READER, RELAY, SEQUENCER, SHARED, WEBHOOKS, WORKER, Kills
from machine import until
from mails import Sink
from supervisor import Supervisor
from trivsel import TOP

# Where to kill so that a planted fault shows, and the figure that must tell of it.
PLANTED = {
    "answer-before-commit": (["host.before-commit"], "LOST"),
    "two-transactions": (["host.committed"], "STATE WITHOUT EVENT"),
    "no-deduplication": (["reader.applied"], "DOUBLE"),
}


class Run:
    """`kills` at each point, which is passed up to `passes` times before each; with a planted fault only hosts and receiver run."""

    def __init__(self, site, kills, planted=None, passes=5, has_consumers=True):
        self.site, self.each, self.planted, self.passes = site, kills, planted, passes
        self.kills = Kills(site.folder / "kills")
        sequencer = SEQUENCER if site.postgres else []
        self.lanes = [HOST + DEPARTURE + sequencer, WORKER, READER, SHARED, WEBHOOKS, RELAY] if not planted else [PLANTED[planted][0]]
        self.points = sum(self.lanes, [])
        self.effects = str(site.folder / "effects.sqlite")
        self.sink = Sink()
        self.consumers = Consumers(site) if has_consumers and not planted else None
        self.not_reached = []

    def carry_out(self):
        """The figures, what is wrong, and examples of it."""
        site = self.site
        self.second = site.add_host() if site.postgres else None
        self.evidence = Evidence(site, self.effects, has_worker=not self.planted, consumers=self.consumers)
        settings = site.settings | {
            "TRIVSEL_TEST_KILL_FOLDER": str(self.kills.folder), "TRIVSEL_MAIL_SMTP_URL": self.sink.url,
            "TRIVSEL_TEST_PLANTED_FAULT": self.planted or ""}
        if self.consumers:
            settings |= self.consumers.settings
        self.clients = Clients(site, is_behind=self.is_behind, leaves=not self.planted)
        self.supervisor = Supervisor(site.folder, settings, *([self.consumers.mourn] if self.consumers else []))
        began = time.monotonic()
        try:
            self.start_processes()
            self.clients.start()
            try:
                self.strike()
            finally:
                self.clients.stop()
            seconds = time.monotonic() - began
            left = self.drain()
        finally:
            trouble = self.supervisor.stop()
            self.sink.stop()
            if self.consumers:
                self.consumers.hooks.stop()
        figures, examples = judge(self.evidence.facts(self.clients, self.sink))
        figures |= {"kills": self.kills.count(), "seconds": round(seconds)} | self.recovery()
        if left and "left in queue" not in figures:
            figures["left in queue"] = left
        return figures, self.problems(figures) + trouble, examples

    def start_processes(self):
        site, keep = self.site, self.supervisor.keep
        key = site.key("receiver", "--topics", "deviations.*")
        keep("serve", "serve")
        if self.second:
            keep("serve-2", "serve", **self.second)
        self.hosts = dict(zip(("serve", "serve-2"), site.ports))
        until(site.is_ready, "all hosts are ready", 60)
        if not self.planted:
            for number in (1, 2):
                keep(f"worker-{number}", "work", "notifications")
        keep("receiver", sys.executable, str(TOP / "Scripts/faults.d/receiver.py"), str(key), self.effects,
             *(["--no-deduplication"] if self.planted == "no-deduplication" else []))
        if self.consumers:
            self.consumers.keep(self.supervisor)

    def is_behind(self):
        """Mails and webhooks are slower than reports: those who send must not run away from them.

        Webhooks stand still for a while when a dead worker has all of them in hand.
        """
        wanted = 2 * len(self.clients.acknowledged)
        mails = not self.planted and wanted > self.sink.count() + 600
        return mails or (self.consumers is not None and wanted > self.consumers.hooks.count() + 3000)

    def strike(self):
        """Each kind of process is killed at its points in turn, the kinds beside each other."""
        lanes = [threading.Thread(target=self.strike_lane, args=(lane,)) for lane in self.lanes]
        for lane in lanes:
            lane.start()
        while any(lane.is_alive() for lane in lanes):
            self.show()
            lanes[0].join(1)
            for lane in lanes[1:]:
                lane.join(0.1)
        self.show(end="\n")

    def strike_lane(self, points):
        for _ in range(self.each):
            for point in points:
                # One act in ten is a re-registration.
                passes = max(1, self.passes // 10) if point in DEPARTURE else self.passes
                if not self.kills.strike(point, random.randint(1, passes)):
                    self.not_reached.append(point)

    def show(self, end=""):
        print(
            f"\r{self.site.database.engine}: {self.kills.count()} of {self.each * len(self.points)} kills, "
            f"{len(self.clients.acknowledged)} acknowledged, {self.sink.count()} mails  ", end=end, file=sys.stderr, flush=True)

    def drain(self):
        """Waits until nothing is on its way any more, as long as it becomes less; how much is."""
        least, end = math.inf, math.inf
        while left := self.evidence.left():
            if left < least:
                least, end = left, time.monotonic() + 150
            elif time.monotonic() > end:
                break
            time.sleep(0.2)
        return left

    def recovery(self):
        """Milliseconds from a host's death to its next acknowledgement, unless it was killed once more before that."""
        waits, again = [], 0
        for name, port in self.hosts.items():
            deaths = sorted(death for death, died, *_ in self.supervisor.deaths if died == name)
            moments = sorted(moment for moment, at in self.clients.moments if at == port)
            for death, next_death in zip(deaths, [*deaths[1:], math.inf]):
                place = bisect.bisect(moments, death)
                if place < len(moments) and moments[place] < next_death:
                    waits.append(moments[place] - death)
                else:
                    again += next_death < math.inf
        waits.sort()
        return {f"recovery p{part} ms": round(waits[len(waits) * part // 100] * 1000) for part in (50, 99) if waits} | {
            "killed again before that": again}

    def problems(self, figures):
        wrong = [f"{name}: {figures[name]}" for name in [*ZERO, "left in queue"] if figures.get(name)]
        wrong += self.supervisor.crashes(self.kills.processes())
        wrong += [f"{point} was not reached" for point in sorted(set(self.not_reached))]
        wrong += [f"nobody died at {point}" for point in self.points if not self.kills.count(point)]
        wrong += [f"refused: {text[:200]}" for text in self.clients.refused[:3]]
        if not self.planted:
            if not any(count for name, count in figures.items() if name.startswith("repeats")):
                wrong.append("no repeats: the run provoked nothing")
        return wrong
