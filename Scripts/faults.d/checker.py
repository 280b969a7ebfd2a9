"""Judges a run by what was attempted, acknowledged, stored, logged, received and mailed (requirements: trust.md § 5).

An act is `<kind>:<case>`, such as `received:0192…`. The checker knows nothing of how the run went.
"""

import collections
import dataclasses


@dataclasses.dataclass
class Facts:
    attempted: set  # keys
    acknowledged: dict  # key → act
    state: set  # acts that the modules' tables show
    keys: dict  # act → the key it was asked for with
    log: list  # (event id, act), in order
    effects: list  # (event id, act), in the order in which they took effect
    jobs: list  # (event id, required, state, attempts, message id, reason); None when no worker ran
    mails: dict  # message id → copies taken by the mail server
    got: list  # event ids as they came to the receiver, repeats too
    relayed: list = None  # as effects, of the subscriber behind the relay; None, as are the next, when there was none
    shared: list = None  # (event id, act), each effect of the shared reader
    handed: list = None  # (event id, subject, position, term, committed): each time the shared reader was handed an event, in order
    hooks: dict = None  # webhook → (its number at the receiver, the type it wants)
    sent: list = None  # (webhook, event id, state, attempts) of the webhooks' jobs
    came: list = None  # (number, event id) as they came to the webhooks' receiver
    types: dict = None  # event id → type, of the log
    leaving: dict = dataclasses.field(default_factory=dict)  # case → key of its re-registration
    left: set = dataclasses.field(default_factory=set)  # cases of which only number, dates and outcome are there
    vault: int = 0  # cases that the whistleblowing side has got
    residue: list = dataclasses.field(default_factory=list)  # what is there of a case that has left


ZERO = ["LOST", "PHANTOM", "STATE WITHOUT EVENT", "EVENT WITHOUT STATE", "DOUBLE", "OUT OF ORDER", "RESIDUE"]


def judge(facts):
    """The figures, and examples of what is not as it should be."""
    effects = {act for _, act in facts.effects}
    logged = {act for _, act in facts.log}
    found = collections.defaultdict(list)
    found["LOST"] += [act for act in facts.acknowledged.values() if act not in effects or act not in facts.state]
    found["PHANTOM"] += [act for act in effects | facts.state if facts.keys.get(act) not in facts.attempted]
    found["STATE WITHOUT EVENT"] += facts.state - (effects & logged)
    found["EVENT WITHOUT STATE"] += (effects | logged) - facts.state
    found["DOUBLE"] += repeated(event for event, _ in facts.effects)
    found["DOUBLE"] += repeated(act for _, act in facts.log)
    found["DOUBLE"] += repeated(facts.keys[act] for act in facts.state if act in facts.keys)
    found["DOUBLE"] += [key for key, act in facts.acknowledged.items() if facts.keys.get(act, key) != key]
    # Nothing says which case of the vault is which deviation: they can be counted.
    found["LOST"] += ["a case of the vault"] * (len(facts.left) - facts.vault)
    found["DOUBLE"] += ["a case of the vault"] * (facts.vault - len(facts.left))
    found["LOST"] += [f"re-registration of {case}" for case, key in facts.leaving.items()
                      if key in facts.acknowledged and case not in facts.left]
    found["PHANTOM"] += facts.left - set(facts.leaving)
    found["RESIDUE"] += facts.residue
    places = {event: place for place, (event, _) in enumerate(facts.log)}
    order = [places[event] for event, _ in facts.effects if event in places]
    found["OUT OF ORDER"] += [after for before, after in zip(order, order[1:]) if after < before]
    figures = {
        "attempted": len(facts.attempted), "acknowledged": len(facts.acknowledged),
        "applied but not acknowledged": len(facts.state - set(facts.acknowledged.values())),
        "re-registered": len(facts.left), "repeats of events": len(facts.got) - len(set(facts.got)),
    }
    if facts.jobs is not None:
        figures |= judge_mails(facts, found)
    if facts.relayed is not None:
        judge_reader("relayed", facts.relayed, facts.log, found)
        order = [places[event] for event, _ in facts.relayed if event in places]
        found["OUT OF ORDER"] += [after for before, after in zip(order, order[1:]) if after < before]
    if facts.shared is not None:
        judge_reader("shared", facts.shared, facts.log, found)
        figures |= judge_handed(facts, found)
    if facts.came is not None:
        figures |= judge_webhooks(facts, found, figures.get("left in queue", 0))
    return {name: len(found[name]) for name in ZERO} | figures, {name: list(found[name])[:3] for name in ZERO if found[name]}


