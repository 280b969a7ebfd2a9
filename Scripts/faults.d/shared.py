"""One of several processes that read under the same name, as an institution would write it: the desk keeps the positions.

Arguments: key file, database, the process's name. The database shows each event as often as it was handed over, in which term, and how
far its partition had been committed by then; and each event's effect once, as the event's id is unique there.
"""

import json
import os
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "examples"))
from kills import pass_point
from receiver import TYPES
from share import Member, partition_of
from subscribe import Refused

NAME = "shares"


def connect(path):
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    database.executescript("""
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS handed (
            event TEXT NOT NULL, subject TEXT NOT NULL, position INTEGER NOT NULL, term INTEGER NOT NULL, committed INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS effect (event TEXT PRIMARY KEY, type TEXT NOT NULL, subject TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS part (number INTEGER PRIMARY KEY, term INTEGER NOT NULL, committed INTEGER NOT NULL DEFAULT 0);
    """)
    return database


class Sharer(Member):
    def __init__(self, key, database, process):
        super().__init__(key, TYPES, NAME)
        self.database, self.member = database, f"{process}.{os.getpid()}"

    def apply(self, event):
        """False when another member has the partition by now: whoever comes with a lower term is late."""
        part, place = partition_of(event["subject"]), int(event["sequence"])
        self.database.execute("BEGIN IMMEDIATE")
        rows = self.database.execute("SELECT term, committed FROM part WHERE number = ?", [part]).fetchall()
        term, committed = rows[0] if rows else (0, 0)
        if term > self.terms[part]:
            self.database.execute("ROLLBACK")
            return False
        self.database.execute(
            "INSERT INTO part (number, term) VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET term = excluded.term", [part, self.terms[part]])
        self.database.execute(
            "INSERT INTO handed VALUES (?, ?, ?, ?, ?)", [event["id"], event["subject"], place, self.terms[part], committed])
        self.database.execute(
            "INSERT INTO effect VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [event["id"], event["type"], event["subject"]])
        self.database.execute("COMMIT")
        return True

    def commit(self, position):
        super().commit(position)
        pass_point("shared.committed")
        if self.renewed:  # it was not refused
            self.database.executemany(
                "UPDATE part SET committed = max(committed, ?) WHERE number = ? AND term = ?",
                [(position, part, self.terms[part]) for part in self.held])


def main(key, path, process):
    reader = Sharer(json.loads(pathlib.Path(key).read_text()), connect(path), process)
    while True:
        try:
            for batch in reader.batches():
                for event in batch:
                    pass_point("shared.got")
                    if not reader.apply(event):
                        break
                    pass_point("shared.applied")
        except Refused as refused:
            if refused.code != "lease-lost":
                raise


if __name__ == "__main__":
    main(*sys.argv[1:])
