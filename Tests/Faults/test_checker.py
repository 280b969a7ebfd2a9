"""The checker on facts made by hand: each kind of fault is counted once, and nothing else is."""

import dataclasses

import pytest

from checker import ZERO, Facts, judge

GOOD = Facts(
    attempted={"k1", "k2", "k3"}, acknowledged={"k1": "received:a", "k2": "received:b"}, state={"received:a", "received:b"},
    keys={"received:a": "k1", "received:b": "k2"}, log=[("e1", "received:a"), ("e2", "received:b")],
    effects=[("e1", "received:a"), ("e2", "received:b")],
    jobs=[("e1", 0, "done", 1, "<m1>", None), ("e2", 1, "done", 2, "<m2>", "the lease ran out")],
    mails={"<m1>": 1, "<m2>": 2}, got=["e1", "e1", "e2"],
    relayed=[("e1", "received:a"), ("e2", "received:b")], shared=[("e2", "received:b"), ("e1", "received:a")],
    # (event, subject, position, term, committed): the first is handed again after its member died.
    handed=[("e1", "a", 1, 1, 0), ("e1", "a", 1, 2, 0), ("e2", "b", 2, 2, 1)],
    hooks={"h": ("0", "received")}, types={"e1": "received", "e2": "received"},
    sent=[("h", "e1", "done", 2), ("h", "e2", "done", 1)], came=[("0", "e1"), ("0", "e1"), ("0", "e2")])
# The same, and a case that was re-registered before anybody was told that it had come.
GONE = [("e3", "received:c"), ("e4", "rejected:c")]
LEFT = dataclasses.replace(
    GOOD, attempted=GOOD.attempted | {"k4"}, acknowledged=GOOD.acknowledged | {"k3": "received:c", "k4": "rejected:c"},
    state=GOOD.state | {"received:c", "rejected:c"}, keys=GOOD.keys | {"received:c": "k3", "rejected:c": "k4"},
    log=[*GOOD.log, *GONE], effects=[*GOOD.effects, *GONE], relayed=[*GOOD.relayed, *GONE], shared=[*GOOD.shared, *GONE],
    handed=[*GOOD.handed, ("e3", "c", 3, 2, 2), ("e4", "c", 4, 2, 2)], types=GOOD.types | {"e3": "received", "e4": "rejected"},
    sent=[*GOOD.sent, ("h", "e3", "done", 1)], came=[*GOOD.came, ("0", "e3")],
    jobs=[*GOOD.jobs, ("e3", 0, "dropped", 1, None, "no longer wanted")], leaving={"c": "k4"}, left={"c"}, vault=1)


def zeros(facts=GOOD, **changes):
    figures, _ = judge(dataclasses.replace(facts, **changes))
    return {name: figures[name] for name in [*ZERO, "left in queue"] if figures.get(name)}


def test_a_good_run_has_only_zeros_and_its_repeats_are_counted():
    figures, examples = judge(GOOD)
    assert zeros() == {} and examples == {}
    assert figures["repeats of events"] == 1 and figures["repeats of required mails"] == 1
    assert figures["repeats to shared readers"] == 1 and figures["repeats of webhooks"] == 1


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"acknowledged": GOOD.acknowledged | {"k3": "received:c"}}, {"LOST": 1}),
        ({"attempted": {"k2", "k3"}, "acknowledged": {}}, {"PHANTOM": 1}),
        ({"acknowledged": {}, "effects": GOOD.effects[:1]}, {"STATE WITHOUT EVENT": 1}),
        ({"acknowledged": {}, "state": {"received:a"}}, {"EVENT WITHOUT STATE": 1}),
        ({"effects": [*GOOD.effects, ("e2", "received:b")]}, {"DOUBLE": 1}),
        ({"effects": GOOD.effects[::-1]}, {"OUT OF ORDER": 1}),
        ({"relayed": GOOD.relayed[:1]}, {"LOST": 1}),
        ({"relayed": GOOD.relayed[::-1]}, {"OUT OF ORDER": 1}),
        ({"relayed": [*GOOD.relayed, ("e2", "received:b")]}, {"DOUBLE": 1}),
        ({"shared": GOOD.shared[:1]}, {"LOST": 1}),
        ({"shared": [*GOOD.shared, ("e3", "received:c")]}, {"PHANTOM": 1}),
        ({"handed": [*GOOD.handed, ("e2", "b", 2, 2, 1)]}, {"DOUBLE": 1}),
        ({"handed": [*GOOD.handed, ("e2", "b", 2, 3, 2)]}, {"DOUBLE": 1}),
        ({"handed": [("e2", "a", 2, 1, 0), ("e1", "a", 1, 1, 0)]}, {"OUT OF ORDER": 1}),
        ({"came": GOOD.came[:2]}, {"LOST": 1}),
        ({"came": [*GOOD.came, ("0", "e2")]}, {"DOUBLE": 1}),
        ({"came": [*GOOD.came, ("0", "e3")]}, {"PHANTOM": 1}),
        ({"came": GOOD.came[::-1]}, {"OUT OF ORDER": 1}),
        ({"sent": GOOD.sent[1:], "came": GOOD.came[2:]}, {"LOST": 1}),
        ({"sent": [GOOD.sent[0], ("h", "e2", "waiting", 1)]}, {"left in queue": 1}),
        ({"keys": {"received:a": "k1", "received:b": "k1"}, "acknowledged": {}}, {"DOUBLE": 1}),
        ({"mails": {"<m1>": 2, "<m2>": 1}}, {"DOUBLE": 1}),
        ({"mails": {"<m1>": 1, "<m2>": 3}}, {"DOUBLE": 1}),
        ({"mails": {"<m2>": 1}}, {"LOST": 1}),
        ({"mails": GOOD.mails | {"<m3>": 1}}, {"PHANTOM": 1}),
        ({"jobs": GOOD.jobs[:1], "mails": {"<m1>": 1}}, {"LOST": 1}),
        ({"jobs": [("e1", 0, "waiting", 0, None, None), GOOD.jobs[1]], "mails": {"<m2>": 1}}, {"left in queue": 1}),
    ],
)
def test_each_fault_is_counted_once(changes, found):
    assert zeros(**changes) == found


def test_a_case_that_has_left_is_one_case_of_the_vault_and_nothing_else():
    assert zeros(LEFT) == {} and judge(LEFT)[0]["re-registered"] == 1
    # Not acknowledged, it may as well have left.
    assert zeros(LEFT, acknowledged=GOOD.acknowledged | {"k3": "received:c"}) == {}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"vault": 0}, {"LOST": 1}),
        ({"vault": 2}, {"DOUBLE": 1}),
        ({"residue": ["vault_handover"]}, {"RESIDUE": 1}),
        ({"leaving": {}}, {"PHANTOM": 1}),
        # Acknowledged, and rejected like any other; its mails are dropped all the same.
        ({"left": set(), "vault": 0}, {"LOST": 2, "left in queue": 1}),
    ],
)
def test_what_becomes_of_a_case_that_leaves_is_counted(changes, found):
    assert zeros(LEFT, **changes) == found
