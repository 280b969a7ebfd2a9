"""One bit flipped in a page of SQLite's file: what the host makes of it. It must not crash.

What is sealed cannot change unnoticed, nor can a page's structure. SQLite keeps no checksums of pages: another value may be served as it
then stands. PostgreSQL does, when its cluster was made with them.
"""

import collections
import random
import re
import subprocess
import time

from trivsel import BINARY, TOP


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
    problems = ["the host crashed"] * bool(outcomes["crashed"])
    problems += ["no flip had an effect"] * (outcomes["without effect"] == count)
    return problems, f"{count} flips: " + ", ".join(f"{number} {name}" for name, number in outcomes.most_common())


def look(site, cases, right):
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
    changed = [now for was, now in zip(right, found) if was != now]
    if not changed:
        return "without effect"
    return "served wrong" if any(status == 200 for status, _ in changed) else "noticed"


def answers(site, cases):
    paths = ["/api/v1/deviations?limit=50", *(f"/api/v1/deviations/{case}" for case in cases)]
    return [site.get(path, "ingrid")[:2] for path in paths]
