"""A durable reader of the events, as an institution would write one: each effect and the position in one transaction of its own database.

Arguments: key file, database. `--no-deduplication` is the planted fault: effect first, position afterwards.
"""

import json
import pathlib
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "examples"))
from kills import pass_point
from subscribe import Reader

TYPES = ["deviations.received.v1", "deviations.rejected.v1"]


def connect(path, position=0):
    """A new database begins after `position`."""
    database = sqlite3.connect(path, isolation_level=None, timeout=30)
    database.executescript("""
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS effect (event TEXT NOT NULL, position INTEGER NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS place (only INTEGER PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL, epoch TEXT);
    """)
    database.execute("INSERT INTO place VALUES (1, ?, NULL) ON CONFLICT DO NOTHING", [position])
    return database


def main(key, path, planted=None):
    database = connect(path)
    ((position, epoch),) = database.execute("SELECT position, epoch FROM place")
    reader = Reader(json.loads(pathlib.Path(key).read_text()), TYPES, position, epoch)
    # What has come, whether it took effect or not: by it repeats are counted.
    got = open(f"{path}.got", "a", buffering=1)
    for event in reader.events():
        got.write(f"{event['id']}\n")
        pass_point("reader.got")
        place = int(event["sequence"])
        database.execute("BEGIN")
        database.execute("INSERT INTO effect VALUES (?, ?, ?, ?)", [event["id"], place, event["type"], event["subject"]])
        if planted:
            database.execute("COMMIT")
            pass_point("reader.applied")
            database.execute("BEGIN")
        database.execute("UPDATE place SET position = ?, epoch = ?", [place, reader.epoch])
        database.execute("COMMIT")
        pass_point("reader.applied")


if __name__ == "__main__":
    main(*sys.argv[1:])
