"""Whom a host and its workers reach out to: nobody, until the settings or an administrator name somebody, and then nobody else."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

import outbound

# Networks of one's own are root's; others get to be root of a user namespace.
ALONE = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--net"]
pytestmark = pytest.mark.skipif(
    subprocess.run([*ALONE, "true"], capture_output=True).returncode != 0, reason="this machine gives out no networks")


def reached(folder, way):
    program = pathlib.Path(outbound.__file__)
    done = subprocess.run([*ALONE, sys.executable, program, folder, way], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_by_default_no_packet_leaves_the_machine(tmp_path):
    assert reached(tmp_path, "default") == []


def test_what_is_configured_is_reached_and_nothing_else(tmp_path):
    places = [f"{outbound.PROVIDER}:443", f"{outbound.MAIL}:587", f"{outbound.SCANNER}:3310", f"{outbound.HOOK}:443"]
    assert reached(tmp_path, "configured") == sorted(places)
