"""All faults that are no kills, or the one that is named: each prints its figure, and fails when it was not provoked."""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "Tests/Browser"))
import clock
import disk_full
import failover
import flip
import locked
import partition
import poison
import stalled
import storm
import sync
from trivsel import Trivsel

ON_SQLITE = {
    "sync": sync.check, "disk-full": disk_full.check, "locked": locked.check, "flip": flip.check, "partition": partition.check,
    "stalled": stalled.check,
}
# With servers of their own, which are killed or damaged.
ON_POSTGRES = {"flip": flip.check_postgres, "failover": failover.check}
ON_BOTH = {"clock": clock.check, "poison": poison.check, "storm": storm.check, "migration": storm.check_migration}
FOR_ROOT = {"disk-full", "partition"}


def is_root():
    """Root, and not one that is shut in a container: it may mount, and lay networks."""
    return os.geteuid() == 0 and subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True).returncode == 0


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("name", choices=["all", *ON_SQLITE, *ON_BOTH, *ON_POSTGRES])
    arguments.add_argument("--postgres", required=True, help="the address of a server")
    arguments.add_argument("--without-root", action="store_true", help="leave out what only root can do")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bases = [Trivsel(pathlib.Path(folder) / "sqlite" / "base").prepare(),
                 Trivsel(pathlib.Path(folder) / "postgres" / "base", options.postgres, "others-base").prepare()]
        wrong = [name for name, check, base in chosen(options.name, *bases) if not passes(name, check, base, options.without_root)]
    sys.exit(f"failed: {', '.join(wrong)}" if wrong else 0)


def chosen(wanted, sqlite, postgres):
    for name, check in {**ON_SQLITE, **ON_BOTH}.items():
        if wanted in ("all", name):
            yield name, check, sqlite
            if name in ON_BOTH:
                yield name, check, postgres
    for name, check in ON_POSTGRES.items():
        if wanted in ("all", name):
            yield name, check, postgres


def passes(name, check, base, without_root):
    title = f"{name} ({base.database.engine})"
    if name in FOR_ROOT and not is_root():
        print(f"{title}: {'left out' if without_root else 'NOT PROVOKED'}: only root can do this; --without-root leaves it out")
        return without_root
    began = time.monotonic()
    try:
        problems, figure = check(base)
    except Exception:
        problems, figure = [traceback.format_exc()], "did not end"
    print(f"{title}: {figure} [{time.monotonic() - began:.0f} s]")
    for problem in problems:
        print(f"  WRONG: {problem}")
    sys.stdout.flush()
    return not problems


if __name__ == "__main__":
    main()
