"""What the scripts say where packages are missing and nobody may install them."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from installation import TOP


def test_without_root_and_sudo_it_is_said_what_root_is_to_run():
    nobody = [shutil.which("setpriv"), "--reuid", "65534", "--regid", "65534", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder:
        # Anybody may look into it, and there is no sudo in it.
        os.chmod(folder, 0o755)
        for tool in ("apt-get", "dpkg-query"):
            pathlib.Path(folder, tool).symlink_to(shutil.which(tool))
        done = subprocess.run(
            [*nobody, "/bin/bash", "-c", "source Scripts/setup.sh; need_packages bash no-such-package; echo went on"],
            cwd=TOP, env={"PATH": folder}, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and not done.stdout
    assert done.stderr == "System packages are missing. As root: apt-get install --no-install-recommends no-such-package\n"
