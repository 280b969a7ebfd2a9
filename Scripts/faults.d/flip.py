"""One bit flipped in a page of SQLite's file: what the host makes of it. It must not crash.

What is sealed cannot change unnoticed, nor can a page's structure. SQLite keeps no checksums of pages: another value may be served as it
then stands, and the figure names what it was. PostgreSQL has them, when its cluster was made so: nothing wrong may be served.
"""

import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import time

from cluster import Server
from trivsel import BINARY, TOP, Trivsel


def check(base, count=60):
    random.seed(7)
    site = base.copy("flip")
    whole = site.database.path.read_bytes()
    cases = [row[0] for row in site.database.rows("SELECT uid FROM deviations_case ORDER BY id LIMIT 60")]
    places = [match.start() for case in cases for match in re.finditer(case.encode(), whole)]
    with site.serving():
        right = answers(site, cases)
    outcomes = collections.Counter()
    for _ in range(count):
        # Every other one near a case's id, where there is something to see; the rest anywhere.
        near = random.choice(places) + random.randrange(400)
        place = random.choice([near, random.randrange(len(whole))]) % len(whole)
        for rest in site.data.glob("trivsel.sqlite*"):
            rest.unlink()
        site.database.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << random.randrange(8)]) + whole[place + 1:])
        outcomes[look(site, cases, right)] += 1
    return judged(outcomes)


def check_postgres(_, count=60):
    """On a server of its own, which is stopped while the bit is flipped in a file of a table or an index."""
    random.seed(7)
    server = Server().make().start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            site = Trivsel(pathlib.Path(folder) / "flip", server.url, "flip").prepare()
            cases = [row[0] for row in site.database.rows("SELECT uid FROM deviations_case ORDER BY id LIMIT 60")]
            with site.serving():
                right = answers(site, cases)
            files = [server.data / row[0] for row in site.database.rows(
                "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND pg_relation_size(oid) > 0 "
                "AND (relnamespace = 'public'::regnamespace OR relkind = 't')")]
            cases_file = server.data / site.database.rows("SELECT pg_relation_filepath('deviations_case')")[0][0]
            server.stop()
            whole = server.folder / "whole"
            server.data.rename(whole)
            outcomes = collections.Counter()
            for _ in range(count):
                shutil.rmtree(server.data, ignore_errors=True)
                server.do("cp", "-a", whole, server.data)
                flip(random.choice([cases_file, random.choice(files)]))
                server.start()
                outcomes[look(site, cases, right)] += 1
                server.stop("immediate")
    finally:
        server.remove()
    problems, figure = judged(outcomes)
    return problems + ["a wrong value was served"] * any(name.startswith("served wrong") for name in outcomes), figure


def flip(path):
    with open(path, "r+b") as file:
        place = random.randrange(path.stat().st_size)
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << random.randrange(8)]))


def judged(outcomes):
    count = outcomes.total()
    problems = ["the host crashed"] * bool(outcomes["crashed"])
    problems += ["no flip had an effect"] * (outcomes["without effect"] == count)
    return problems, f"{count} flips: " + ", ".join(f"{number} {name}" for name, number in outcomes.most_common())


def look(site, cases, right):
    (site.data / "starts").unlink(missing_ok=True)  # those that were refused are no storm
    with open(site.folder / "flip.log", "wb") as log:
        host = subprocess.Popen([BINARY, "serve"], cwd=TOP, env=site.settings, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 20
        while not site.is_ready():
            if host.poll() is not None:
                return "start refused"
            if time.monotonic() > end:
                return "noticed"
            time.sleep(0.02)
        found = answers(site, cases)
    finally:
        host.terminate()
        code = host.wait(60)
    if code < 0:
        return "crashed"
    changed = [(was, now) for was, now in zip(right, found) if was != now]
    if not changed:
        return "without effect"
    served = [different(was[1], now[1]) if was[0] == 200 else "one that was refused" for was, now in changed if now[0] == 200]
    return f"served wrong ({served[-1]})" if served else "noticed"


def different(was, now):
    """Which values of a case, or of a list, are not as they were."""
    was, now = json.loads(was), json.loads(now)
    return ", ".join(key for key in was | now if was.get(key) != now.get(key))


def answers(site, cases):
    paths = ["/api/v1/deviations?limit=50", *(f"/api/v1/deviations/{case}" for case in cases)]
    return [site.get(path, "ingrid")[:2] for path in paths]
