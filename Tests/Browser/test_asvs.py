"""Config/asvs.csv, the security register, has every requirement once, and all that it names is there."""

import csv
import re
from collections import Counter

import pytest

from installation import TOP

# OWASP ASVS 5.0.0, levels 1 and 2, by section: those of level 1, then those of level 2.
REQUIREMENTS = """
1.1:/1-2 1.2:1-5/6-9 1.3:1-2/3-11 1.4:/1-3 1.5:1/2
2.1:1/2-3 2.2:1-2/3 2.3:1/2-4 2.4:/1
3.2:1-2/ 3.3:1/2-4 3.4:1-2/3-6 3.5:1-3/4-5 3.7:/1-2
4.1:1/2-3 4.2:/1 4.3:/1-2 4.4:1/2-4
5.1:/1 5.2:1-2/3 5.3:1-2/ 5.4:/1-3
6.1:1/2-3 6.2:1-8/9-12 6.3:1-2/3-4 6.4:1-2/3-4 6.5:/1-5 6.6:/1-3 6.8:/1-4
7.1:/1-3 7.2:1-4/ 7.3:/1-2 7.4:1-2/3-5 7.5:/1-2 7.6:/1-2
8.1:1/2 8.2:1-2/3 8.3:1/ 8.4:/1
9.1:1-3/ 9.2:1/2-4
10.1:/1-2 10.2:/1-2 10.3:/1-4 10.4:1-5/6-11 10.5:/1-5 10.6:/1-2 10.7:/1-3
11.1:/1-2 11.2:/1-3 11.3:1-2/3 11.4:1/2-4 11.5:/1 11.6:/1
12.1:1/2-3 12.2:1-2/ 12.3:/1-4
13.1:/1 13.2:/1-5 13.3:/1-2 13.4:1/2-5
14.1:/1-2 14.2:1/2-4 14.3:1/2-3
15.1:1/2-3 15.2:1/2-3 15.3:1/2-7
16.1:/1 16.2:/1-5 16.3:/1-4 16.4:/1-3 16.5:/1-3
17.1:/1 17.2:/1-4 17.3:/1-2"""
STATUSES = ["test", "document", "reason", "open"]
with open(TOP / "Config/asvs.csv", newline="") as file:
    ROWS = list(csv.DictReader(file))


def wanted():
    for section, *levels in re.findall(r"(\d+\.\d+):([-\d]*)/([-\d]*)", REQUIREMENTS):
        for level, numbers in enumerate(levels, 1):
            first, _, last = numbers.partition("-")
            for number in range(int(first or 1), int(last or first or 0) + 1):
                yield f"V{section}.{number}", str(level)


def names_of_tests(path):
    text = (TOP / path).read_text()
    return re.findall(r"func `([^`]+)`" if path.endswith(".swift") else r"^def (test_\w+)", text, re.MULTILINE)


def headings_of(path):
    return re.findall(r"^#+ (.+)$", (TOP / path).read_text(), re.MULTILINE)


def fault(evidence, names):
    """What is wrong with `PATH: NAME | PATH: NAME`, where `names` tells the names in a file."""
    for one in evidence.split(" | "):
        path, _, name = one.partition(": ")
        if not (TOP / path).is_file():
            return f"no file {path}"
        if name not in names(path):
            return f"not in {path}: {name}"
    return None


def fault_of(row):
    evidence = row["evidence"]
    if row["status"] == "test":
        return fault(evidence, names_of_tests)
    if row["status"] == "document":
        return fault(evidence, headings_of)
    if row["status"] == "open":
        return None if evidence.startswith(("coming: ", "missing: ")) else "says neither what is missing nor what is coming"
    held = re.search(r" \(held by (.*)\)$", evidence)
    return fault(held[1], names_of_tests) if held else None if evidence.endswith(".") else "is no sentence"


def test_every_requirement_is_there_once_in_its_order():
    requirements = list(wanted())
    assert [row["id"] for row in ROWS] == [id for id, _ in requirements] and [row["level"] for row in ROWS] == [level for _, level in requirements]
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}


def test_every_row_says_what_it_is_about_and_what_shows_it():
    assert [row for row in ROWS if row["status"] not in STATUSES or not row["about"].strip() or len(row["evidence"]) < 12] == []


def test_all_that_it_names_is_there():
    assert [f"{row['id']}: {wrong}" for row in ROWS if (wrong := fault_of(row))] == []


@pytest.mark.parametrize("status, evidence", [
    ("test", "Tests/Browser/test_asvs.py: test_of_nothing"), ("test", "Tests/Nothing.swift: it holds"), ("document", "Config/README.md: Nothing"),
    ("open", "soon"), ("reason", "There is none. (held by Tests/Browser/test_asvs.py: test_of_nothing)"), ("reason", "because"),
    ("test", "Tests/Browser/test_asvs.py: test_every_requirement_is_there_once_in_its_order | Tests/Nothing.swift: it holds")])
def test_what_is_not_there_is_found(status, evidence):
    assert fault_of(dict(id="V0", status=status, evidence=evidence))


def test_the_readme_counts_right():
    table = re.search(r"^\| Level \|.*\n\|[-|]+\n((?:\|.*\n)+)", (TOP / "Config/README.md").read_text(), re.MULTILINE)[1]
    told = [[int(cell) for cell in line.strip("|").split("|")] for line in table.splitlines()]
    counts = Counter((row["level"], row["status"]) for row in ROWS)
    held = Counter(row["level"] for row in ROWS if row["status"] == "reason" and "(held by " in row["evidence"])
    assert told == [[int(level), *(counts[level, status] for status in STATUSES[:3]), held[level], counts[level, "open"]] for level in "12"]
