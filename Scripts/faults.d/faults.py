"""The fault run. Arguments are those of Scripts/faults; see there."""

import argparse
import pathlib
import sys
import tempfile

from run import PLANTED, Run
from trivsel import Trivsel

PER_POINT = 50  # kills in a long run, both engines together


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kills", type=int, default=1000)
    arguments.add_argument("--plant", choices=PLANTED)
    arguments.add_argument("--postgres", help="the address of a server")
    arguments.add_argument("--sqlite", action="store_true")
    options = arguments.parse_args()
    servers = [None] * options.sqlite + [options.postgres] * bool(options.postgres)
    with tempfile.TemporaryDirectory() as folder:
        good = [run(pathlib.Path(folder), server, options, len(servers)) for server in servers]
    sys.exit(0 if all(good) else 1)


def run(folder, server, options, engines):
    engine = "postgres" if server else "sqlite"
    base = Trivsel(folder / engine / "base", server, "base").prepare()
    if options.plant:
        return tell(engine, options.plant, *Run(base.copy(options.plant), 10, options.plant).carry_out())
    found = [finds(base, fault) for fault in PLANTED]
    # So many that some thirty acts are acknowledged for each kill of a host.
    main = Run(base.copy("main"), 1, passes=60)
    is_long = options.kills >= 1000
    main.each = max(-(-options.kills // engines // len(main.points)), PER_POINT // engines if is_long else 1)
    figures, problems, examples = main.carry_out()
    problems += wanting(figures, main, engines) if is_long else []
    return tell(engine, None, figures, problems, examples) and all(found)


def wanting(figures, run, engines):
    """What the long run must have come to, and is not there (requirements: trust.md § 6, rows 1, 4 and 10)."""
    few = {"acknowledged": 20_000, "repeats": 100, "kills": 1000}
    figures["repeats"] = sum(count for name, count in figures.items() if name.startswith("repeats "))
    wrong = [f"only {figures[name]} {name}, not {count // engines}" for name, count in few.items() if figures[name] < count // engines]
    wrong += [f"back only after {figures['recovery p99 ms']} ms in 99 of 100 kills"] * (figures["recovery p99 ms"] > 2000)
    killed = {point: run.kills.count(point) for point in run.points}
    return wrong + [f"only {count} kills at {point}" for point, count in killed.items() if count < PER_POINT // engines]


def finds(base, fault):
    """Whether the checker finds a planted fault."""
    figures, _, _ = Run(base.copy(fault), 10, fault).carry_out()
    name = PLANTED[fault][1]
    print(f"{base.database.engine}: planted {fault}: {name} {figures[name]}{'' if figures[name] else ', NOT FOUND'}", flush=True)
    return figures[name] > 0


def tell(engine, planted, figures, problems, examples):
    print(f"\n{engine}{f', planted {planted}' if planted else ''}")
    for name, figure in figures.items():
        print(f"  {name:30}{figure:>8}")
    for name, acts in examples.items():
        print(f"  {name}: {', '.join(map(str, acts))}")
    for problem in problems:
        print(f"  WRONG: {problem}")
    return not problems


if __name__ == "__main__":
    main()
