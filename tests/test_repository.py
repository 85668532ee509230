"""What lies in the repository is there on purpose."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = re.compile(
    r"""(README|CHANGELOG|SECURITY|CONTRIBUTING)\.md|LICENSE|CITATION\.cff|pyproject\.toml|mkdocs\.yml|\.gitignore|\.ci/[\w.-]+
    |src/mentorlog/(\w+/)*(\w+\.py|sample\.toml|py\.typed)
    |(tests|benchmarks)/(\w+/)*\w+\.py
    |tests/data/([\w.-]+/)*[\w.-]+\.(md|toml|txt|json)
    |docs/(generate\.py|assets/site\.css|man/mentorlog\.1|reference/fields\.toml)
    |docs/reference/examples/(\w+/)?[\w-]+\.toml
    |(tests/transcripts|docs)/([\w-]+/)*[\w-]+\.md""",
    re.VERBOSE,
)


def test_every_file_is_one_that_belongs_there() -> None:
    """A tracked file has the name and the place of its kind: no leavings of a shell, an editor or a run."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")

    assert [name for name in listed.stdout.splitlines() if not EXPECTED.fullmatch(name)] == []
