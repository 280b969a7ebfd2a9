#!/usr/bin/env python3
"""Reads Trivsel's events together with other processes of the same name: each gets a share, and the desk keeps the positions.

    pip install pyzmq
    trivsel keys new totals-1 --topics 'deviations.*' --readers totals > totals-1.json
    ./share.py totals-1.json --name totals --types 'deviations.*'

The log has 64 partitions; all events of a case are in one, so they stay in order however many processes there are. An event comes
again when a process died before its commit: keep the event's id with what it changes, in the same transaction.
"""
import argparse
import json
import time
import uuid

from subscribe import Reader, Refused, run


class Member(Reader):
    """One of the processes that read under `name`."""

    def __init__(self, key, types, name):
        super().__init__(key, types, position=0, epoch=None)
        self.name, self.member = name, str(uuid.uuid4())
        self.held, self.terms, self.renewed = {}, {}, 0.0

    def renew(self):
        """Asked every five seconds; who is silent for fifteen loses its partitions."""
        if self.renewed and time.monotonic() - self.renewed < 5:
            return
        answer = self.ask(op="reader.open", name=self.name, member=self.member, types=self.types)
        self.epoch, self.fence = answer["epoch"], answer["fence"]
        self.held = {part["partition"]: part["position"] for part in answer["partitions"]}
        # Grow each time a partition changes hands: a store can refuse what comes late from one that had it before.
        self.terms = {part["partition"]: part["term"] for part in answer["partitions"]}
        surplus = list(self.held)[answer["share"]:]
        if surplus:  # a new member is to have them
            self.ask(op="reader.release", name=self.name, fence=self.fence, partitions=surplus)
            for partition in surplus:
                del self.held[partition]
        self.renewed = time.monotonic()

    def batches(self, once=False):
        """Yields lists of events; asking for the next commits the one before. `once`: until the log has no more."""
        while True:
            self.renew()
            if not self.held:
                time.sleep(1)
                continue
            answer = self.ask(op="replay", types=self.types, epoch=self.epoch, partitions=list(self.held),
                              **{"from": min(self.held.values()) + 1})
            # Partitions of another member's may stand behind ours: what they bring of ours has been handled.
            fresh = [event for event in answer["events"] if int(event["sequence"]) > self.held[partition_of(event["subject"])]]
            if fresh:
                yield fresh
            if answer["next"] > min(self.held.values()):
                self.commit(answer["next"])
            elif once:
                self.ask(op="reader.release", name=self.name, fence=self.fence)
                return
            elif self.feed.poll(1000):
                while self.feed.poll(0):  # more has come; what, the next replay tells
                    self.feed.recv_multipart()

    def commit(self, position):
        """Everything up to `position` in our partitions is handled; they may have gone to another member meanwhile."""
        try:
            self.ask(op="reader.commit", name=self.name, fence=self.fence, partitions=list(self.held), position=position)
            self.held = {partition: max(before, position) for partition, before in self.held.items()}
        except Refused as refused:
            if refused.code != "lease-lost":
                raise
            self.renewed = 0.0


def partition_of(subject):
    """FNV-1a over the subject's UTF-8 and a closing 0xFF, modulo 64."""
    digest = 0xCBF29CE484222325
    for byte in subject.encode() + b"\xff":
        digest = (digest ^ byte) * 0x100000001B3 % 2**64
    return digest % 64


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("key", help="file with what `trivsel keys new … --readers NAME` printed")
    arguments.add_argument("--name", required=True, help="the name under which the processes read")
    arguments.add_argument("--types", default="*", help="event types, comma-separated; the same for all, for ever")
    arguments.add_argument("--once", action="store_true", help="stop when all that the log holds has been read")
    options = arguments.parse_args()
    with open(options.key) as file:
        key = json.load(file)
    for batch in Member(key, options.types.split(","), options.name).batches(options.once):
        for event in batch:
            print(json.dumps(event, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    run(main)
