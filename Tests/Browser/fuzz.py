"""Sends the API what its description allows and what it does not, as one role after the other: `fuzz.py FOLDER EXAMPLES [PATTERN]`.

schemathesis makes the requests and judges the answers: none is a fault of ours, each is described, and nothing is open that should not be.
"""

import pathlib
import re
import subprocess
import sys

from installation import Installation

ROLES = {
    "student": "kari", "intake officer": "ingrid", "case handler": "hamid", "education quality": "unni", "administrator": "anders",
    "vault keeper": "vigdis"}
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance", "response_schema_conformance",
    "negative_data_rejection", "unsupported_method", "allow_header_conformance", "ignored_auth"]
# It goes on for a minute, and is no JSON.
STREAM = "/api/v1/events"


class Refuted(AssertionError):
    """An answer is not what the description says."""


def installation(folder):
    """One of its own, since what is sent ends people's roles and modules' categories; nobody is held back."""
    limits = {f"TRIVSEL_LIMITS_{limit}_PER_SECOND": "0" for limit in ("SESSION", "TOKEN", "ADDRESS", "STRANGERS_WRITES")}
    return Installation(folder, has_mail_server=False, **limits)


def fuzz(trivsel, person, examples, pattern="", phases="coverage,fuzzing", document=None):
    """How many requests were sent; `pattern` narrows the addresses. Coverage goes through each parameter's limits, fuzzing is random.
    Answers are judged by the host's own description unless a `document` is given.

    - Raises: `Refuted` with what schemathesis says."""
    token = trivsel.run("token", "new", "--person", person).strip()
    command = [
        pathlib.Path(sys.executable).parent / "schemathesis", "--config-file", pathlib.Path(__file__).with_name("schemathesis.toml"),
        "run", document or f"{trivsel.url}/api/v1/openapi.json", "--url", trivsel.url,
        "--header", f"Authorization: Bearer {token}", "--checks", ",".join(CHECKS), "--max-examples", str(examples), "--seed", "1",
        "--phases", phases, "--exclude-path", STREAM, "--suppress-health-check", "all", "--continue-on-failure",
        "--generation-database", "none", "--no-color", "--warnings", "off", "--request-timeout", "20"]
    if pattern:
        command += ["--include-path-regex", pattern]
    done = subprocess.run(command, cwd=trivsel.folder, capture_output=True, text=True, timeout=7200)
    if done.returncode != 0 or not (sent := re.search(r"(\d+) generated", done.stdout)):
        raise Refuted(f"as {person}:\n{done.stdout}{done.stderr}")
    return int(sent[1])


def main(folder, examples, pattern=""):
    failed = []
    with installation(pathlib.Path(folder)) as trivsel:
        for role, person in ROLES.items():
            try:
                print(f"{role}: {fuzz(trivsel, person, examples, pattern):,} requests", flush=True)
            except Refuted as refuted:
                failed.append(role)
                print(refuted, flush=True)
    return f"not as described: {', '.join(failed)}" if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
