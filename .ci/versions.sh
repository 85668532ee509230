#!/usr/bin/env bash
# The program with other versions of its two dependencies that change most: the newest Typer and pydantic, past the
# cap of pyproject.toml (distributions ignore caps: slower is all right, a crash is not), and the lowest of both.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE
cd "$(dirname "$0")/.."

lowest() { sed -nE "s/^ *\"$1>=([0-9]+\.[0-9]+).*/$1==\1.*/p" pyproject.toml; }

# try NAME REQUIREMENT…: a venv with these, and the README's quick start and the command line in it.
try() {
  local venv said
  venv=$(mktemp -d)/$1
  shift
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check . pytest hypothesis pexpect pyte
  said=$("$venv/bin/pip" install -q --disable-pip-version-check --upgrade "$@" 2>&1) || { echo "$said"; exit 1; }  # it tells of the cap
  "$venv/bin/pip" list --disable-pip-version-check 2>/dev/null | grep -E '^(typer|pydantic) '
  "$venv/bin/python" -m pytest -q -p no:cacheprovider tests/cli "tests/test_transcripts.py::test_page_of_the_manual[README.md]"
  rm -rf "$(dirname "$venv")"
}

try newest typer pydantic
try lowest "$(lowest typer)" "$(lowest pydantic)"
