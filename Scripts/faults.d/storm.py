"""A host that dies again and again while it starts, and while its tables are made: nothing of that is left."""

import random
import subprocess
import time

from kills import Kills
from trivsel import BINARY, TOP, Trivsel


def check(base, count=20):
    site = base.copy("storm")
    rows = lambda: site.database.rows("SELECT (SELECT count(*) FROM bus_key), (SELECT count(*) FROM event_log)")
    with site.serving():
        before = rows()
    for _ in range(count):
        host = subprocess.Popen([BINARY, "serve"], cwd=TOP, env=site.settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.random() * 0.15)
        assert host.poll() is None, f"the host ended by itself with {host.returncode}"
        host.kill()
        host.wait()
    began = time.monotonic()
    with site.serving():
        ready = time.monotonic() - began
        answered = site.report()[0]
        after = rows()
    problems = [f"ready only after {ready:.1f} s"] * (ready > 5)
    problems += [f"a report is answered with {answered}"] * (answered != 201)
    problems += [f"keys and events were {before}, are {after}"] * (before[0][0] != after[0][0])
    return problems, f"killed {count} times within 150 ms of its start; then ready after {ready * 1000:.0f} ms"


def check_migration(base, step=1):
    """Killed before each statement (or every `step`-th) of all migrations, each time going on from where the last kill left it."""
    whole = Trivsel(base.folder.parent / "whole", base.postgres, f"{base.folder.name}-whole")
    site = Trivsel(base.folder.parent / "migrated", base.postgres, f"{base.folder.name}-migrated")
    for one in (whole, site):
        one.folder.mkdir()
        for database in one.databases:
            database.create()
    whole.run("migrate")
    kills = Kills(site.folder / "kills")
    ended = None
    while ended != 0:
        kills.plant("migration.statement", step)
        ended = subprocess.run(
            [BINARY, "migrate"], cwd=TOP, env=site.settings | {"TRIVSEL_TEST_KILL_FOLDER": str(kills.folder)},
            capture_output=True, timeout=60).returncode
        if ended not in (0, -9):
            return [f"migrating ended with {ended}"], ""
        step += 1 # a migration is kept whole or not at all: the next kill comes later
    problems = ["no kill"] * (kills.count() == 0) + ["the tables differ"] * (schema(site) != schema(whole))
    return problems, f"killed {kills.count()} times at a statement; the tables are those of an undisturbed start"


def schema(site):
    if not site.postgres:
        return sorted(site.database.rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return (
        site.database.rows("SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
                           "WHERE table_schema = 'public' ORDER BY 1, 2"),
        site.database.rows("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"))
