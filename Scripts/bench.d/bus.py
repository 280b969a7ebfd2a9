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


def run(*command, **variables):
    environment = os.environ | {"TMPDIR": str(SCRATCH)} | variables # the same disk for both
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=120).stdout


def ours(*arguments):
    return json.loads(run(OURS, *arguments))


def theirs(pattern, *command, **variables):
    return float(re.search(pattern, run(*command, **variables))[1])


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
        for crypto, variables in ("CURVE", {"CLONE_CURVE": "yes"}), ("plain", {}):
            yield f"commit → reader, 64 producers; C {crypto}", "/s", "≥ 60 %", lambda variables=variables: (
                ours("flat", "4", "64")["perSecond"],
                theirs(r"ev/s=(\d+)", clone, "flat", "4", "64", "1", "1", "1000", **variables))
            yield f"commit → reader at 1,000/s, p50; C {crypto}", "µs", "≤ 150 %", lambda variables=variables: (
                ours("paced", "1000", "4")["reader"]["p50"],
                theirs(r"e2e us p50=(\d+)", clone, "paced", "1000", "4", "1", "1", "1000", **variables))
        for name, options in ("subscriber", []), ("durable reader", ["--durable"]):
            yield f"catch-up of a {name}; C CURVE", "/s", "≥ 200,000/s", lambda options=options: (
                ours("catch-up", EVENTS, *options)["perSecond"],
                theirs(r"= (\d+) ev/s", clone, "catchup", EVENTS, CLONE_CURVE="yes"))

    print(f"\nthe bus (always CURVE, but for the first row) beside C, middle of {times}, on {machine()}\n")
    print(f"{'':46}{'ours':>14}{'C':>14}{'ours/C':>9}   aimed at")
    for name, unit, aim, measure in rows():
        mine, other = middle(int(times), measure)
        print(f"{name:46}{mine:>11,.0f} {unit}{other:>11,.0f} {unit}{mine / other:>8.0%}   {aim}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
