"""Scripts/count_tests.py, which decides whether a run was good."""

import subprocess
import sys

import pytest

from installation import TOP

PASSED, FAILED, SKIPPED = '<testcase name="a"/>', '<testcase name="b"><failure/></testcase>', '<testcase name="c"><skipped/></testcase>'


@pytest.mark.parametrize("tests, steps, last, code", [
    (PASSED * 3, [], "3 passed, 0 failed", 0),
    (PASSED + FAILED, ["swift tests"], "1 passed, 1 failed", 1),
    (PASSED + SKIPPED, [], "1 passed, 1 failed", 1),
    (PASSED, ["swift tests"], "1 passed, 1 failed", 1),
    (PASSED + FAILED, ["build"], "1 passed, 2 failed", 1),
    ("", [], "0 passed, 0 failed", 1),
    ("<testcase", ["swift tests"], "0 passed, 1 failed", 1),
])
def test_failed_skipped_and_crashed_runs_are_not_good(tmp_path, tests, steps, last, code):
    (tmp_path / "swift.xml").write_text(f"<testsuites><testsuite>{tests}</testsuite></testsuites>")
    done = subprocess.run([sys.executable, "Scripts/count_tests.py", tmp_path, *steps], cwd=TOP, capture_output=True, text=True)
    assert (done.stdout.splitlines()[-1], done.returncode) == (last, code)


def test_the_reason_of_a_failure_is_told(tmp_path):
    (tmp_path / "swift.xml").write_text('<s><testcase classname="S" name="b"><failure message="nothing came"/></testcase></s>')
    done = subprocess.run([sys.executable, "Scripts/count_tests.py", tmp_path], cwd=TOP, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["failed: S b: nothing came", "0 passed, 1 failed"]
