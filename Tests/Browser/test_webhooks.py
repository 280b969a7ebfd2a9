"""Webhooks from outside: host, worker and receiver are processes of their own; PyPI's `standardwebhooks` judges the signatures."""

import datetime
import http.server
import json
import os
import random
import ssl
import subprocess
import sys
import threading

import pytest
import requests
from standardwebhooks import Webhook, WebhookVerificationError

from checks import open_everything, overflow, page_faults, violations
from installation import Installation
from machine import free_ports, until
from mail_server import make_certificate


class Receiver(http.server.ThreadingHTTPServer):
    """Takes what comes over TLS, and answers as `answers` says, one after the other; then 200."""

    daemon_threads = True

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Handler)
        self.certificate, key = folder / "receiver.pem", folder / "receiver-key.pem"
        make_certificate(self.certificate, key)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.lock, self.taken, self.answers, self.held = threading.Lock(), [], [], threading.Event()
        self.held.set()
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"https://127.0.0.1:{self.server_port}/hook"

    def bodies(self, kind):
        with self.lock:
            return [(headers, body) for headers, body in self.taken if json.loads(body)["type"] == kind]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.taken.append((dict(self.headers), body.decode()))
            status = self.server.answers.pop(0) if self.server.answers else 200
        self.server.held.wait()
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("webhooks")
    receiver = Receiver(folder)
    installation = Installation(
        folder / "host", has_mail_server=False, TRIVSEL_WEBHOOKS_ALLOWED_NETWORKS="127.0.0.0/8",
        TRIVSEL_WEBHOOKS_CA_FILE=str(receiver.certificate))
    with installation:
        installation.receiver = receiver
        installation.begin("work", "webhooks", output="webhooks")
        yield installation
    receiver.shutdown()


def ask(site, method, path, **body):
    headers = {"Authorization": f"Bearer {site.token('anders')}"}
    if method == "PUT":
        headers["If-Match"] = ask(site, "GET", path).headers["ETag"]
    answer = requests.request(method, f"{site.url}/api/v1/webhooks{path}", headers=headers, json=body or None, timeout=10)
    assert answer.ok, answer.text
    return answer


@pytest.fixture
def hook(site):
    made = ask(site, "POST", "", label="A receiver", address=site.receiver.url, topics=["deviations.*"]).json()
    yield made
    ask(site, "DELETE", f"/{made['id']}")


def test_every_event_arrives_signed_and_an_example_and_a_library_take_it(site, hook):
    ask(site, "POST", f"/{hook['id']}/test")
    until(lambda: site.receiver.bodies("webhooks.tested.v1"), "the test event")
    headers, body = site.receiver.bodies("webhooks.tested.v1")[-1]
    assert json.loads(body)["data"] == {"hook": hook["id"]} and headers["webhook-id"] == json.loads(body)["id"]
    assert headers["Content-Type"] == "application/cloudevents+json"
    assert Webhook(hook["secret"]).verify(body, headers)["id"] == headers["webhook-id"]
    deliveries = ask(site, "GET", f"/{hook['id']}/deliveries").json()["items"]
    until(lambda: ask(site, "GET", f"/{hook['id']}/deliveries").json()["items"][0]["answer"] == "http-200", str(deliveries))


