"""No secret lies about: not in the tree, and not in what its history has ever added. `.secrets.baseline` holds what looks like one and is none.

Whoever adds such a thing looks at it, and then runs this file as a program: it writes the baseline anew.
"""

import json
import pathlib
import subprocess
import tempfile

import pytest
from detect_secrets import SecretsCollection
from detect_secrets.core import baseline
from detect_secrets.settings import default_settings

TOP = pathlib.Path(__file__).resolve().parents[2]
BASELINE = TOP / ".secrets.baseline"


def git(*arguments):
    return subprocess.run(["git", "-C", TOP, *arguments], capture_output=True, check=True, timeout=300).stdout.decode(errors="replace")


def lines_of_the_tree():
    """By path, the lines of each file that is not ignored."""
    names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return {name: (TOP / name).read_text(errors="replace").splitlines() for name in names if name and (TOP / name).is_file()}


def lines_of_the_history():
    """By path, the lines that any commit has added."""
    found, path, header = {}, None, True
    for line in git("log", "--patch", "--unified=0", "--no-color", "--no-ext-diff", "--no-prefix", "--format=").split("\n"):
        if line.startswith("diff --git "):
            path, header = None, True
        elif line.startswith("@@"):
            header = False
        elif line.startswith("+++ ") and header:
            path = line[4:].rstrip("\t")
        elif line.startswith("+") and path:
            found.setdefault(path, []).append(line[1:])
    return found


def everything():
    """By path, each line that there is or was, once."""
    tree, history = lines_of_the_tree(), lines_of_the_history()
    paths = (tree.keys() | history.keys()) - {BASELINE.name}
    return {path: list(dict.fromkeys(tree.get(path, []) + history.get(path, []))) for path in paths}


def secrets(texts, folder):
    """What looks like a secret in these lines. Nobody is asked whether it opens something."""
    for path, lines in texts.items():
        place = pathlib.Path(folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("\n".join(lines))
    found = SecretsCollection(root=str(folder))
    with default_settings():
        found.scan_files(*sorted(texts), num_processors=2)
        return baseline.format_for_output(found)


def known():
    return json.loads(BASELINE.read_text())["results"]


def named(results):
    return {(path, one["type"], one["hashed_secret"]) for path, hits in results.items() for one in hits}


def test_nothing_looks_like_a_secret_but_what_somebody_has_looked_at(tmp_path):
    output = secrets(everything(), tmp_path)
    found, looked_at = named(output["results"]), named(known())
    assert found - looked_at == set(), "look at it; when it is no secret: python Tests/Scripts/test_secrets.py"
    assert looked_at - found == set(), "no longer there: python Tests/Scripts/test_secrets.py"


def test_all_of_them_are_said_to_be_none():
    assert [one for hits in known().values() for one in hits if one.get("is_secret") is not False] == []


@pytest.mark.parametrize("kind, line", [
    ("Private Key", "-----BEGIN " + "RSA PRIVATE KEY-----"), ("AWS Access Key", "key: AKIA" + "Z2345ABCDEFGHIJK"),
    ("Secret Keyword", 'let pass' + 'word = "korrekt hest batteri"'), ("Basic Auth Credentials", "url: postgres://" + "trivsel:Tr0ub4dor@db1/trivsel"),
    ("JSON Web Token", "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.dGhpcyBpcyBhIHNpZ25hdHVyZSBvZiBub3RoaW5n")])
def test_a_secret_is_found(tmp_path, kind, line):
    output = secrets({"Sources/Host/Somewhere.swift": [line]}, tmp_path)
    assert kind in {one["type"] for one in output["results"].get("Sources/Host/Somewhere.swift", [])}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        output = secrets(everything(), folder)
    del output["generated_at"]
    for hits in output["results"].values():
        for one in hits:
            one["is_secret"] = False
            # Nor where it was scanned.
            del one["line_number"], one["filename"]
    BASELINE.write_text(json.dumps(output, indent=1) + "\n")
