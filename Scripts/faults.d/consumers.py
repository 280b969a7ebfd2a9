"""Those who take events beyond host, mail workers and receiver: members of a shared reader, webhooks workers, a relay with a subscriber."""

import pathlib
import random
import sys

import zmq

import receiver
import shared
from hooks import Hooks
from machine import free_ports
from trivsel import TOP

MEMBERS = ["shared-1", "shared-2", "shared-3"]
SENDERS = ["webhooks-1", "webhooks-2"]


class Consumers:
    def __init__(self, site):
        self.site, self.hooks = site, Hooks()
        self.handed, self.relayed = str(site.folder / "handed.sqlite"), str(site.folder / "relayed.sqlite")
        self.settings = self.hooks.settings

    def begin(self, start):
        """Their databases; what stands in the log up to `start` is not the subscriber's."""
        shared.connect(self.handed).close()
        receiver.connect(self.relayed, start).close()

    def keep(self, supervisor):
        """The hosts are ready."""
        self.hooks.make(self.site)
        folder, python = TOP / "Scripts/faults.d", sys.executable
        for name in SENDERS:
            key = self.site.key(name, "--work", "webhooks")
            supervisor.keep(name, "work", "webhooks", TRIVSEL_WORKER_KEY_FILE=str(key))
        key = self.site.key("shared", "--topics", "deviations.*", "--readers", shared.NAME)
        for name in MEMBERS:
            supervisor.keep(name, python, str(folder / "shared.py"), str(key), self.handed, name)
        key = self.keep_relay(supervisor)
        supervisor.keep("relayed", python, str(folder / "receiver.py"), str(key), self.relayed)

    def keep_relay(self, supervisor):
        """The key file of the subscriber behind it."""
        site, data, (port,) = self.site, self.site.folder / "data-relay", free_ports(1)
        address, (public, secret) = f"tcp://127.0.0.1:{port}", zmq.curve_keypair()
        file = data / "keys/relay.key"
        file.parent.mkdir(parents=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_bytes(secret)
        own = site.key("relay", "--topics", "*")
        key = site.key("relayed", "--topics", "deviations.*", "--relay", address, "--relay-key", public.decode())
        known = site.folder / "relay-keys.json"
        known.write_text(site.run("keys", "export"))
        supervisor.keep(
            "relay", "relay", "--key", str(own), "--keys", str(known), "--bind", address, TRIVSEL_DATA_DIRECTORY=str(data))
        return key

    def mourn(self, name):
        """What a dead process held another gets when its lease has run out. Three times of four time is made to pass."""
        if random.random() < 0.25:
            return
        if name in SENDERS:
            self.site.database.execute(
                f"UPDATE bus_job SET lease_until = changed_at WHERE queue = 'webhooks' AND worker = '{name}' AND lease_until IS NOT NULL")
        elif name in MEMBERS:
            self.site.database.execute(f"UPDATE bus_member SET lease_until = 1 WHERE member LIKE '{name}.%'")
