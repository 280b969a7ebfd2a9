"""The short forms of the other faults; `Scripts/faults --other` has the long ones, and those that measure."""

import functools
import os
import subprocess

import pytest

import clock
import disk_full
import failover
import locked
import partition
import poison
import storm

CHECKS = {
    "a clock that jumps": clock.check, "a job that its worker dies of": poison.check,
    "a host that dies while it starts": functools.partial(storm.check, count=8),
    "a kill at statements of the migrations": functools.partial(storm.check_migration, step=20),
}
SQLITE = {"a lock that another holds": functools.partial(locked.check, seconds=8)}
# Mounting and networks are for root alone, and for no root that is shut in a container.
if os.geteuid() == 0 and subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True).returncode == 0:
    SQLITE |= {"a full disk": disk_full.check, "a network that is cut": functools.partial(partition.check, count=20_000)}


@pytest.mark.parametrize("name", CHECKS)
def test_endures(base, name):
    problems, figure = CHECKS[name](base)
    print(figure)
    assert problems == []


def test_endures_a_primary_that_dies():
    problems, figure = failover.check(None, acts=60)
    print(figure)
    assert problems == []


@pytest.mark.parametrize("name", SQLITE)
def test_endures_on_sqlite(sqlite_base, name):
    problems, figure = SQLITE[name](sqlite_base)
    print(figure)
    assert problems == []
