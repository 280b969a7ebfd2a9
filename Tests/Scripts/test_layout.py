"""What stands at the top of the repository is fixed by its owner."""

import subprocess

from installation import TOP


def test_nothing_new_stands_at_the_top():
    tracked = subprocess.run(["git", "ls-files"], cwd=TOP, check=True, capture_output=True, text=True).stdout.splitlines()
    top = {path.split("/")[0] for path in tracked}
    assert {name for name in top if not name.startswith(".")} == {
        "Config", "LICENSE", "Package.swift", "Plugins", "README.md", "Scripts", "Sources", "Tests"}
