"""Runs an installation in a network of its own and prints whom it sent packets to, as JSON: `unshare --net outbound.py FOLDER default|configured`.

One line leads out of that network, and nobody is at its other end.
"""

import json
import pathlib
import socket
import subprocess
import sys

import requests

from installation import Installation
from machine import until
from report import call, reported

PROVIDER, MAIL, SCANNER, HOOK = "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"
CONFIGURED = dict(
    TRIVSEL_SIGN_IN_PROVIDERS="out", TRIVSEL_SIGN_IN_OUT_CLIENT_ID="trivsel", TRIVSEL_SIGN_IN_OUT_ISSUER=f"https://{PROVIDER}",
    TRIVSEL_MAIL_SMTP_URL=f"smtp+starttls://{MAIL}:587", TRIVSEL_ATTACHMENTS_CLAMD=f"tcp://{SCANNER}:3310",
    TRIVSEL_WEBHOOKS_ALLOWED_NETWORKS=f"{HOOK}/32")
TCP, UDP, ICMPV6, OUTGOING = 6, 17, 58, 4


class Line:
    """The line out, and the packets that left by it."""

    def __init__(self):
        for command in (
                "link set lo up", "link add out type veth peer name far", "address add 198.51.100.2/24 dev out", "link set out up", "link set far up",
                "neighbour add 198.51.100.1 lladdr 02:00:00:00:00:01 dev out", "route add default via 198.51.100.1 dev out",
                "-6 address add 2001:db8::2/64 dev out nodad", "-6 neighbour add 2001:db8::1 lladdr 02:00:00:00:00:01 dev out",
                "-6 route add default via 2001:db8::1 dev out"):
            subprocess.run(["ip", *command.split()], check=True)
        self.packets = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0003))
        self.packets.bind(("out", 0))
        self.packets.setblocking(False)
        self.reached = set()

    def seen(self):
        """The addresses with their ports, so far; what the system tells its neighbours of itself does not count."""
        while True:
            try:
                packet, (_, _, way, *_) = self.packets.recvfrom(65536)
            except BlockingIOError:
                return self.reached
            if way != OUTGOING:
                continue
            if packet[0] >> 4 == 4:
                kind, to, rest = packet[9], socket.inet_ntop(socket.AF_INET, packet[16:20]), packet[(packet[0] & 15) * 4:]
            else:
                kind, to, rest = packet[6], socket.inet_ntop(socket.AF_INET6, packet[24:40]), packet[40:]
            if kind in (TCP, UDP):
                self.reached.add(f"{to}:{int.from_bytes(rest[2:4])}")
            elif not to.startswith("ff02::") and kind != ICMPV6:
                self.reached.add(f"{to} by {kind}")


def use(trivsel):
    """What people do in a day: pages, a report with a file, a whistleblow, and mails that follow."""
    for path in ("/", "/help", "/sign-in", "/admin/modules", "/whistleblowing", "/metrics", "/health/ready", "/api/v1/openapi.json"):
        requests.get(trivsel.url + path, timeout=20)
    case, _ = reported(trivsel, "kari", "Avtrekket surkler")
    requests.post(
        f"{trivsel.url}/api/v1/deviations/{case}/files", data=b"text", timeout=20, headers={
            "Authorization": f"Bearer {trivsel.token('kari')}", "Content-Type": "application/octet-stream",
            "Content-Disposition": 'attachment; filename="a.txt"'})
    requests.post(f"{trivsel.url}/whistleblowing", timeout=20, data=dict(
        step="check", go="send", seed="0f8fad5b-d9cb-469f-a165-70867728950e", category="harassment", campus="trondheim", title="a", description="b",
        **{"as": "anonymous"}))


def main(folder, way):
    line = Line()
    with Installation(folder, has_mail_server=False, **(CONFIGURED if way == "configured" else {})) as trivsel:
        trivsel.begin("work", "webhooks", output="webhooks")
        if way == "configured":
            call(trivsel, "anders", "webhooks", dict(label="A receiver", address=f"https://{HOOK}/hook", topics=["deviations.*"]))
        use(trivsel)
        if way == "default":
            until(lambda: list(trivsel.data.glob("mail/*.eml")), "a mail is written")
        else:
            requests.get(f"{trivsel.url}/sign-in/out", headers={"Sec-Fetch-Site": "same-origin"}, timeout=20)
            until(lambda: {f"{MAIL}:587", f"{HOOK}:443"} <= line.seen(), f"mails and webhooks are tried: {line.reached}")
        until(lambda: "webhooks worker" in trivsel.log("webhooks"), "the worker runs")
    print(json.dumps(sorted(line.seen())))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
