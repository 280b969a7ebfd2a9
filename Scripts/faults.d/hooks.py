"""Webhooks of an installation, and the receiver that all of them lead to: it notes which event came by which, in turn."""

import http.server
import json
import threading

from receiver import TYPES
from trivsel import ADMINISTRATOR


class Hooks:
    def __init__(self, each=2):
        self.lock, self.came, self.types, self.each = threading.Lock(), [], {}, each
        hooks = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                with hooks.lock:
                    hooks.came.append((self.path[1:], self.headers["webhook-id"]))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # who asked was killed
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        self.settings = {"TRIVSEL_WEBHOOKS_ALLOWED_NETWORKS": "127.0.0.0/8", "TRIVSEL_WEBHOOKS_ALLOW_HTTP": "true"}

    def make(self, site):
        """Some for each type, so that one that waits for a dead worker's lease holds up only itself."""
        for number in range(self.each * len(TYPES)):
            kind = TYPES[number % len(TYPES)]
            hook = {"label": f"{number}", "address": f"http://127.0.0.1:{self.server.server_port}/{number}", "topics": [kind]}
            status, body, _ = site.post(ADMINISTRATOR, "/api/v1/webhooks", json.dumps(hook), f"hook-{number}")
            assert status == 201, body
            self.types[str(number)] = (json.loads(body)["id"], kind)

    def count(self):
        return len(self.came)

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
