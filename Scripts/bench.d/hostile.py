"""Sends the files of Tests/Hostile to a host, prints what came of each and how much memory it took, and sums up.

Arguments: database address, a folder for its data.
"""

import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse

import bench

MARK = b"Merkelig"  # stands in the metadata of every picture that has some


class Watch(threading.Thread):
    """The most memory that a process of vips has had since it was last asked, in MiB."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.seen = 0.0, {}
        self.start()

    def run(self):
        while True:
            for entry in os.scandir("/proc"):
                if entry.name.isdigit():
                    self.look(entry.name)
            time.sleep(0.002)

    def look(self, process):
        # Most processes are none of ours, and are looked at once.
        if self.seen.get(process) is False:
            return
        try:
            status = pathlib.Path(f"/proc/{process}/status").read_text()
        except OSError:
            self.seen.pop(process, None)
            return
        name = status.split(None, 2)[1]
        self.seen[process] = name.startswith(("vips", "timeout", "prlimit", "trivsel"))
        peak = re.search(r"VmHWM:\s+(\d+)", status)
        if name.startswith("vips") and peak:
            self.most = max(self.most, int(peak[1]) / 1024)

    def ask(self):
        most, self.most = self.most, 0.0
        return most


def request(host, method, path, headers, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=60)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content, answer.headers


def is_inert(headers, preview=False):
    """Whether a browser may only save it; a preview it may show, as a picture and no more."""
    shown = headers["Content-Type"] == "image/webp" if preview else headers["Content-Disposition"].startswith("attachment")
    return shown and headers["Content-Security-Policy"].startswith("sandbox") and headers["X-Content-Type-Options"] == "nosniff"


def metadata(picture, folder):
    """The names of what is found in a picture beside its pixels."""
    path = pathlib.Path(folder) / "look.webp"
    path.write_bytes(picture)
    found = subprocess.run([sys.executable, "Tests/Hostile/look.py", path], check=True, capture_output=True, text=True).stdout.split()
    return found + (["mark"] if MARK in picture else [])


def send(host, case, token, cookie, listed, content):
    """What came of a file: a kind or the reason it was refused, whether anything of it may run, and what its preview tells."""
    name = urllib.parse.quote(listed["name"], safe="")
    headers = token | {"Content-Type": "application/octet-stream", "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    status, body, _ = request(host, "POST", f"/api/v1/deviations/{case}/files", headers, content)
    answer = json.loads(body)
    if status != 201:
        return {"came": "refused: " + answer["errors"][0]["message"] if answer.get("errors") else f"{status} {answer['title']}"}
    path = f"/deviations/{case}/files/{answer['id']}"
    _, saved, headers = request(host, "GET", path, cookie)
    status, preview, shown = request(host, "GET", path + "/preview", cookie)
    return {
        "came": answer["type"].split(";")[0].split(".")[-1], "same": saved == content,
        "inert": is_inert(headers) and (status == 404 or is_inert(shown, preview=True)),
        "told": metadata(preview, host.folder) if status == 200 else None,
    }


def main(database, folder):
    host = bench.Host(database, folder)
    files = pathlib.Path(folder) / "hostile"
    files.mkdir()
    subprocess.run([sys.executable, "Tests/Hostile/hostile.py", files], check=True)
    listed = json.loads((files / "list.json").read_text())
    watch = Watch()
    try:
        host.run("demo")
        token = {"Authorization": "Bearer " + host.run("token", "new", "--person", "priya").strip()}
        host.start()
        cookie, before = host.sign_in("priya"), host.memory()[0]
        rows, case = [], None
        watch.ask()
        for index, one in enumerate(listed):
            if index % 10 == 0:
                answer = request(
                    host, "POST", "/api/v1/deviations", token | {"Content-Type": "application/json"}, json.dumps(bench.REPORT))
                case = json.loads(answer[1])["id"]
            rows.append((one, send(host, case, token, cookie, one, (files / one["file"]).read_bytes()), watch.ask(), host.memory()[1]))
    finally:
        if host.process and host.process.poll() is None:
            host.stop()
    show(rows, before)


def show(rows, before):
    print(f"\n{'file, as it is called':28}{'what came of it':74}{'preview tells':15}{'preview':>9}{'host':>9}")
    for one, result, preview, host in rows:
        told = "no preview" if result.get("told") is None else ", ".join(result["told"]) or "nothing"
        name = "".join(c for c in one["name"] if c.isprintable())
        print(f"{name[-26:]:28}{result['came'][:72]:74}{told if 'same' in result else '':15}"
              f"{f'{preview:.0f} MiB' if preview else '':>9}{host:>5.0f} MiB")
    taken = [result for _, result, _, _ in rows if "same" in result]
    table = [
        ("hostile files sent", f"{len(rows)}, of which {len(taken)} taken", "≥ 30"),
        ("not as they were sent", str(sum(not result["same"] for result in taken)), "0"),
        ("could run, or be shown but as pixels", str(sum(not result["inert"] for result in taken)), "0"),
        ("previews that tell more than pixels", str(sum(bool(result["told"]) for result in taken)), "0"),
        ("memory of a preview's process", f"at most {max(preview for _, _, preview, _ in rows):.0f} MiB", "≤ 256 MiB"),
        ("memory of the host", f"at most {rows[-1][3]:.0f} MiB, {before:.0f} before", "≤ 256 MiB"),
    ]
    print(f"\nOn {bench.machine()}\n\n{'':40}{'measured':40}aimed at")
    for name, measured, aim in table:
        print(f"{name:40}{measured:40}{aim}")


if __name__ == "__main__":
    main(*sys.argv[1:])
