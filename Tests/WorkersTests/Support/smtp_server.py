"""A real SMTP server (aiosmtpd) for one test. Ends when its standard input does.

Arguments: plain | starttls | tls, a folder for its certificate, a port (0: the system's choice). With TLS a login is required: trivsel / hemmelig æøå.
The recipient's local part says what it answers: temporary, permanent, final (refused after the data), silent (takes the mail
and closes without an answer), slow (says so, and answers once it reads a line); anything else is taken.

Writes one JSON line when ready ({"port", "ca"}), then one a mail it took, as Python's own email package reads it.
"""

import asyncio, base64, datetime, email, email.policy, ipaddress, itertools, json, logging, ssl, sys, warnings

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# What a client does wrong on purpose is the test's to judge.
warnings.simplefilter("ignore")
logging.disable()
mode, folder, port = sys.argv[1:]
connections = itertools.count(1)
released = asyncio.Semaphore(0)


def say(**line):
    print(json.dumps(line), flush=True)


class Answers:
    async def handle_RCPT(self, server, session, envelope, address, options):
        replies = {"temporary": "451 4.7.1 try later", "permanent": "550 5.1.1 no such user"}
        reply = replies.get(address.split("@")[0], "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].split("@")[0]
        if local == "final":
            return "554 5.7.1 refused"
        if local == "slow":
            say(holds=True)
            await released.acquire()
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say(
            connection=server.number,
            **{"from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": message["Subject"]},
            raw=base64.b64encode(envelope.original_content).decode(),
            headers=[[name, str(value)] for name, value in message.items()],
            parts=[part.get_content_type() for part in message.iter_parts()],
            text=message.get_body(("plain",)).get_content().replace("\r\n", "\n"),
            html=message.get_body(("html",)).get_content().replace("\r\n", "\n"),
            defects=[str(defect) for part in message.walk() for defect in part.defects],
        )
        if local == "silent":
            server.transport.abort()
        return "250 OK"


class Server(SMTP):
    number = 0

    def connection_made(self, transport):
        self.number = self.number or next(connections)
        super().connection_made(transport)


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"trivsel", "hemmelig æøå".encode())
    return AuthResult(success=right, handled=False)


def certificate():
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
    public, private = f"{folder}/certificate.pem", f"{folder}/key.pem"
    with open(public, "wb") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
    with open(private, "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    return public, context


async def main():
    loop = asyncio.get_running_loop()
    options = {"hostname": "localhost", "decode_data": False, "enable_SMTPUTF8": False}
    ca, context = certificate() if mode != "plain" else (None, None)
    if mode != "plain":
        options |= {"auth_required": True, "authenticator": authenticate}
    if mode == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if mode == "tls":
        options |= {"auth_require_tls": False}
    server = await loop.create_server(
        lambda: Server(Answers(), **options), "127.0.0.1", int(port), ssl=context if mode == "tls" else None
    )
    say(port=server.sockets[0].getsockname()[1], ca=ca)
    while await loop.run_in_executor(None, sys.stdin.readline):
        released.release()


asyncio.run(main())
