"""What the host says to a provider that speaks an old TLS only."""

import socket
import ssl
import threading
import warnings

import pytest
import requests

from installation import Installation
from machine import until
from mail_server import make_certificate


class Listener:
    """Speaks TLS of one version, with a certificate that nobody vouches for; `failures` are why handshakes failed."""

    def __init__(self, folder, version):
        make_certificate(folder / "certificate.pem", folder / "key.pem")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore"):
            self.context.minimum_version = self.context.maximum_version = version
        self.context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.failures = self.socket.getsockname()[1], []
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def listen(self):
        while True:
            try:
                plain, _ = self.socket.accept()
            except OSError:
                return
            plain.settimeout(10)
            try:
                self.context.wrap_socket(plain, server_side=True).close()
                self.failures.append("none")
            except OSError as error:
                self.failures.append(getattr(error, "reason", None) or str(error))
                plain.close()

    def stop(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(timeout=30)


# The second shows that the first fails for its version: there one comes as far as to the certificate.
@pytest.mark.parametrize("version, reason", [
    (ssl.TLSVersion.TLSv1_1, "UNSUPPORTED_PROTOCOL"), (ssl.TLSVersion.TLSv1_2, "UNKNOWN_CA")])
def test_a_provider_is_asked_by_tls_1_2_or_newer(tmp_path, version, reason):
    listener = Listener(tmp_path, version)
    try:
        with Installation(
                tmp_path, has_mail_server=False, TRIVSEL_SIGN_IN_PROVIDERS="old", TRIVSEL_SIGN_IN_OLD_CLIENT_ID="trivsel",
                TRIVSEL_SIGN_IN_OLD_ISSUER=f"https://127.0.0.1:{listener.port}") as own:
            answer = requests.get(f"{own.url}/sign-in/old", headers={"Sec-Fetch-Site": "same-origin"}, timeout=20)
            assert answer.status_code == 503
            until(lambda: "notifications worker" in own.log("work"), "the worker runs: before that it cannot be told to stop")
    finally:
        listener.stop()
    assert listener.failures and all(reason in failure for failure in listener.failures), listener.failures
