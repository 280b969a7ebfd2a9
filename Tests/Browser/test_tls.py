"""A host that ends TLS itself."""

import re
import signal
import socket
import ssl
import subprocess
import warnings

import pytest
import requests

from installation import BINARY, TOP, Installation
from machine import until


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    with Installation(tmp_path_factory.mktemp("tls"), has_mail_server=False, tls=True) as installation:
        until(lambda: "notifications worker" in installation.log("work"), "the worker runs")
        yield installation


def port(own):
    return int(own.url.rsplit(":", 1)[1])


def connect(own, low=None, high=None, ciphers=None):
    """A connection by TLS of these versions and, up to 1.2, these ciphers."""
    context = ssl.create_default_context(cafile=own.certificate)
    if ciphers:
        context.set_ciphers(ciphers)
    with warnings.catch_warnings(action="ignore"):
        context.minimum_version, context.maximum_version = low or context.minimum_version, high or context.maximum_version
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port(own)), timeout=10), server_hostname="127.0.0.1")


def ask(connection, path="/health/live"):
    """The first line of the answer on a connection that stays open."""
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(4096)
    head, _, rest = answer.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", head.lower())[1])
    while len(rest) < length:
        rest += connection.recv(4096)
    return head.split(b"\r\n")[0]


def test_pages_come_by_https_with_cookies_bound_to_it(own):
    visitor = requests.Session()
    # Said each time: a variable of the environment would go before the session's.
    seen = dict(verify=own.verify, timeout=20)
    signed_in = visitor.post(f"{own.url}/sign-in", data={"person": "kari", "back": "/"}, allow_redirects=False, **seen)
    assert signed_in.status_code == 303
    cookie = signed_in.headers["Set-Cookie"]
    assert cookie.startswith("__Host-trivsel=") and cookie.endswith("; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure")
    page = visitor.get(f"{own.url}/", **seen)
    assert page.ok and "Kari Moen Solbakken" in page.text
    assert page.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert f"Trivsel is at {own.url}" in own.log("serve")


def test_nothing_is_answered_without_tls_and_nobody_is_led_on(own):
    with socket.create_connection(("127.0.0.1", port(own)), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        try:
            answer = plain.recv(4096)
        except ConnectionResetError:
            answer = b""
    assert b"HTTP" not in answer


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_tls_1_2_and_1_3_are_spoken(own, version):
    with connect(own, version, version) as connection:
        assert connection.version() == {ssl.TLSVersion.TLSv1_2: "TLSv1.2", ssl.TLSVersion.TLSv1_3: "TLSv1.3"}[version]
        assert ask(connection) == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_older_tls_is_refused(own, version):
    with pytest.raises(ssl.SSLError, match="(?i)protocol.version|unsupported.protocol"):
        connect(own, version, version, "ALL:@SECLEVEL=0")


def test_every_cipher_of_1_2_forgets_its_keys_and_notices_changes(own):
    known = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    known.set_ciphers("ALL:@SECLEVEL=0")
    names = [one["name"] for one in known.get_ciphers() if not one["name"].startswith("TLS_")]
    assert {"ECDHE-ECDSA-AES128-SHA", "AES128-SHA"} < set(names)
    taken = []
    for name in names:
        try:
            with connect(own, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2, f"{name}:@SECLEVEL=0") as connection:
                taken.append(connection.cipher()[0])
        except (ssl.SSLError, ConnectionError):
            pass
    # The certificate's key is of a curve, so those of RSA are not reached.
    assert sorted(taken) == ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"]


def served(own):
    return ssl.get_server_certificate(("127.0.0.1", port(own)), timeout=10).strip()


def test_a_new_certificate_is_taken_over_while_connections_stay_open(own):
    before = own.certificate.read_text().strip()
    assert served(own) == before
    with connect(own) as open_one:
        assert ask(open_one) == b"HTTP/1.1 200 OK"
        own.renew_certificate()
        own.server.send_signal(signal.SIGHUP)
        until(lambda: served(own) == own.certificate.read_text().strip() != before, "the new certificate")
        assert ask(open_one) == b"HTTP/1.1 200 OK"
    good = own.certificate.read_text()
    own.certificate.write_text("no certificate")
    own.server.send_signal(signal.SIGHUP)
    until(lambda: "the certificate was not taken over" in own.log("serve"), "the log")
    assert served(own) == good.strip()
    own.certificate.write_text(good)


@pytest.mark.parametrize("fault", ["no file", "another's key", "a key for all"])
def test_without_a_certificate_and_its_key_it_does_not_start(own, tmp_path, fault):
    other = Installation(tmp_path, has_mail_server=False, tls=True)
    other.renew_certificate()
    if fault == "no file":
        other.certificate.unlink()
    if fault == "another's key":
        other.key.write_text(own.key.read_text())
    if fault == "a key for all":
        other.key.chmod(0o644)
    settings = own.settings | {
        "TRIVSEL_DATA_DIRECTORY": str(tmp_path / "data"), "TRIVSEL_HTTP_PORT": "0", "TRIVSEL_FEED_ENDPOINT": "tcp://127.0.0.1:*",
        "TRIVSEL_DESK_ENDPOINT": "tcp://127.0.0.1:*",
        "TRIVSEL_HTTP_TLS_CERTIFICATE_FILE": str(other.certificate), "TRIVSEL_HTTP_TLS_KEY_FILE": str(other.key)}
    done = subprocess.run([BINARY, "serve"], cwd=TOP, env=settings, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    told = "can be read by others" if fault == "a key for all" else "no certificate with its key"
    assert [line for line in done.stderr.splitlines() if line.startswith("Error: ")] and told in done.stderr
    assert "PRIVATE KEY" not in done.stdout + done.stderr
