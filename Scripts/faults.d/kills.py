"""The named places at which a process may be killed, and planting a kill at one. See Sources/EventKit/KillPoint.swift."""

import fcntl
import os
import signal
import time

HOST = ["host.received", "host.before-commit", "host.committed", "host.answered", "host.published", "desk.taken", "desk.done"]
# A re-registration's way to the vault, and the end of the key that it leaves behind.
DEPARTURE = [
    "handover.offering", "handover.offered", "handover.prepared", "handover.taking", "handover.taken", "handover.completing",
    "handover.completed", "destroy.begun", "destroy.deleted", "destroy.erased", "destroy.done"]
SEQUENCER = ["sequencer.before-stamp", "sequencer.stamped"]  # PostgreSQL only: SQLite stamps within the change's transaction
WORKER = ["worker.taken", "worker.begun", "worker.sent", "worker.reported"]
# Passed only when an officer erases; killed at by PrivacyErasureTests, not by the fault run, whose clients are reporters.
PRIVACY = ["privacy.erased"]
READER = ["reader.got", "reader.applied"]
SHARED = ["shared.got", "shared.applied", "shared.committed"]
WEBHOOKS = ["webhooks.taken", "webhooks.sent", "webhooks.reported"]
RELAY = ["relay.got", "relay.passed"]


class Kills:
    """A folder that all processes share: a file for each planted point, as long as it may still be passed, and a log of who died."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "killed").touch()

    def plant(self, point, passes):
        """The process that passes `point` as the `passes`-th dies there."""
        new = self.folder / f"{point}.new"
        new.write_bytes(b"." * passes)
        new.rename(self.folder / point)

    def withdraw(self, point):
        (self.folder / point).unlink(missing_ok=True)

    def count(self, point=None):
        lines = (self.folder / "killed").read_text().splitlines()
        return sum(1 for line in lines if point in (None, line.split()[0]))

    def processes(self):
        """The ids of those that were killed so."""
        return {int(line.split()[1]) for line in (self.folder / "killed").read_text().splitlines()}

    def strike(self, point, passes, seconds=90):
        """Plants a kill and waits for it; false when the point was not reached in time.

        What dead workers hold can be had after 30 s, and what they failed at after ten more.
        """
        before, end = self.count(point), time.monotonic() + seconds
        self.plant(point, passes)
        while self.count(point) == before:
            if time.monotonic() > end:
                self.withdraw(point)
                return False
            time.sleep(0.005)
        return True


def pass_point(point):
    """What `KillPoint.pass` does in Swift, for processes in Python."""
    folder = os.environ.get("TRIVSEL_TEST_KILL_FOLDER")
    try:
        with open(f"{folder}/{point}", "r+b", buffering=0) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            left = os.fstat(file.fileno()).st_size
            if left != 1:
                return os.truncate(file.fileno(), max(0, left - 1))
            with open(f"{folder}/killed", "ab", buffering=0) as killed:
                fcntl.flock(killed, fcntl.LOCK_EX)  # as there: held until death
                os.truncate(file.fileno(), 0)
                killed.write(f"{point} {os.getpid()}\n".encode())
                os.fsync(killed.fileno())
            os.kill(os.getpid(), signal.SIGKILL)
    except FileNotFoundError:
        pass
