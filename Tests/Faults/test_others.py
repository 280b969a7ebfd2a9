"""The short forms of the other faults; `Scripts/faults --other` has the long ones, and those that measure."""

import functools
import os

import pytest

import clock
import disk_full
import failover
import locked
import others
import partition
import poison
import storm

CHECKS = {
    "a clock that jumps": clock.check, "a job that its worker dies of": poison.check,
    "a host that dies while it starts": functools.partial(storm.check, count=8, waits=False),
    "a kill at statements of the migrations": functools.partial(storm.check_migration, step=20),
}
SQLITE = {"a lock that another holds": functools.partial(locked.check, seconds=8)}
FOR_ROOT = {"a full disk": disk_full.check, "a network that is cut": functools.partial(partition.check, count=20_000, seconds=8)}
if not os.environ.get("TRIVSEL_TEST_WITHOUT_ROOT"):
    SQLITE |= FOR_ROOT


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
    assert name not in FOR_ROOT or others.is_root(), "only root can do this; Scripts/test --without-root leaves it out"
    problems, figure = SQLITE[name](sqlite_base)
    print(figure)
    assert problems == []
