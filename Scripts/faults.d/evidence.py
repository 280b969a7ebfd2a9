"""What an installation's database and the receiver's show when a run has ended; what stood there before does not count."""

import json
import sqlite3

import receiver
import shared
from checker import Facts

TYPES = "('" + "', '".join(receiver.TYPES) + "')"

# Tables and the rows that are there only while a case leaves.
UNDER_WAY = [
    ("vault_handover", "1 = 1"), ("vault_handover_part", "1 = 1"), ("deviations_leaving", "handover IS NOT NULL"),
    ("vault_destroy", "is_done = 0")]
LEFT = "SELECT id FROM deviations_case WHERE ending = 'outside-scope'"
# Tables and the rows that never are.
EMPTY = [(table, f"case_id IN ({LEFT})") for table in ("deviations_entry", "deviations_measure", "deviations_file")] + [
    ("deviations_case", f"id IN ({LEFT}) AND (key_id IS NOT NULL OR title IS NOT NULL OR description IS NOT NULL OR reporter <> '')"),
    ("vault_file", "key_id IN (SELECT key_id FROM vault_destroy)")]


class Evidence:
    """Made before the run."""

    def __init__(self, site, effects, has_worker, consumers=None):
        database = site.database
        self.rows, self.unstamped, self.effects, self.has_worker = database.rows, database.unstamped, effects, has_worker
        self.keys_rows, self.hex, self.consumers = site.keys_database.rows, database.hex, consumers
        self.before = {row[0] for row in self.rows("SELECT uid FROM deviations_case")}
        self.vault = self.count("whistleblowing_case")
        ((self.start,),) = self.rows("SELECT coalesce(max(position), 0) FROM event_log")
        receiver.connect(effects, self.start).close()
        if consumers:
            consumers.begin(self.start)

    def left(self):
        """How much is still on its way: jobs, events without a position, events that the receiver, or a host's reader, has not reached."""
        jobs = self.rows("SELECT count(*) FROM bus_job WHERE state IN ('waiting', 'leased', 'sending')")[0][0]
        unstamped = self.rows(self.unstamped)[0][0]
        head = self.rows(f"SELECT coalesce(max(position), 0) FROM event_log WHERE type IN {TYPES}")[0][0]
        places = [self.received("SELECT position FROM place")[0][0]]
        if self.consumers:
            places += [self.received("SELECT position FROM place", self.consumers.relayed)[0][0]]
            places += self.rows(f"SELECT coalesce(min(position), 0) FROM bus_partition WHERE reader = '{shared.NAME}'")[0]
        # What makes the jobs: after a lost database a reader waits up to 30 s before it tries again.
        places += [place for (place,) in self.rows("SELECT position FROM bus_reader")]
        behind = sum(max(0, head - place) for place in places)
        return jobs * self.has_worker + unstamped + behind + sum(self.count(*rows) for rows in UNDER_WAY)

    def facts(self, clients, sink):
        log = self.rows(f"SELECT id, type, subject FROM event_log WHERE position > {self.start} AND type IN {TYPES} ORDER BY position")
        jobs = self.rows("SELECT key, required, state, attempts, message_id, reason FROM bus_job WHERE queue = 'notifications'")
        with open(f"{self.effects}.got") as file:
            got = file.read().split()
        return Facts(
            clients.attempted, clients.acknowledged, self.state(), self.keys(clients), acts(log),
            acts(self.received("SELECT event, type, subject FROM effect ORDER BY rowid")),
            [(key.split("|")[0], *rest) for key, *rest in jobs] if self.has_worker else None, dict(sink.copies), got,
            leaving=clients.leaving, left=self.left_cases(), vault=self.count("whistleblowing_case") - self.vault,
            residue=self.residue(), **(self.consumed(log) if self.consumers else {}))

    def consumed(self, log):
        """What the consumers' databases show, as far as it is about this run."""
        consumers, handed = self.consumers, f"SELECT event, subject, position, term, committed FROM handed WHERE position > {self.start} ORDER BY rowid"
        shared_effects = f"SELECT event, type, subject FROM effect WHERE event IN (SELECT event FROM handed WHERE position > {self.start}) ORDER BY rowid"
        sent = [(*key.split("|")[1:3], *rest) for key, *rest in self.rows("SELECT key, state, attempts FROM bus_job WHERE queue = 'webhooks'")]
        return {
            "relayed": acts(self.received("SELECT event, type, subject FROM effect ORDER BY rowid", consumers.relayed)),
            "shared": acts(self.received(shared_effects, consumers.handed)), "handed": self.received(handed, consumers.handed),
            "hooks": {hook: (number, kind) for number, (hook, kind) in consumers.hooks.types.items()},
            "sent": sent, "came": list(consumers.hooks.came), "types": {event: kind for event, kind, _ in log}}

    def state(self):
        new = [row for row in self.rows("SELECT uid, status FROM deviations_case") if row[0] not in self.before]
        return {f"received:{case}" for case, _ in new} | {f"rejected:{case}" for case, status in new if status == "rejected"}

    def keys(self, clients):
        answers = self.rows("SELECT key, body FROM idempotency_answer WHERE body <> '{}'")
        known = {f"{key.split('-')[0]}:{json.loads(body)['id']}": key for key, body in answers}
        # What was answered about a case that has left is forgotten: its clients still know.
        left = self.left_cases()
        known |= {act: key for key, act in clients.acknowledged.items() if act.split(":")[1] in left}
        return known | {f"rejected:{case}": clients.leaving[case] for case in left & set(clients.leaving)}

    def left_cases(self):
        return {row[0] for row in self.rows("SELECT uid FROM deviations_case WHERE ending = 'outside-scope'")} - self.before

    def residue(self):
        """What is there of cases that have left, but their number, their dates and that they were outside the scope."""
        left = self.left_cases()
        found = [f"{table} where {condition}" for table, condition in [*UNDER_WAY, *EMPTY] if self.count(table, condition)]
        found += [case for (body,) in self.rows("SELECT body FROM idempotency_answer") for case in left if case in body]
        doomed = {row[0] for row in self.rows(f"SELECT {self.hex % 'key_id'} FROM vault_destroy")}
        return found + [f"key {row[0]}" for row in self.keys_rows(f"SELECT {self.hex % 'id'} FROM vault_key") if row[0] in doomed]

    def count(self, table, condition="1 = 1"):
        return self.rows(f"SELECT count(*) FROM {table} WHERE {condition}")[0][0]

    def received(self, sql, path=None):
        database = sqlite3.connect(path or self.effects, timeout=30)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()


def acts(rows):
    return [(event, f"{kind.split('.')[1]}:{subject}") for event, kind, subject in rows]
