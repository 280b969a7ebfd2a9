"""Config/libraries.csv lists every library that the program is made of."""

import csv
import json
import re

from installation import TOP

with open(TOP / "Config/libraries.csv", newline="") as file:
    ROWS = list(csv.DictReader(file))


def built_with():
    """What the last build took, named in Package.swift or brought by what is."""
    return {pin["identity"] for pin in json.loads((TOP / "Package.resolved").read_text())["pins"]}


def run_with():
    """What the image brings of the system's."""
    stage = (TOP / "Config/Containerfile").read_text().split("\nFROM ")[-1]
    names = re.search(r"--no-install-recommends\s+(.*?)\s*&&", stage, re.DOTALL)[1].replace("\\", " ").split()
    return set(names) - {"ca-certificates", "curl", "tzdata"}


def test_every_library_is_listed_once_and_nothing_else():
    names = [row["name"] for row in ROWS]
    assert len(names) == len(set(names))
    assert set(names) == built_with() | run_with()
    assert len(built_with()) > 20 and len(run_with()) > 5


def test_each_says_its_version_its_origin_its_licence_and_what_it_is_for():
    assert [row["name"] for row in ROWS if not all(row.values())] == []
    assert {row["licence"] for row in ROWS} <= {
        "Apache-2.0", "MIT", "MPL-2.0", "public domain", "PostgreSQL", "curl", "LGPL-2.1-or-later", "libpng-2.0", "Zlib"}
