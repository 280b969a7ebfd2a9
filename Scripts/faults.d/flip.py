"""One byte flipped in a page of the database file: the host says so or nothing comes of it, but it serves nothing that is wrong."""

import collections
import random
import subprocess
import time

from trivsel import BINARY, TOP


def check(base, count=60):
    random.seed(7)
    site = base.copy("flip")
    whole = site.database.path.read_bytes()
    cases = [row[0] for row in site.database.rows("SELECT uid FROM deviations_case ORDER BY id LIMIT 60")]
    with site.serving():
        right = answers(site, cases)
    outcomes, wrong = collections.Counter(), []
    for _ in range(count):
        place = random.randrange(len(whole))
        for rest in site.data.glob("trivsel.sqlite*"):
            rest.unlink()
        site.database.path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << random.randrange(8)]) + whole[place + 1:])
        outcome = look(site, cases, right)
        outcomes[outcome] += 1
        wrong += [place] * (outcome == "served wrong")
    problems = [f"served wrong after a flip at {wrong[:5]}"] * bool(wrong)
    problems += ["no flip was noticed"] * (not outcomes["noticed"] + outcomes["start refused"])
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
        host.wait(60)
    changed = [now for was, now in zip(right, found) if was != now]
    if not changed:
        return "without effect"
    return "served wrong" if any(status == 200 for status, _ in changed) else "noticed"


def answers(site, cases):
    paths = ["/api/v1/deviations?limit=50", *(f"/api/v1/deviations/{case}" for case in cases)]
    return [site.get(path, "ingrid")[:2] for path in paths]
