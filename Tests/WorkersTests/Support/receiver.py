"""An HTTPS server that takes webhooks, for one test. Ends when its standard input does.

Arguments: a folder for its certificate, made anew, of the name hook.example.test and the number 127.0.0.1.
The path says what it answers: /status/N; /once/N (N the first time, then 200); /redirect (to /ok); /long (200 and a MiB); /held (says so, and
answers once it reads a line); /silent (closes); anything else 200.

Reads `count` and says how often it was connected to. Writes one JSON line when ready ({"port", "ca"}), then one a request: its path, headers in lower case, and body.
"""

import datetime, http.server, ipaddress, json, ssl, sys, threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

folder = sys.argv[1]
released = threading.Semaphore(0)
seen = set()


def say(**line):
    print(json.dumps(line), flush=True)


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        say(method=self.command, path=self.path, headers={name.lower(): value for name, value in self.headers.items()}, body=body)
        kind, _, rest = self.path[1:].partition("/")
        if kind == "silent":
            self.close_connection = True
            return
        if kind == "held":
            say(held=True)
            released.acquire()
        first = self.path not in seen
        seen.add(self.path)
        status = int(rest) if kind == "status" or kind == "once" and first else 302 if kind == "redirect" else 200
        answer = b"x" * (1 << 20) if kind == "long" else b"secret words of the receiver"
        try:
            self.send_response(status)
            if kind == "redirect":
                self.send_header("Location", "/ok")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
        except OSError:
            pass  # who asked has heard enough

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    connections = 0

    def get_request(self):
        self.connections += 1
        return super().get_request()

    def handle_error(self, *_):
        pass


def certificate():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "receiver")])
    now = datetime.datetime.now(datetime.timezone.utc)
    names = [x509.DNSName("hook.example.test"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
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


server = Server(("127.0.0.1", 0), Receiver)
ca, context = certificate()
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
threading.Thread(target=server.serve_forever, daemon=True).start()
say(port=server.server_port, ca=ca)
while line := sys.stdin.readline():
    if line == "count\n":
        say(connections=server.connections)
    else:
        released.release()
