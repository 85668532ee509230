"""What lies in the repository is there on purpose."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = re.compile(
    r"""(README|CHANGELOG|SECURITY|CONTRIBUTING)\.md|LICENSE|CITATION\.cff|pyproject\.toml|mkdocs\.yml|\.gitignore|\.ci/[\w.-]+
    |src/mentorlog/(\w+/)*(\w+\.py|sample\.toml|page\.css|py\.typed|completion\.(bash|fish|zsh))
    |(tests|benchmarks)/(\w+/)*\w+\.py
    |tests/data/([\w.-]+/)*[\w.-]+\.(md|toml|txt|json|ics|csv)
    |docs/((generate|report|screen)\.py|images/(status\.svg|report\.png)|assets/site\.css|man/mentorlog\.1|reference/fields\.toml)
    |docs/reference/examples/(\w+/)?[\w-]+\.toml
    |(tests/transcripts|docs)/([\w-]+/)*[\w-]+\.md""",
    re.VERBOSE,
)
EXAMPLES = {"hurry", "tsv"}
"""The verb and the format that CONTRIBUTING.md adds."""


def test_every_file_is_one_that_belongs_there() -> None:
    """A tracked file has the name and the place of its kind: no leavings of a shell, an editor or a run."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no git checkout")

    assert [name for name in listed.stdout.splitlines() if not EXPECTED.fullmatch(name)] == []


@pytest.mark.parametrize("name", ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_a_page_names_files_that_are_there(name: str) -> None:
    """A relative link and a path in a page about the repository lead to a file or folder of it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)", text) + re.findall(r"`((?:src|tests|docs)/[\w./-]+)`", text)

    assert [one for one in targets if not (ROOT / one).exists() and Path(one).stem not in EXAMPLES] == []
