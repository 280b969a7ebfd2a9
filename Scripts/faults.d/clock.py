"""The clock jumps back two hours and on forty days: reports are taken, events keep their order, every mail goes out once."""

import subprocess

from machine import until
from mails import Sink
from supervisor import Supervisor
from trivsel import BINARY

JUMPS = ["-2h", "+40d", "+0"]


def check(base, reports=10):
    library = subprocess.run("dpkg -L libfaketime | grep 'libfaketime.so.1$'", shell=True, capture_output=True, text=True).stdout.strip()
    if not library:
        return ["libfaketime is missing"], ""
    site, sink = base.copy("clock"), Sink()
    time = site.folder / "time"
    time.write_text("+0")
    faked = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(time), "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1"}
    site.settings |= faked | {"TRIVSEL_MAIL_SMTP_URL": sink.url}
    ((start,),) = site.database.rows("SELECT coalesce(max(position), 0) FROM event_log")
    processes, told, problems = Supervisor(site.folder, site.settings), [], []
    # libfaketime adds to the environment of the first program it meets, and then Swift's runtime does not find the arguments.
    shell = ("/bin/sh", "-c", 'exec "$0" "$@"', BINARY)
    try:
        processes.keep("serve", *shell, "serve")
        until(site.is_ready, "the host is ready", 60)
        processes.keep("worker", *shell, "work", "notifications")
        for jump in ["+0", *JUMPS]:
            time.write_text(jump)
            ((before,),) = site.database.rows("SELECT count(*) FROM bus_job")
            taken = sum(site.report()[0] == 201 for _ in range(reports))
            problems += [f"after {jump} {reports - taken} reports were not taken"] * (taken < reports)
            try:
                until(lambda: left(site) == 0 and jobs(site) >= before + 2 * reports, "all mails are sent", 30)
            except AssertionError:
                problems.append(f"after {jump} {left(site)} mails were not sent")
            told.append(f"{jump}: {taken} taken")
        moments = [row[0] for row in site.database.rows(
            f"SELECT time FROM event_log WHERE position > {start} AND type = 'deviations.received.v1' ORDER BY position")]
        positions = [row[0] for row in site.database.rows(f"SELECT position FROM event_log WHERE position > {start} ORDER BY position")]
    finally:
        problems += processes.stop() + processes.crashes(set())
        sink.stop()
    jumped = sum(after - before < -3_600_000 for before, after in zip(moments, moments[1:]))
    doubles = sum(copies - 1 for copies in sink.copies.values())
    problems += ["the clock did not jump back"] * (jumped == 0)
    problems += [f"{doubles} mails came twice"] * bool(doubles)
    problems += ["events are missing or out of order"] * (positions != list(range(start + 1, start + 1 + len(positions))))
    return problems, f"{', '.join(told)}; {len(positions)} events in order, {sink.count()} mails, {doubles} twice"


def left(site):
    return site.database.rows("SELECT count(*) FROM bus_job WHERE state IN ('waiting', 'leased', 'sending')")[0][0]


def jobs(site):
    return site.database.rows("SELECT count(*) FROM bus_job")[0][0]
