#!/usr/bin/env python3
"""Takes Trivsel's webhooks behind a proxy that ends TLS, and prints each event once.

    TRIVSEL_WEBHOOK_SECRET=whsec_… ./webhook.py 8081

A real one keeps the ids with what it does, in the same transaction. Events may come out of order: `sequence` tells the order.
"""
import base64
import hashlib
import hmac
import http.server
import os
import sys
import time

KEY = base64.b64decode(os.environ["TRIVSEL_WEBHOOK_SECRET"].removeprefix("whsec_"))
seen = set()


def is_genuine(headers, body):
    """Signed with our key, within the last five minutes (Standard Webhooks 1.0)."""
    ident, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    right = base64.b64encode(hmac.digest(KEY, f"{ident}.{moment}.".encode() + body, hashlib.sha256))
    given = [one.removeprefix("v1,") for one in headers.get("webhook-signature", "").split() if one.startswith("v1,")]
    signed = any(hmac.compare_digest(right, one.encode()) for one in given)
    return signed and moment.isdecimal() and abs(time.time() - int(moment)) <= 300


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 1 << 20))
        genuine = is_genuine(self.headers, body)
        if genuine and self.headers["webhook-id"] not in seen:
            seen.add(self.headers["webhook-id"])
            print(body.decode(), flush=True)
        self.send_response(204 if genuine else 401)
        self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
