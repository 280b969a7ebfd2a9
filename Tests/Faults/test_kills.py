"""The short form of Scripts/faults: some hundred kills on each engine, and the three planted faults."""

import pytest

from run import PLANTED, Run


def test_nothing_is_lost_or_done_twice_whatever_is_killed(base):
    run = Run(base.copy("main"), 4)
    figures, problems, examples = run.carry_out()
    print(figures)
    assert (problems, examples) == ([], {})
    assert figures["kills"] >= 50 and figures["acknowledged"] > 100


@pytest.mark.parametrize("fault", PLANTED)
def test_the_checker_finds(base, fault):
    figures, _, _ = Run(base.copy(fault), 8, fault).carry_out()
    assert figures[PLANTED[fault][1]] > 0