def test_no_false_signature_is_taken(site, hook, tmp_path):
    """1,000 of them: flipped, late, early, of another id, body or key; by the library and by our example."""
    ask(site, "POST", f"/{hook['id']}/test")
    until(lambda: any(hook["id"] in body for _, body in site.receiver.bodies("webhooks.tested.v1")), "the test event")
    headers, body = next(pair for pair in site.receiver.bodies("webhooks.tested.v1") if hook["id"] in pair[1])
    (port,) = free_ports(1)
    example = subprocess.Popen(
        [sys.executable, "Scripts/examples/webhook.py", str(port)], env=os.environ | {"TRIVSEL_WEBHOOK_SECRET": hook["secret"]},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = f"http://127.0.0.1:{port}/"

    def post(headers, body):
        try:
            return requests.post(url, headers=headers, data=body.encode(), timeout=10).status_code
        except requests.ConnectionError:
            return None

    try:
        until(lambda: post(headers, body), "the example listens")
        assert post(headers, body) == 204 and post(headers, body) == 204
        assert example.stdout.readline() == body + "\n"
        chance, judge, taken = random.Random(7), Webhook(hook["secret"]), 0
        for number in range(1000):
            false, text = spoilt(headers, body, chance, number, judge)
            try:
                judge.verify(text, false)
                taken += 1
            except (WebhookVerificationError, ValueError):
                pass
            taken += number % 10 == 0 and post(false, text) != 401
        assert taken == 0
    finally:
        example.terminate()
    # It printed the event once, however often it came.
    assert example.communicate()[0] == ""


def spoilt(headers, body, chance, number, own):
    headers = {name: headers[name] for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
    seconds, signature = int(headers["webhook-timestamp"]), headers["webhook-signature"]
    match number % 6:
        case 0:
            place = chance.randrange(3, len(signature) - 2)
            other = chance.choice([one for one in "ABCabc0189" if one != signature[place]])
            headers["webhook-signature"] = signature[:place] + other + signature[place + 1:]
        case 1:
            headers["webhook-timestamp"] = str(seconds + chance.choice([-1, 1]) * chance.randint(1, 10_000))
        case 2:
            place = chance.randrange(len(body))
            body = body[:place] + chr(ord(body[place]) ^ 1) + body[place + 1:]
        case 3:
            headers["webhook-id"] += chance.choice("abc")
        case 4:
            other = Webhook("whsec_" + "QUJD" * 8)
            headers["webhook-signature"] = other.sign(headers["webhook-id"], moment(seconds), body)
        case 5:
            # Rightly signed, and too old or too new.
            late = seconds + chance.choice([-1, 1]) * chance.randint(400, 100_000)
            headers |= {"webhook-timestamp": str(late), "webhook-signature": own.sign(headers["webhook-id"], moment(late), body)}
    return headers, body


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.timezone.utc)


def test_what_failed_comes_again_with_the_same_id_and_a_fresh_time(site, hook):
    site.receiver.answers[:] = [500]
    ask(site, "POST", f"/{hook['id']}/test")
    own = lambda: [pair for pair in site.receiver.bodies("webhooks.tested.v1") if hook["id"] in pair[1]]
    until(lambda: len(own()) == 2, "the second attempt", seconds=40)
    (first, body), (second, again) = own()
    assert first["webhook-id"] == second["webhook-id"] and body == again
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) >= 10
    Webhook(hook["secret"]).verify(again, second)


def test_a_killed_worker_repeats_under_the_same_id(site, hook):
    site.receiver.held.clear()
    ask(site, "POST", f"/{hook['id']}/test")
    own = lambda: [pair for pair in site.receiver.bodies("webhooks.tested.v1") if hook["id"] in pair[1]]
    until(own, "the receiver has it")
    name, worker = next(pair for pair in site.processes if pair[0] == "webhooks")
    site.processes.remove((name, worker))
    worker.kill()
    worker.wait()
    site.receiver.held.set()
    site.begin("work", "webhooks", output="webhooks")
    until(lambda: len(own()) == 2, "the lease runs out, and the next worker sends it", seconds=60)
    assert own()[0][0]["webhook-id"] == own()[1][0]["webhook-id"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_pages_are_accessible_and_fit(site, hook, chromium, language):
    site.receiver.answers[:] = [500]
    ask(site, "POST", f"/{hook['id']}/test")
    until(lambda: ask(site, "GET", f"/{hook['id']}").json()["failures"] == 1, "a failure")
    chromium.url = site.url
    chromium.scripts(on=True)
    chromium.device()
    chromium.forget()
    chromium.sign_in("anders", language)
    pages = {"list": "/admin/webhooks", "one": f"/admin/webhooks/{hook['id']}", "new": "/admin/webhooks/new"}
    for name, path in pages.items():
        chromium.open(path)
        check(chromium, name, language)
    chromium.press("main form .button")
    assert len(chromium.all(".summary li")) == 3
    check(chromium, "wrong", language)
    chromium.open(pages["one"])
    button = chromium.find("button[value=secret]")
    chromium.unfold(button)
    chromium.leave(button.click)
    assert chromium.find("pre").text.startswith("whsec_")
    check(chromium, "secret", language)


def check(chromium, name, language):
    open_everything(chromium)
    for width, theme in [(1280, "light"), (390, "light"), (320, "light"), (320, "dark")]:
        chromium.device(width, theme)
        faults = [fault for fault in page_faults(chromium) if fault != "answered 422"]
        assert (faults, violations(chromium), overflow(chromium)) == ([], [], []), f"{name} {width} {theme}"
        chromium.shot(f"webhooks-{name}-{width}-{theme}-{language}")
    chromium.device()


def test_an_inside_address_is_refused_where_it_is_typed(site):
    for address in ("https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://0x7f000001/", "https://[64:ff9b::a00:1]/"):
        answer = requests.post(
            f"{site.url}/api/v1/webhooks", headers={"Authorization": f"Bearer {site.token('anders')}"}, timeout=10,
            json={"label": "x", "address": address, "topics": ["*"]})
        assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["address"]), address
