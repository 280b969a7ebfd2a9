"""Fills a host that holds the demo data with more cases, through its API: every demo case's title with every other's description."""

import http.client
import itertools
import json
import multiprocessing
import pathlib
import re
import sqlite3
import subprocess
import sys
import urllib.parse

CLIENTS = 4


def texts():
    return json.loads(pathlib.Path("Config/demo/cases.json").read_text())


def reports():
    """As many different reports as there are pairs of demo cases: 89,700. Then the same again."""
    cases = texts()
    pairs = itertools.cycle((a, b) for b in cases for a in cases if a is not b)
    for title, other in pairs:
        yield {
            "title": title["title"], "description": other["description"], "unit": title["unit"], "campus": title["campus"],
            "category": title["category"], "environment": title["environment"],
            "ordinaryChannels": {"tried": True, "which": ["teacher"], "when": "i oktober"},
        }


def fill(host, tokens, count):
    """Brings the host to `count` cases; reporters take turns."""
    missing = count - len(texts())
    share = [missing // CLIENTS + (client < missing % CLIENTS) for client in range(CLIENTS)]
    with multiprocessing.Pool(CLIENTS) as pool:
        pool.starmap(send, [(host.port, tokens, client, share[client]) for client in range(CLIENTS)])


def send(port, tokens, client, count):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number, report in enumerate(itertools.islice(reports(), client, count * CLIENTS, CLIENTS)):
        headers = {"Authorization": f"Bearer {tokens[number % len(tokens)]}", "Content-Type": "application/json"}
        connection.request("POST", "/api/v1/deviations", json.dumps(report), headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 201, body
        if client == 0 and number % 2500 == 0:
            print(f"\rfilling: {number * CLIENTS:,}", end="", file=sys.stderr, flush=True)


def settle(url):
    """As after a while: the mails are sent, of which their jobs stay, and the statistics made."""
    statements = "UPDATE bus_job SET state = 'done', attempts = 1, payload = '', lease_until = NULL; {} ANALYZE;"
    if url.startswith("sqlite:"):
        database = sqlite3.connect(url.removeprefix("sqlite:"))
        database.executescript(statements.format(""))
        database.close()
    else:
        script = statements.format("VACUUM;")
        subprocess.run(["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", url], input=script, text=True, check=True)


def words(count):
    """Words that the cases hold, as people search for them; encoded for an address."""
    found = {word for case in texts() for word in re.findall(r"[a-zæøå]{6,}", case["title"].lower())}
    return [urllib.parse.quote(word) for word in sorted(found)][:count]
