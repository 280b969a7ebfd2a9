import os
import pathlib
import subprocess
import sys

import pytest

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "Scripts/faults.d"))

from trivsel import Trivsel


@pytest.fixture(scope="session")
def postgres():
    """A server's address: the one given, else one that is started for these tests."""
    if given := os.environ.get("TRIVSEL_TEST_POSTGRES_URL"):
        yield given
        return
    # The script that the other tests use; it keeps the server as long as its input is open.
    script = "source Scripts/setup.sh; source Scripts/postgres.sh; trap stop_postgres EXIT; start_postgres && echo $postgres_url && read -r _"
    server = subprocess.Popen(["bash", "-c", script], cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    yield server.stdout.readline().strip()
    server.stdin.close()
    server.wait(30)


@pytest.fixture(scope="session")
def sqlite_base(tmp_path_factory):
    return Trivsel(tmp_path_factory.mktemp("faults") / "sqlite").prepare()


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def base(request, tmp_path_factory):
    """An installation to copy, on each engine."""
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_base")
    server = request.getfixturevalue("postgres")
    return Trivsel(tmp_path_factory.mktemp("faults") / "postgres", server, "faults-base").prepare()
