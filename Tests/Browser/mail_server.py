"""A real SMTP server that wants STARTTLS and a login, and keeps what it is given."""

import datetime
import email
import email.policy
import ipaddress
import ssl
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from machine import free_ports


class MailServer:
    user, password = "trivsel", "hemmelig"

    def __init__(self, folder):
        self.certificate, key = folder / "mail-certificate.pem", folder / "mail-key.pem"
        make_certificate(self.certificate, key)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, key)
        self.lock, self.taken = threading.Lock(), []
        (port,) = free_ports(1)
        self.controller = Controller(
            self, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True, auth_required=True,
            authenticator=self.authenticate)
        self.controller.start()
        self.url = f"smtp://{self.user}:{self.password}@127.0.0.1:{port}"

    def authenticate(self, server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (self.user.encode(), self.password.encode()))

    async def handle_DATA(self, server, session, envelope):
        with self.lock:
            self.taken.append(email.message_from_bytes(envelope.original_content, policy=email.policy.default))
        return "250 OK"

    def mails(self, to):
        """Those to that address, in the order they came."""
        with self.lock:
            return [mail for mail in self.taken if to in mail["To"]]

    def stop(self):
        self.controller.stop()


def everything_in(mail):
    """All that a mail says: its headers, and both its bodies decoded."""
    bodies = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
    return "\n".join([*(str(value) for value in mail.values()), *bodies])


def make_certificate(certificate, private):
    """A certificate for 127.0.0.1 that holds for a day and is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
