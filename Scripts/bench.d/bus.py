"""Measures the bus beside C programs that do the same, one after the other in one run, and prints both with their ratio.

Arguments: a folder for the C programs; how often each is measured (the middle one counts).
"""

import json
import os
import pathlib
import re
import statistics
import subprocess
import sys

from bench import machine

OURS = ".build/release/bus-bench"
SCRATCH = pathlib.Path("/var/tmp/scratch") # the C programs' own
MESSAGES = "400000"
EVENTS = "400000"


def build(folder):
    here = pathlib.Path(__file__).parent / "limits"
    for name, libraries in ("zbench", ["-lzmq", "-lm"]), ("clone", ["-lzmq", "-lsqlite3", "-lpthread", "-lm"]):
        subprocess.run(["gcc", "-O2", "-w", "-o", f"{folder}/{name}", here / f"{name}.c", *libraries], check=True)


def run(*command):
    environment = os.environ | {"TMPDIR": str(SCRATCH)} # the same disk for both
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=120).stdout


def ours(*arguments):
    return json.loads(run(OURS, *arguments))


def theirs(pattern, *command):
    return float(re.search(pattern, run(*command))[1])


def middle(times, measure):
    """The middle of several runs of ours and theirs by turns."""
    pairs = [measure() for _ in range(times)]
    return [statistics.median(side) for side in zip(*pairs)]


def main(folder, times):
    SCRATCH.mkdir(exist_ok=True)
    build(folder)
    zbench = [f"{folder}/zbench", "-e", f"ipc://{SCRATCH}/z.sock", "-s", "1024", "-n", MESSAGES, "-S", "1", "-d", "-f", "3"]
    clone = f"{folder}/clone"

    def rows():
        rate = r"recv/s/sub=(\d+)"
        yield "raw feed, 1 KB, plain", "/s", "≥ 60 %", lambda: (
            ours("raw", "1024", MESSAGES)["perSecond"], theirs(rate, *zbench))
        yield "raw feed, 1 KB, CURVE", "/s", "≥ 60 %", lambda: (
            ours("raw", "1024", MESSAGES, "--curve")["perSecond"], theirs(rate, *zbench, "-c"))
        yield "commit → reader, 64 producers", "/s", "≥ 60 %", lambda: (
            ours("flat", "4", "64")["perSecond"], theirs(r"ev/s=(\d+)", clone, "flat", "4", "64", "1", "1", "1000"))
        yield "commit → reader at 1,000/s, p50", "µs", "≤ 150 %", lambda: (
            ours("paced", "1000", "4")["reader"]["p50"],
            theirs(r"e2e us p50=(\d+)", clone, "paced", "1000", "4", "1", "1", "1000"))
        for name, options in ("subscriber", []), ("durable reader", ["--durable"]):
            yield f"catch-up of a {name}", "/s", "≥ 200,000/s", lambda options=options: (
                ours("catch-up", EVENTS, *options)["perSecond"], theirs(r"= (\d+) ev/s", clone, "catchup", EVENTS))

    print(f"\nthe bus (CURVE, but for the first row) beside C (plain, but for the second), middle of {times}, on {machine()}\n")
    print(f"{'':34}{'ours':>14}{'C':>14}{'ours/C':>9}   aimed at")
    for name, unit, aim, measure in rows():
        mine, other = middle(int(times), measure)
        print(f"{name:34}{mine:>11,.0f} {unit}{other:>11,.0f} {unit}{mine / other:>8.0%}   {aim}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
