"""Fills a database that holds the demo data with more cases: every demo case's facts and title with every other's description."""

import json
import pathlib
import re
import sqlite3
import subprocess
import urllib.parse

COPIED = """unit, campus, category, environment, status, reporter, handler, received_at, due_on, expected_on, urgency, ended_at,
    forwardings, triage_deviation, triage_sensitive, title, reported_unit, occurred_on, threshold, channels_which, channels_text,
    cause_what, cause_why, outcome"""
SQLITE_ID = """lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-7' || substr(hex(randomblob(2)), 2) || '-8' ||
    substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"""


def statements(count, identifier, search):
    """The SQL that brings the table to `count` rows. The copies' rounds repeat titles, never a whole case."""
    copied = ", ".join(f"a.{name.strip()}" for name in COPIED.split(","))
    return [
        f"""INSERT INTO deviations_case (uid, version, description, {COPIED})
            SELECT {identifier}, 1, b.description, {copied}
            FROM deviations_case a CROSS JOIN deviations_case b CROSS JOIN (SELECT 1 AS round UNION ALL SELECT 2) rounds
            WHERE a.id <> b.id LIMIT {count} - (SELECT count(*) FROM deviations_case)""",
        """INSERT INTO deviations_entry (case_id, kind, author, at, is_private, text)
            SELECT id, 'received', reporter, received_at, 0, '' FROM deviations_case
            WHERE id NOT IN (SELECT case_id FROM deviations_entry)""",
        search,
    ]


def fill(url, count):
    if url.startswith("sqlite:"):
        search = """INSERT INTO deviations_search (rowid, words) SELECT id, lower(title || ' ' || description) FROM deviations_case
            WHERE id NOT IN (SELECT rowid FROM deviations_search)"""
        database = sqlite3.connect(url.removeprefix("sqlite:"))
        with database:
            for statement in statements(count, SQLITE_ID, search):
                database.execute(statement)
        database.execute("ANALYZE")
        database.close()
    else:
        search = """INSERT INTO deviations_search (key, words)
            SELECT id, array_to_tsvector(string_to_array(btrim(regexp_replace(lower(title || ' ' || description), '[^[:alnum:]]+', ' ', 'g')), ' '))
            FROM deviations_case WHERE id NOT IN (SELECT key FROM deviations_search)"""
        script = ";\n".join(statements(count, "gen_random_uuid()::text", search)) + ";\nVACUUM ANALYZE;\n"
        subprocess.run(["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", url], input=script, text=True, check=True)


def words(count):
    """Words that the cases hold, as people search for them; encoded for an address."""
    texts = json.loads(pathlib.Path("Config/demo/cases.json").read_text())
    found = {word for case in texts for word in re.findall(r"[a-zæøå]{6,}", case["title"].lower())}
    return [urllib.parse.quote(word) for word in sorted(found)][:count]
