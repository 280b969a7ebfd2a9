"""An SMTP server that keeps the Message-ID of each mail it takes."""

import collections
import threading

from aiosmtpd.controller import Controller

from machine import free_ports


class Sink:
    def __init__(self):
        self.lock, self.copies = threading.Lock(), collections.Counter()
        (port,) = free_ports(1)
        self.url = f"smtp://127.0.0.1:{port}"
        self.controller = Controller(self, hostname="127.0.0.1", port=port)
        self.controller.start()

    async def handle_DATA(self, server, session, envelope):
        head = envelope.original_content.split(b"\r\n\r\n", 1)[0].decode()
        (name,) = [line.split(": ", 1)[1] for line in head.split("\r\n") if line.startswith("Message-ID: ")]
        with self.lock:
            self.copies[name] += 1
        return "250 OK"

    def count(self):
        with self.lock:
            return self.copies.total()

    def stop(self):
        self.controller.stop()
