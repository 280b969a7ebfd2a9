"""Another process holds the database's lock: whoever writes is told to come again within 5 s, reads go on, and nothing is lost."""

import sqlite3
import threading
import time

from machine import until


def check(base, seconds=30):
    site = base.copy("locked")
    answers = []

    def write():
        while time.monotonic() < end - 1:
            began = time.monotonic()
            status, _, headers = site.report(timeout=30)
            answers.append((status, time.monotonic() - began, headers["Retry-After"]))

    with site.serving():
        other = sqlite3.connect(site.database.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        end = time.monotonic() + seconds
        writers = [threading.Thread(target=write) for _ in range(4)]
        for writer in writers:
            writer.start()
        reads = 0
        while time.monotonic() < end - 1:
            reads += site.get("/api/v1/deviations", "ingrid")[0] == 200
        for writer in writers:
            writer.join()
        other.execute("ROLLBACK")
        began = time.monotonic()
        until(lambda: site.report()[0] == 201, "reports are taken again", 30)
        back = time.monotonic() - began
    slowest = max((took for _, took, _ in answers), default=0)
    problems = ["the lock stopped nobody"] * (not answers)
    problems += [f"answered with {status}, Retry-After {after}" for status, _, after in answers if status != 503 or not after][:3]
    problems += [f"an answer took {slowest:.1f} s"] * (slowest > 5)
    problems += ["no read was answered"] * (reads == 0)
    return problems, (
        f"{len(answers)} writes answered with 503 within {slowest:.1f} s while the lock was held for {seconds} s, {reads} reads "
        f"beside them; back after {back:.1f} s")
