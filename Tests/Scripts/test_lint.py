"""The format step of Scripts/test: what it takes and what it does not."""

import subprocess

import pytest

from installation import TOP


@pytest.mark.parametrize("line, taken", [
    ("let a = 1", True),
    ("let a = 1;", False),
    ("let a = [" + ", ".join(["1"] * 60) + "]", False),
    ("func f() {\n  let a = 1\n}", False),
])
def test_only_what_is_formatted_is_taken(tmp_path, line, taken):
    (tmp_path / "Planted.swift").write_text(line + "\n")
    done = subprocess.run([TOP / "Scripts/lint", tmp_path], capture_output=True, text=True, timeout=60)
    assert (done.returncode == 0) == taken, done.stderr
