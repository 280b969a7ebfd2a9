"""Adds up the reports of all test runs: prints `N passed, M failed`, and ends with 1 when one failed or was skipped.

Arguments: the folder of the JUnit reports, then the names of the steps that failed.
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def outcomes(report):
    """(name, outcome, why) of each test of a report; none when a crash has cut it off."""
    try:
        cases = list(xml.parse(report).iter("testcase"))
    except xml.ParseError:
        return
    for case in cases:
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        why = " ".join((child.get("message") or child.text or "")[:1000] for child in case if child.tag != "system-out")
        yield f"{case.get('classname')} {case.get('name')}", outcome, why


def told(folder, step):
    """Outcomes of the tests that a step reported."""
    reports = pathlib.Path(folder).glob(f"{step.split()[0]}*.xml")
    return [outcome for report in reports for _, outcome, _ in outcomes(report)]


def main(folder, *failed_steps):
    results = [result for report in sorted(pathlib.Path(folder).glob("*.xml")) for result in outcomes(report)]
    passed = sum(outcome == "passed" for _, outcome, _ in results)
    bad = [(name, outcome, why) for name, outcome, why in results if outcome != "passed"]
    for name, outcome, why in bad:
        print(f"{outcome}: {name}{': ' if why else ''}{why}")
    # A step that failed without a failed test in its report (swift tests: swift….xml), such as a crash, counts as one failure.
    unexplained = [step for step in failed_steps if not any(outcome != "passed" for outcome in told(folder, step))]
    for step in unexplained:
        print(f"failed: {step}")
    failed = len(bad) + len(unexplained)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
