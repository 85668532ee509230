"""Every transcript, and every page of the manual that is one, prints what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcript import check, is_long, takes_part
from world import World, hinted

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TRANSCRIPTS = sorted((ROOT / "tests" / "transcripts").rglob("*.md"))
MARKED = [page for page in PAGES if page.exists() and takes_part(page.read_text(encoding="utf-8"))]


LONG = [page for page in MARKED if is_long(page.read_text(encoding="utf-8"))]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=_name)
def test_transcript(path: Path, world: World, request: pytest.FixtureRequest) -> None:
    """What a transcript shows is what the program prints."""
    check(path, world, updating=request.config.getoption("update_transcripts"))


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=_name(path), marks=pytest.mark.slow if path in LONG else []) for path in MARKED]
)
def test_page_of_the_manual(path: Path, world: World, request: pytest.FixtureRequest) -> None:
    """What README and docs show is what the program prints."""
    check(path, world, home_name="~", updating=request.config.getoption("update_transcripts"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=_name(path), marks=[] if number % 4 == 0 and path not in LONG else pytest.mark.exhaustive)
        for number, path in enumerate([*MARKED, *TRANSCRIPTS])
    ],
)
def test_each_command_in_a_process_of_its_own(path: Path, world: World) -> None:
    """The quick tests run the program in their own process: as a process it prints the same.

    What a process adds is the same for every page: `.ci/run` tries the README and every fourth page after it.
    """
    check(path, world, home_name="~" if path in MARKED else "HOME", apart=True)


@pytest.mark.parametrize("path", [*TRANSCRIPTS, *MARKED], ids=_name)
def test_every_error_says_what_to_do(path: Path) -> None:
    """Below each error that a transcript or a page shows stands a hint."""
    hinted(path.read_text(encoding="utf-8"))
