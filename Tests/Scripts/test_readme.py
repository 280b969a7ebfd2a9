"""The commands of the README do what it says: every block marked `sh tested` is run."""

import re
import subprocess

import pytest

from installation import BINARY, TOP

README = (TOP / "README.md").read_text()
BLOCKS = re.findall(r"```sh tested\n(.*?)```", README, re.DOTALL)


def test_there_are_commands_to_run():
    assert len(BLOCKS) >= 2


@pytest.mark.parametrize("block", BLOCKS, ids=[block.splitlines()[0][:60] for block in BLOCKS])
def test_a_block_of_commands_works(trivsel, tmp_path, block):
    (tmp_path / "Scripts").symlink_to(TOP / "Scripts")
    (tmp_path / "Config").symlink_to(TOP / "Config")
    commands = block.replace(".build/release/trivsel", str(BINARY)).replace("http://127.0.0.1:8080", trivsel.url)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=tmp_path, env=trivsel.settings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_path_the_readme_links_to_exists():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links and [link for link in links if not (TOP / link).exists()] == []
