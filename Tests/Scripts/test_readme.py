"""The commands of the READMEs do what they say: every block marked `sh tested` is run."""

import re
import subprocess
import textwrap

import pytest

from installation import BINARY, TOP

READMES = [TOP / "README.md", TOP / "Config/README.md"]
# Within a list a block is indented as the list is.
BLOCKS = [textwrap.dedent(block) for path in READMES
          for block in re.findall(r"^ *```sh tested\n(.*?)^ *```", path.read_text(), re.DOTALL | re.MULTILINE)]


def test_there_are_commands_to_run():
    assert all("```sh tested" in path.read_text() for path in READMES)
    assert len(BLOCKS) >= 6


@pytest.mark.parametrize("block", BLOCKS, ids=[block.splitlines()[0][:60] for block in BLOCKS])
def test_a_block_of_commands_works(trivsel, tmp_path, block):
    (tmp_path / "Scripts").symlink_to(TOP / "Scripts")
    (tmp_path / "Config").symlink_to(TOP / "Config")
    commands = block.replace(".build/release/trivsel", str(BINARY)).replace("http://127.0.0.1:8080", trivsel.url)
    commands = commands.replace(" data/destroyed", f" {trivsel.data}/destroyed")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands], cwd=tmp_path, env=trivsel.settings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_every_path_a_readme_links_to_exists(readme):
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", readme.read_text())
    assert links and [link for link in links if not (readme.parent / link).exists()] == []
