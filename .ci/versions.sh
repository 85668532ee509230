#!/usr/bin/env bash
# The program with other versions of the two dependencies that change most: the newest Typer and pydantic, beyond the
# limit in pyproject.toml (distributions ignore limits: slower is fine, a crash is not), and the lowest of both.
set -euo pipefail
unset PYTHONDONTWRITEBYTECODE
cd "$(dirname "$0")/.."

lowest() { sed -nE "s/^ *\"$1>=([0-9]+\.[0-9]+).*/$1==\1.*/p" pyproject.toml; }

# try NAME REQUIREMENT…: run the README and the tests of the command line in a venv with these.
try() {
  local venv=$folder/$1 output
  shift
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check . pytest hypothesis pexpect pyte
  output=$("$venv/bin/pip" install -q --disable-pip-version-check --upgrade "$@" 2>&1) || { echo "$output"; exit 1; }  # it warns of the limit
  "$venv/bin/pip" list --disable-pip-version-check 2>/dev/null | grep -E '^(typer|pydantic) '
  "$venv/bin/python" -m pytest -q -p no:cacheprovider tests/cli "tests/test_transcripts.py::test_page_of_the_manual[README.md]"
}

# Both at once, each on a processor.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
try newest typer pydantic >"$folder/1" 2>&1 &
newest=$!
try lowest "$(lowest typer)" "$(lowest pydantic)" >"$folder/2" 2>&1 &
lowest=$!
status=0
wait "$newest" || status=$?
wait "$lowest" || status=$?
cat "$folder/1" "$folder/2"
exit "$status"
