"""The units in Config/systemd are what systemd takes, and stay as closed as they are."""

import re
import subprocess

import pytest

from installation import BINARY, TOP

UNITS = sorted((TOP / "Config/systemd").glob("*.service"))
# What `systemd-analyze security` calls the exposure, from 0 to 10 with one digit, ten times as much.
MOST_EXPOSED = 15


def verified(folder, unit, text):
    """What systemd says to the unit, with this build's program and files in the place of installed ones."""
    text = text.replace("/usr/local/bin/trivsel", str(BINARY)).replace("WorkingDirectory=/etc/trivsel", f"WorkingDirectory={TOP}")
    copy = folder / unit.name.replace("@", "@one")
    copy.write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True, timeout=60)
    # It looks at the units of this machine too, which are not ours.
    return done.returncode, [line for line in done.stderr.splitlines() if copy.name in line]


def test_there_is_a_unit_for_host_workers_and_relay():
    assert {"trivsel.service", "trivsel-notifications@.service", "trivsel-webhooks@.service", "trivsel-relay.service", "trivsel-backup.service"} <= {unit.name for unit in UNITS}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_it(tmp_path, unit):
    assert verified(tmp_path, unit, unit.read_text()) == (0, [])


def test_systemd_takes_the_timer_of_the_backup(tmp_path):
    service, timer = (TOP / f"Config/systemd/trivsel-backup.{kind}" for kind in ("service", "timer"))
    verified(tmp_path, service, service.read_text())
    assert verified(tmp_path, timer, timer.read_text()) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_what_cannot_start_calms_down(unit):
    """The host by itself (Scripts/faults --other storm): it is to be back at once when it dies otherwise."""
    (pause,) = re.findall(r"^RestartSec=(\d+)$", unit.read_text(), re.MULTILINE)
    assert int(pause) == 1 if unit.name == "trivsel.service" else int(pause) >= 30


@pytest.mark.parametrize("wrong", ["ProtectSystm=strict", "SystemCallFilter=@sytem-service", "Restart=sometimes"])
def test_a_slip_is_found(tmp_path, wrong):
    unit = UNITS[0]
    text = re.sub(rf"^{wrong.split('=')[0][:10]}.*$", wrong, unit.read_text(), count=1, flags=re.MULTILINE)
    assert wrong in text
    assert verified(tmp_path, unit, text)[1]


def exposure(folder, unit, text):
    """0 when it is at most as exposed as allowed, with what is open otherwise."""
    copy = folder / unit.name.replace("@", "@one")
    copy.write_text(text)
    return subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", copy],
        capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_it_is_closed_to_what_it_does_not_need(tmp_path, unit):
    done = exposure(tmp_path, unit, unit.read_text())
    assert done.returncode == 0, done.stdout


def test_an_opened_unit_is_found(tmp_path):
    opened = UNITS[0].read_text().replace("ProtectSystem=strict\n", "").replace("SystemCallFilter=@system-service\n", "")
    assert exposure(tmp_path, UNITS[0], opened).returncode != 0


def calls(name):
    """The system calls in a set of systemd's."""
    done = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager", name], capture_output=True, text=True, timeout=60)
    lines = [line.strip() for line in done.stdout.splitlines()[1:]]
    return set().union(*(calls(line) if line.startswith("@") else {line} for line in lines if line and not line.startswith("#")))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_libzmq_may_schedule_its_threads(unit):
    filters = re.findall(r"^SystemCallFilter=(~?)(.*)$", unit.read_text(), re.MULTILINE)
    allowed = set()
    for denies, names in filters:
        found = set().union(*(calls(name) for name in names.split()))
        allowed = allowed - found if denies else allowed | found
    assert {"sched_setscheduler", "futex"} <= allowed and "mount" not in allowed


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_setting_and_command_it_names_exists(trivsel, unit):
    text = unit.read_text()
    variables = set(re.findall(r"(TRIVSEL_\w+)=", text)) - {"TRIVSEL_CONFIG", "TRIVSEL_WORKER_KEY_FILE"}
    keys = {"TRIVSEL_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", line.split(": ")[0]).replace(".", "_").upper()
            for line in trivsel.run("config").splitlines()}
    assert variables <= keys
    command = re.search(r"ExecStart=\S+/trivsel (.*)", text)[1].split(" --")[0].split()
    assert "USAGE: trivsel " + " ".join(command) in trivsel.run(*command, "--help")
