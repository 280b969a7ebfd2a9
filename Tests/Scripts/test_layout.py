"""What stands at the top of the repository is fixed by its owner."""

from installation import TOP

OURS = {"Config", "LICENSE", "Package.swift", "Plugins", "README.md", "Scripts", "Sources", "Tests"}


def test_nothing_new_stands_at_the_top():
    # What is built or run here makes more, which .gitignore names.
    made = {line.strip("/\n") for line in (TOP / ".gitignore").read_text().splitlines()}
    assert {path.name for path in TOP.iterdir() if not path.name.startswith(".")} - made == OURS
