"""A job that its worker dies of, each time: it is set aside with a reason, and all others are done."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "examples"))
from machine import until
from subscribe import Reader

QUEUE = "notifications"


def check(base, reports=10):
    site = base.copy("poison")
    with site.serving():
        rows = lambda what: site.database.rows(f"SELECT {what} FROM bus_job")
        before = len(rows("id"))
        for _ in range(reports):
            site.report()
        until(lambda: len(rows("id")) >= before + 2 * reports, "all jobs are there")
        poison = max(rows("id"))[0]
        desk = Reader(json.loads((site.data / "keys/notifications.json").read_text()), [], 0, None)
        tries, done = work(site, desk, poison)
        ((state, reason),) = site.database.rows(f"SELECT state, reason FROM bus_job WHERE id = {poison}")
        ((left,),) = site.database.rows(f"SELECT count(*) FROM bus_job WHERE id <> {poison} AND state NOT IN ('done', 'dropped')")
        desk.context.destroy(linger=0)
    problems = [f"{left} other jobs are not done"] * (left > 0 or done < 2 * reports - 1)
    problems += [f"the job is {state}"] * (state != "parked") + [f"{tries} tries"] * (not 1 < tries <= 5)
    return problems, f"parked after {tries} tries (“{reason}”), {done} others done, {left} not"


def work(site, desk, poison):
    """A worker that dies whenever it takes the poisoned job: nobody reports on it. How often, and how many others it does."""
    tries = done = 0
    while tries < 10:
        taken = desk.ask(op="work.take", queue=QUEUE, max=1, wait=0)["jobs"]
        if not taken:
            if not site.database.rows("SELECT 1 FROM bus_job WHERE state IN ('waiting', 'leased', 'sending')"):
                break
            # Half a minute later.
            site.database.execute("UPDATE bus_job SET lease_until = lease_until - 30000, not_before = not_before - 30000 "
                                  "WHERE state IN ('waiting', 'leased')")
        for job in taken:
            if job["job"] == poison:
                tries += 1
                continue
            claim = {"job": job["job"], "token": job["token"]}
            desk.ask(op="work.begin", messageID="<poison@test>", **claim)
            desk.ask(op="work.done", **claim)
            done += 1
    return tries, done
