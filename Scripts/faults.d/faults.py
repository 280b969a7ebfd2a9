"""The fault run. Arguments are those of Scripts/faults; see there."""

import argparse
import pathlib
import sys
import tempfile

from run import PLANTED, Run
from trivsel import Trivsel


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
    # So many that some forty acts are acknowledged for each kill of the host.
    main = Run(base.copy("main"), 1, passes=80)
    main.each = max(1, -(-options.kills // engines // len(main.points)))
    return tell(engine, None, *main.carry_out()) and all(found)


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
