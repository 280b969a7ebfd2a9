"""A host that dies again and again while it starts, and while its tables are made: it tries ever more seldom, and nothing is left of that."""

import contextlib
import os
import pathlib
import random
import subprocess
import time

from kills import Kills
from machine import until
from trivsel import BINARY, TOP, Trivsel


def check(base, count=20, waits=True):
    """With `waits` a start is also left alone until it goes on by itself."""
    site = base.copy("storm")
    rows = lambda: site.database.rows("SELECT (SELECT count(*) FROM bus_key), (SELECT count(*) FROM event_log)")
    with site.serving():
        before = rows()
    kills = storm(site, count)
    idle, ended = look_at_a_waiting_one(site)
    began = time.monotonic()
    with site.serving():
        ready = time.monotonic() - began
        answered = site.report()[0]
        after = rows()
    problems = [f"a start waited with {idle:.0%} of a processor"] * (idle > 0.1) + [f"told to stop it ended with {ended}"] * (ended != 0)
    problems += [f"ready only {ready:.1f} s after it was seen to"] * (ready > 5)
    problems += [f"a report is answered with {answered}"] * (answered != 201)
    problems += [f"keys and events were {before}, are {after}"] * (before[0][0] != after[0][0])
    figure = f"killed {kills} times within 150 ms of its start; then it waits at {idle:.1%} of a processor, and restarted by hand is ready after {ready * 1000:.0f} ms"
    if waits:
        storm(site, count)
        began = time.monotonic()
        with site.serving():
            alone = time.monotonic() - began
        problems += [f"left alone it was ready after {alone:.0f} s"] * (not 30 <= alone <= 40)
        figure += f", left alone after {alone:.0f} s"
    return problems, figure


def storm(site, count):
    """Until so many starts are known to have failed: some die before they say that they begin. How many were killed."""
    kills = 0
    while failed(site) < count and kills < 10 * count:
        with starting(site) as host:
            time.sleep(random.random() * 0.15)
            assert host.poll() is None, f"the host ended by itself with {host.returncode}"
            host.kill()
        kills += 1
    assert failed(site) >= count, f"{kills} kills, and only {failed(site)} starts are known to have failed"
    return kills


def look_at_a_waiting_one(site):
    """The part of a processor that it uses, and how it ends when it is told to stop."""
    told = site.log().count("this one waits")
    with starting(site) as host:
        until(lambda: site.log().count("this one waits") > told, "it waits")
        used, began = processor(host.pid), time.monotonic()
        time.sleep(2)
        idle = (processor(host.pid) - used) / (time.monotonic() - began)
        assert not site.is_ready(), "it did not wait"
        host.terminate()
        host.wait(5)
    return idle, host.returncode


@contextlib.contextmanager
def starting(site):
    with open(site.folder / "serve.log", "ab") as log:
        host = subprocess.Popen([BINARY, "serve"], cwd=TOP, env=site.settings, stdout=log, stderr=log)
    try:
        yield host
    finally:
        host.kill()
        host.wait()


def failed(site):
    file = site.data / "starts"
    return file.stat().st_size if file.exists() else 0


def processor(process):
    """Seconds that it has used."""
    words = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


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
