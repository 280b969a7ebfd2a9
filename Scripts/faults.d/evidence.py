"""What an installation's database and the receiver's show when a run has ended; what stood there before does not count."""

import json

import receiver
from checker import Facts

TYPES = "('" + "', '".join(receiver.TYPES) + "')"


class Evidence:
    """Made before the run."""

    def __init__(self, database, effects, has_worker):
        self.rows, self.unstamped, self.effects, self.has_worker = database.rows, database.unstamped, effects, has_worker
        self.before = {row[0] for row in self.rows("SELECT uid FROM deviations_case")}
        ((self.start,),) = self.rows("SELECT coalesce(max(position), 0) FROM event_log")
        receiver.connect(effects, self.start).close()

    def left(self):
        """How much is still on its way: jobs, events without a position, events the receiver has not reached."""
        jobs = self.rows("SELECT count(*) FROM bus_job WHERE state IN ('waiting', 'leased', 'sending')")[0][0]
        unstamped = self.rows(self.unstamped)[0][0]
        head = self.rows(f"SELECT coalesce(max(position), 0) FROM event_log WHERE type IN {TYPES}")[0][0]
        ((place,),) = self.received("SELECT position FROM place")
        return jobs * self.has_worker + unstamped + max(0, head - place)

    def facts(self, clients, sink):
        log = self.rows(f"SELECT id, type, subject FROM event_log WHERE position > {self.start} AND type IN {TYPES} ORDER BY position")
        jobs = self.rows("SELECT key, required, state, attempts, message_id, reason FROM bus_job")
        with open(f"{self.effects}.got") as file:
            got = file.read().split()
        return Facts(
            clients.attempted, clients.acknowledged, self.state(), self.keys(), acts(log),
            acts(self.received("SELECT event, type, subject FROM effect ORDER BY rowid")),
            [(key.split("|")[0], *rest) for key, *rest in jobs] if self.has_worker else None, dict(sink.copies), got)

    def state(self):
        new = [row for row in self.rows("SELECT uid, status FROM deviations_case") if row[0] not in self.before]
        return {f"received:{case}" for case, _ in new} | {f"rejected:{case}" for case, status in new if status == "rejected"}

    def keys(self):
        answers = self.rows("SELECT key, body FROM idempotency_answer")
        return {f"{key.split('-')[0]}:{json.loads(body)['id']}": key for key, body in answers}

    def received(self, sql):
        database = receiver.connect(self.effects)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()


def acts(rows):
    return [(event, f"{kind.split('.')[1]}:{subject}") for event, kind, subject in rows]