def judge_mails(facts, found):
    """A mail that the law requires may come again, as often as its job was taken anew; any other at most once.

    One that may have been sent or not waits for an operator, unless the law requires it (design: events.md, “Guarantees”).
    """
    repeats = parked = left = gone = 0
    cases = {event: act.split(":")[1] for event, act in facts.log}
    for event, required, state, attempts, message, reason in facts.jobs:
        copies = facts.mails.get(message, 0) if message else 0
        if state == "done":
            found["LOST"] += [f"mail of {event}"] * (copies == 0)
        elif state == "dropped" and reason == "no longer wanted" and cases.get(event) in facts.left:
            gone += 1
        elif state == "parked" and reason == "ambiguous" and not required:
            parked += 1
        else:
            left += 1
        repeats += max(0, copies - 1)
        allowed = attempts if required else 1
        found["DOUBLE"] += [f"mail of {event}: {copies} in {attempts} attempts"] * (copies > allowed)
    told = {event for event, *_ in facts.jobs}
    found["LOST"] += [f"notice of {event}" for event, act in facts.log
                      if event not in told and cases[event] not in facts.left]
    known = {message for *_, message, _ in facts.jobs}
    found["PHANTOM"] += [message for message in facts.mails if message not in known]
    return {
        "mails": sum(facts.mails.values()), "repeats of required mails": repeats, "mails for an operator": parked,
        "mails of cases that have left": gone, "left in queue": left}


def judge_reader(name, effects, log, found):
    had, there = {event for event, _ in effects}, {event for event, _ in log}
    found["LOST"] += [f"{name}: {act}" for event, act in log if event not in had]
    found["PHANTOM"] += [f"{name}: {act}" for event, act in effects if event not in there]
    found["DOUBLE"] += [f"{name}: {event}" for event in repeated(event for event, _ in effects)]


def judge_handed(facts, found):
    """An event comes again only when its partition changed hands and nobody knows whether it was handled: not after its commit.

    Those of a subject come in order: a first one never after a later one.
    """
    terms, farthest, repeats = {}, {}, 0
    for event, subject, position, term, committed in facts.handed:
        if event in terms:
            repeats += 1
            found["DOUBLE"] += [f"shared: {event} again in term {term}"] * (term <= terms[event] or position <= committed)
        else:
            found["OUT OF ORDER"] += [f"shared: {event}"] * (position < farthest.get(subject, 0))
        terms[event], farthest[subject] = term, max(position, farthest.get(subject, 0))
    return {"repeats to shared readers": repeats}


def judge_webhooks(facts, found, left):
    """Each webhook gets the events it wants in the log's order; one comes again as often as its job was taken anew."""
    copies = collections.Counter(facts.came)
    jobs = {(facts.hooks[hook][0], event): (state, attempts) for hook, event, state, attempts in facts.sent}
    wanted = [(number, event) for event, _ in facts.log for number, kind in facts.hooks.values() if facts.types[event] == kind]
    found["LOST"] += [f"webhook {number}: {event}" for number, event in wanted if (number, event) not in jobs]
    found["PHANTOM"] += [f"webhook {number}: {event}" for number, event in copies if (number, event) not in jobs]
    parked = 0
    for (number, event), (state, attempts) in jobs.items():
        count = copies[number, event]
        found["LOST"] += [f"webhook {number}: {event}"] * (state == "done" and not count)
        found["DOUBLE"] += [f"webhook {number}: {event}: {count} in {attempts} attempts"] * (count > attempts)
        parked += state == "parked" and attempts >= 5
        left += state != "done" and not (state == "parked" and attempts >= 5)
    places, last = {event: place for place, (event, _) in enumerate(facts.log)}, {}
    for number, event in dict.fromkeys(pair for pair in facts.came if pair[1] in places):
        found["OUT OF ORDER"] += [f"webhook {number}: {event}"] * (places[event] < last.get(number, 0))
        last[number] = places[event]
    return {
        "webhooks": copies.total(), "repeats of webhooks": copies.total() - len(copies), "webhooks for an operator": parked,
        "left in queue": left}


def repeated(things):
    return [thing for thing, count in collections.Counter(things).items() if count > 1 for _ in range(count - 1)]
