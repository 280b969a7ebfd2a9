# Sourced by test and bench: the Python packages they use, in a folder of this clone.

# need_python: .venv, made again when the list of packages changed; sets python.
need_python() {
    python=$PWD/.venv/bin/python
    [[ .venv/made -nt Scripts/requirements.txt ]] && return
    say "Making .venv"
    python3 -m venv .venv
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement Scripts/requirements.txt
    touch .venv/made
}
