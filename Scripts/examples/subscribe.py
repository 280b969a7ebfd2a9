#!/usr/bin/env python3
"""Reads Trivsel's events: live from the feed, and from the log whatever was missed. Prints one CloudEvent (JSON) a line.

    pip install pyzmq
    trivsel keys new statistics --topics 'deviations.*' > key.json
    ./subscribe.py key.json --types 'deviations.*' --state position.json

The key file names each host's feed and desk, comma-separated: all feeds are connected, one desk is asked, and the next when it is silent.

The feed is only a hint that there is more; the log behind the desk is the truth. So a reader keeps the position of the last
event it has handled. An event that is next in line is handled at once; for anything else the reader asks the desk.
"""
import argparse
import json
import os
import struct
import sys
import time

import zmq

HEADER = struct.Struct(">IIQQQQ")  # version, flags, low half of the epoch, position, previous, head
SILENCE = 10_000  # milliseconds; a feed that brings no beacon for so long is out of reach, or does not know the key any more


class Refused(Exception):
    """The desk refuses what was asked."""

    def __init__(self, answer):
        self.code = answer["error"]
        super().__init__(f"the desk refuses: {answer['error']}: {answer['detail']}")


class Reader:
    def __init__(self, key, types, position, epoch):
        self.key, self.types, self.position, self.epoch = key, types, position, epoch
        self.context = zmq.Context()
        self.request = 0
        self.desks = key["desk"].split(",")
        # Subscribe first, catch up then: what is published in between waits in the socket.
        self.feed = self.connect(zmq.SUB, key["feed"], key.get("feedServerKey"))  # a relay has a key of its own
        self.feed.setsockopt(zmq.SUBSCRIBE, b"!head")  # beacons: how far the log has come, four times a second
        for pattern in types:
            self.feed.setsockopt(zmq.SUBSCRIBE, pattern.rstrip("*").encode())
        self.desk = self.connect(zmq.DEALER, self.desks[0])

    def connect(self, kind, addresses, server=None):
        socket = self.context.socket(kind)
        socket.curve_publickey = self.key["publicKey"].encode()
        socket.curve_secretkey = self.key["secretKey"].encode()
        socket.curve_serverkey = (server or self.key["serverKey"]).encode()
        socket.linger = 0
        socket.reconnect_ivl, socket.reconnect_ivl_max = 50, 5000
        socket.heartbeat_ivl, socket.heartbeat_timeout = 2000, 6000  # notices a dead line
        if kind == zmq.SUB:
            socket.rcvhwm = 10000
        else:
            socket.immediate = 1
        for address in addresses.split(","):  # what comes from several hosts is known by its position
            socket.connect(address)
        return socket

    def ask(self, **question):
        """Asks the desk until it answers; after half a second of silence anew, under a new id. Old answers are ignored."""
        silent = 0
        while True:
            self.request += 1
            number = str(self.request).encode()
            try:
                self.desk.send_multipart([number, json.dumps(question).encode()], zmq.NOBLOCK)
            except zmq.Again:
                pass  # not connected yet
            deadline = time.monotonic() + 0.5
            while (left := deadline - time.monotonic()) > 0 and self.desk.poll(left * 1000):
                answered, body = self.desk.recv_multipart()
                if answered != number:
                    continue
                answer = json.loads(body)
                if answer.get("error") == "busy":
                    time.sleep(max(0, deadline - time.monotonic()))
                    break
                if "error" in answer:
                    raise Refused(answer)
                return answer
            silent += 1
            if silent % 10 == 0:
                print(f"no answer from {self.key['desk']}; is the key known there?", file=sys.stderr)
            if silent % (3 if len(self.desks) > 1 else 10) == 0:  # perhaps the connection is of no use any more
                self.desks.append(self.desks.pop(0))
                self.desk.close()
                self.desk = self.connect(zmq.DEALER, self.desks[0])

    def snapshot(self):
        """Yields the things of our types as they stand, and puts us at the position up to which the log is in them."""
        answer = self.ask(op="snapshot", types=self.types)
        offset = 0
        while offset is not None:
            part = self.ask(op="snapshot.part", snapshot=answer["snapshot"], offset=offset)
            for line in part["data"].splitlines():
                yield json.loads(line)
            offset = part.get("next")
        self.position, self.epoch = answer["position"], answer["epoch"]

    def catch_up(self):
        """Yields what the log holds after our position, until we are level with its head."""
        while True:
            question = {"op": "replay", "from": self.position + 1 if self.position else 0, "types": self.types}
            if self.epoch:
                question["epoch"] = self.epoch  # another log (a restored backup) is an error, never skipped silently
            answer = self.ask(**question)
            self.epoch = answer["epoch"]
            for event in answer["events"]:
                self.position = int(event["sequence"])
                yield event
            self.position = answer["next"]  # everything of our types up to here is handled
            if self.position >= answer["head"]:
                return

    def is_next(self, kind, position, previous):
        """Nothing of ours lies before this event: it follows ours directly, or we read one type and its `previous` is handled."""
        return position == self.position + 1 or (self.types == [kind] and previous <= self.position)

    def events(self):
        yield from self.catch_up()
        while True:
            if not self.feed.poll(SILENCE):
                yield from self.catch_up()
                continue
            frames = self.feed.recv_multipart()
            kind = frames[0].decode()
            _, _, epoch, position, previous, head = HEADER.unpack(frames[1])
            if epoch != int(self.epoch[-16:], 16) or head < self.position:
                yield from self.catch_up()  # which ends with the error
            elif kind == "!head":
                if head > self.position:
                    yield from self.catch_up()
            elif position > self.position:
                if self.is_next(kind, position, previous):
                    self.position = position
                    yield json.loads(frames[2])
                else:
                    yield from self.catch_up()  # a gap, or events that are not ours


def run(main):
    """Runs a program until it is told to stop, or refused."""
    try:
        main()
    except KeyboardInterrupt:
        pass
    except Refused as error:
        sys.exit(str(error))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("key", help="file with what `trivsel keys new` printed")
    arguments.add_argument("--types", default="*", help="event types, comma-separated; a * at the end stands for any ending")
    arguments.add_argument("--from", dest="first", type=int, default=0, help="first position wanted; 0: all the log holds")
    arguments.add_argument("--count", type=int, help="stop after so many events")
    arguments.add_argument("--snapshot", action="store_true", help="first the things as they stand, then the events after that")
    arguments.add_argument("--state", help="file that keeps the position from one run to the next")
    options = arguments.parse_args()

    with open(options.key) as file:
        key = json.load(file)
    state = {"position": max(0, options.first - 1), "epoch": None}
    if options.state and os.path.exists(options.state):
        with open(options.state) as file:
            state = json.load(file)

    reader = Reader(key, options.types.split(","), state["position"], state["epoch"])
    if options.count == 0:
        return
    if options.snapshot:
        for item in reader.snapshot():
            print(json.dumps(item, ensure_ascii=False), flush=True)
    for number, event in enumerate(reader.events(), start=1):
        print(json.dumps(event, ensure_ascii=False), flush=True)
        if options.state:  # in a database: the same transaction as what the event changes
            with open(options.state + ".new", "w") as file:
                json.dump({"position": int(event["sequence"]), "epoch": reader.epoch}, file)
            os.replace(options.state + ".new", options.state)
        if number == options.count:
            return


if __name__ == "__main__":
    run(main)
