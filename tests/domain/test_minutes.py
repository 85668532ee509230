"""Notes as people write them: what of them becomes tasks, what is reported, and that they come back to the byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.test_actions import reading
from mentorlog.domain.actions import Reading

DATA = Path(__file__).parent.parent / "data"
MINUTES = sorted(DATA.glob("minutes-*.md"))

QUOTE, TABLE, NOBODY = "it is in a quote", "it is in a table", "it begins without a name"
CODE, FENCE, COMMENT = "it is indented as code", "it is in a code block that", "it is in a comment that"

# Of each text: the tasks (owner, title, and what is given of due, goal and done), and the lines that are reported.
EXPECTED: dict[str, tuple[list[str], list[str]]] = {
    "email-quoted": (
        ["me: Send you the second draft, 2026-12-04", "osler: Name two readers, 2026-11-20"],
        ["14, 15 and 18: each is in a quote"],
    ),
    "email-wrapped": (
        [
            "me: Draft the abstract for the spring meeting of the society and send it to Osler before the holidays"
            ", 2026-12-18",
            "osler: Ask the editor whether a case with only one picture is too short, g7k3q",
        ],
        [],
    ),
    "phone": (
        [
            "me: CV to him, 2026-11-20",
            "me: Book the library, done",
            "osler: Talk to Halsted, done",
            "me: Thank the nurses, done",
            "osler: Send the old protocol",
            "me: Ask about the grant",
            "osler: Call the editor, 2026-11-27",
        ],
        [f"7: {NOBODY}"],
    ),
    "word-paste": (
        [
            "me: Revise the introduction",
            "me: Check the references, 2027-01-25",
            "osler: Read it",
            "osler: Recommend a reader, done",
            "me: Prepare the films",
            "me: Number the figures",
            "osler: Sign the form, done",
            "me: Print it",
            "me: Bind it, done",
        ],
        [],
    ),
    "obsidian": (
        [
            "me: Read [[Aequanimitas]] and write half a page #reading, 2026-11-20",
            "osler: Send the article ✅ 2026-11-15, done",
        ],
        [f"10: {QUOTE}", "13: [/] is neither open nor done", "14: [>] is neither open nor done", f"17: {NOBODY}"],
    ),
    "org-like": (
        [
            "me: Write the letter to the editor, 2026-12-01",
            "osler: Choose the journal, done",
            "me: The first half",
            "osler: The second half",
        ],
        ["5: it names @me without a box", "9: [-] is neither open nor done"],
    ),
    "nested": (
        [
            "me: Draft",
            "osler: Comment on the draft, 2026-11-30",
            "me: Answer the comments",
            "me: Count them, done",
            "me: Below a tab",
            "osler: Ask the clinic, 2026-11-20, g7k3q",
            "me: Deeper still",
        ],
        [f"19: {CODE}"],
    ),
    "table": (["me: Draft the table"], ["3 and 4: each is in a table", "9 and 11: each names @me without a box"]),
    "html": (
        ["me: In the details, behind an empty line"],
        ["12: it is in HTML", "15: it names @osler without a box", f"22: {COMMENT}"],
    ),
    "code": (["me: Behind the fence `- [ ] @osler`, 2026-11-20"], [f"9: {CODE}", f"24: {FENCE}"]),
    "odd-signs": (
        [
            "me: After a byte order mark",
            "me: After a zero-width space",
            "me: No-break space in the box",
            "me: No-break space behind it",
            "osler: Full width：日本, 2026-11-20",
            "me: Escaped, 2026-11-20",
            "me: Trailing blanks",
            "me: The last line, without an end",
        ],
        [],
    ),
}


def without_ids(found: Reading) -> str:
    """Take the new ids away again."""
    text = found.notes
    for task in found.tasks:
        text = text.replace(f" ({task.id})", "", 1)
    return text


def described(found: Reading) -> tuple[list[str], list[str]]:
    """Describe the tasks and the complaints of a reading as in EXPECTED, the complaints in full."""
    tasks = [
        ", ".join(
            [
                f"{task.owner}: {task.title}",
                *filter(None, [task.due and task.due.isoformat(), task.goal, "done" if task.status == "done" else ""]),
            ]
        )
        for task in found.tasks
    ]
    said = [re.sub(r"^Lines? | of the notes did not become (?:a task|tasks)", "", one) for one in found.complaints]
    return tasks, said


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_notes_of_many_programs(name: str, line_end: str) -> None:
    """Of e-mails, phones, word processors and other programs everything is taken or reported, and nothing changes."""
    notes = (DATA / "minutes" / f"{name}.md").read_text(encoding="utf-8")
    found = reading(notes.replace("\n", line_end))

    assert without_ids(found) == notes
    tasks, said = described(found)
    assert tasks == EXPECTED[name][0]
    assert [one[: len(start)] for one, start in zip(said, EXPECTED[name][1], strict=True)] == EXPECTED[name][1]
    assert reading(found.notes).tasks == ()


def test_every_text_is_expected() -> None:
    """Each text in tests/data/minutes has its tasks and reports above."""
    assert {path.stem for path in (DATA / "minutes").iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", [lambda text: text, lambda text: text.rstrip("\n"), lambda text: text + "  \n\n"])
def test_real_minutes_come_back(path: Path, change: Callable[[str], str]) -> None:
    """Tables, pipes, quotes and [brackets] of two long documents come back to the byte, in silence."""
    notes = change(path.read_text(encoding="utf-8"))

    assert reading(notes) == Reading(notes, (), ())


@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem)
def test_real_minutes_with_actions_come_back(path: Path) -> None:
    """Items between the paragraphs change nothing of them; each only gains its id."""
    notes = path.read_text(encoding="utf-8").replace("\n\n", "\n\n- [ ] @me Read this part due:fri\n\n")
    found = reading(notes)

    assert len(found.tasks) == notes.count("@me Read this part") >= 4
    assert without_ids(found) == notes
