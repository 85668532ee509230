"""What the user typed stands in a sentence as it was typed: a path or a name that begins one gets no capital."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from world import Ran, World

Run = Callable[..., Ran]
SOURCES = Path(__file__).parents[2] / "src" / "mentorlog"


@pytest.fixture(autouse=True)
def people(invoke: Run) -> None:
    """A mentor whose name begins with a small letter, a goal and a meeting."""
    for words in (
        ("mentor", "add", "irene curie"),
        ("goal", "add", "finish a paper", "--with", "curie"),
        ("meeting", "plan", "curie", "--on", "fri"),
    ):
        assert invoke(*words).exit == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'worked = "\xff"', "answers.toml is not UTF-8 (line 1)."),
        (b"worked = ", "answers.toml, line 1 cannot be read: it is not valid TOML: Invalid value."),
        (b"x" * (4 * 1024 * 1024 + 1), "answers.toml is larger than 4 MiB."),
        (None, "answers.toml is a folder, not a file."),
    ],
)
@pytest.mark.parametrize("typed", ["answers.toml", "./answers.toml"])
def test_the_path_of_answers(invoke: Run, world: World, content: bytes | None, said: str, typed: str) -> None:
    """CASES E3: in every error about the file, and about what is in it."""
    path = world.work / "answers.toml"
    path.mkdir() if content is None else path.write_bytes(content)
    ran = invoke("review", "--answers", typed)

    assert (ran.exit, ran.err.splitlines()[0]) == (1, f"error: {said.replace('answers.toml', typed)}")


@pytest.mark.parametrize("content", [b'{"name": "\xff"}', b"{", b"[]", None])
def test_the_path_of_a_backup(invoke: Run, world: World, content: bytes | None) -> None:
    """The same of a file that is imported."""
    path = world.work / "backup.json"
    path.mkdir() if content is None else path.write_bytes(content)
    ran = invoke("import", "json", "backup.json")

    assert ran.exit in (1, 3), ran
    assert "Backup.json" not in ran.err


def test_a_name_that_begins_a_sentence(invoke: Run) -> None:
    """Nothing changed, and the mentor is called as they were entered."""
    goal = invoke("goal", "list", "--json").data[0]["id"]
    meeting = invoke("meeting", "list", "--json").data[0]["id"]
    invoke("goal", "tell", goal, "curie")
    said = [
        invoke(*words).out.splitlines()[0]
        for words in (
            ("mentor", "activate", "curie"),
            ("goal", "tell", goal, "curie"),
            ("meeting", "move", meeting, "fri"),
        )
    ]

    assert said == [
        "irene curie is already active; nothing changed.",
        f"irene curie was already told about goal {goal} on Mon 23 Nov 2026; nothing changed.",
        f"Meeting {meeting} with irene curie is already on Fri 27 Nov 2026; nothing changed.",
    ]


def test_no_sentence_is_made_to_begin_with_a_capital() -> None:
    """The rule in the code: whoever writes a sentence writes its capital; no first letter is raised afterwards."""
    raising = re.compile(r"\[(?:0|:1)\]\.(?:upper|capitalize|title)\(")
    found = [
        str(path.relative_to(SOURCES)) for path in SOURCES.rglob("*.py") if raising.search(path.read_text("utf-8"))
    ]

    assert found == []
