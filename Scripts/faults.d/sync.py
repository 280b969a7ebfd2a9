"""No answer leaves before the sync of what it acknowledges: `strace` of a host on SQLite, while reports come in from several clients.

A write to the write-ahead log that holds the new case's id must be followed by a finished sync of that log before the answer with the id begins.
"""

import re
import threading

CALLS = "fsync,fdatasync,pwrite64,write,writev,sendto"
BEGUN = re.compile(r"^(\d+) +(?:<\.\.\. )?(\w+)(\(| resumed>)")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def unsynced(trace):
    """Ids in answers that were sent too early, and how many answers there were."""
    written, synced, early, answers = {}, set(), set(), set()
    calls = {}  # process → what its unfinished call is about
    for line in trace:
        match = BEGUN.match(line)
        if not match:
            continue
        process, call, form = match.groups()
        text = calls.pop(process, "") + line if form != "(" else line
        finished = "<unfinished ...>" not in line
        if not finished:
            calls[process] = line
        in_log = "trivsel.sqlite-wal>" in text
        if call == "pwrite64" and in_log and form == "(":
            for case in ID.findall(text):
                written.setdefault(case, len(written))
        elif call in ("fsync", "fdatasync") and in_log:
            if form == "(":  # holds what had been written when it began
                calls[process, "sync"] = set(written)
            if finished:
                synced |= calls.pop((process, "sync"), set())
        elif form == "(" and "TCP:" in text and (body := re.search(r'\{\\"id\\":\\"([0-9a-f-]{36})', text)):
            answers.add(body[1])
            if body[1] not in synced:
                early.add(body[1])
    return early, answers


def trace(site, count, planted=""):
    """What `unsynced` says of a host that took `count` reports from four clients at once."""
    path = site.folder / "trace"
    # -D: the host is our child, and strace a process beside it.
    strace = ["strace", "-D", "-f", "-y", "-yy", "-s", "8192", "-e", f"trace={CALLS}", "-o", str(path)]
    with site.serving(*strace, TRIVSEL_TEST_PLANTED_FAULT=planted):
        clients = [threading.Thread(target=send, args=(site, count // 4)) for _ in range(4)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    with open(path, errors="replace") as file:
        return unsynced(file)


def send(site, count):
    for _ in range(count):
        assert site.report(timeout=60)[0] == 201


def check(base, count=200):
    """What is wrong, and the figure."""
    early, answers = trace(base.copy("sync"), count)
    planted, _ = trace(base.copy("sync-planted"), 20, "answer-before-commit")
    problems = [f"{len(early)} answers left before their sync"] * bool(early)
    problems += [f"only {len(answers)} of {count} answers were seen"] * (len(answers) < count)
    problems += ["answers before the commit are not found"] * (not planted)
    return problems, f"{len(early)} of {len(answers)} answers left before the sync of what they acknowledge (planted: {len(planted)} of 20 found)"
