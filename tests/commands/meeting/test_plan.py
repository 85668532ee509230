"""`mentorlog meeting plan`, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.meeting.conftest import FIELDS, HARD, Run, content, data


def test_every_field_can_be_given(invoke: Run) -> None:
    """What the options say is what the record holds; the agenda takes texts and goals."""
    found = data(
        invoke, "meeting", "plan", "osl", "Marie", "--on", "fri 9:30", "--agenda", HARD, "-a", "CV", "-g", "g7",
        "--mode", "phone", "--minutes", "20", "--place", "Room 4, [west]", "--kind", "case",
        "--link", "https://a", "--tag", "cv", "--notes", "N", "--private",
    )  # fmt: skip

    assert list(found) == [*FIELDS, "new_tasks"]
    assert {key: found[key] for key in FIELDS if key not in ("record", "id", "created", "agenda")} == {
        "on": "2026-11-27", "at": "09:30", "status": "planned", "mentors": ["osler", "curie"], "mode": "phone",
        "kind": "case", "minutes": 20, "place": "Room 4, [west]", "cancelled_by": None, "decisions": [],
        "usefulness": None, "feeling": None, "recap_on": None, "visibility": "private", "tags": ["cv"],
        "links": ["https://a"], "source": None, "conflicts": [], "notes": "N",
    }  # fmt: skip
    assert [(item["text"], item["goal"]) for item in found["agenda"]] == [
        (HARD, None), ("CV", None), ("Submit case report", "g7k3q"),
    ]  # fmt: skip


def test_what_was_agreed_is_planned(invoke: Run) -> None:
    """Mode and length of the cadence; the day is said with its weekday."""
    ran = invoke("meeting", "plan", "osler", "--on", "fri 14:00")
    (found,) = data(invoke, "meeting", "list")

    assert ran.out == f"Planned meeting {found['id']} with William Osler (Fri 27 Nov 2026, 14:00)\n"
    assert (found["mode"], found["minutes"], found["kind"]) == ("video", 30, "regular")


@pytest.mark.parametrize(
    ("words", "exit", "said"),
    [
        (["osler"], 2, "An answer is needed: When?"),
        ([], 2, "An answer is needed: With which mentors?"),
        (["pasteur", "--on", "fri"], 1, "No mentor matches 'pasteur'."),
        (["osler", "--on", "banana"], 1, "'banana' is not a date."),
        (["osler", "--on", "03/02/2027"], 1, "is ambiguous"),
        (["osler", "--on", "2026-11-20"], 1, "Fri 20 Nov 2026 is in the past."),
        (
            ["osler", "--on", "fri", "--mode", "carrier pigeon"],
            1,
            "Unknown mode 'carrier pigeon'.\nhint: one of: in_person, video",
        ),
        (["osler", "--on", "fri", "--minutes", "0"], 1, "'0' is not a positive whole number."),
        (["osler", "--on", "fri", "--agenda", "two\nlines"], 1, "text has more than one line."),
        (["osler", "--on", "fri", "--agenda", "a\udcff"], 1, "text is not valid UTF-8."),
        (["osler", "--on", "fri", "--goal", "g9999"], 1, "No goal matches 'g9999'."),
    ],
)
def test_bad_plans(words: list[str], exit: int, said: str, invoke: Run, journal_root: Path) -> None:
    """What cannot be understood is refused by name, and nothing is saved."""
    before = content(journal_root)
    ran = invoke("meeting", "plan", *words)

    assert (ran.exit, ran.out) == (exit, "")
    assert said in ran.err
    assert content(journal_root) == before


@pytest.mark.parametrize("when", ["fri 14:00", "fri"])
def test_the_same_meeting_is_not_planned_twice(when: str, invoke: Run, journal_root: Path) -> None:
    """The same mentors, day and time: refused with the id of the first; so with two that have no time.

    The kind's other members: a meeting moved onto another (test_move_and_cancel), and `meeting log --next` (test_log).
    """
    first = data(invoke, "meeting", "plan", "osler", "curie", "--on", when)["id"]
    before = content(journal_root)

    ran = invoke("meeting", "plan", "curie", "osler", "--on", when)

    said = f"Fri 27 Nov 2026{', 14:00' if '14' in when else ''}"
    assert (ran.exit, ran.out, content(journal_root)) == (1, "", before)
    assert ran.err == (
        f"error: Meeting {first} with William Osler and Marie Curie is already planned for {said}.\n"
        "hint: to plan another at the same time, use --new\n"
    )
    assert data(invoke, "meeting", "plan", "curie", "osler", "--on", when, "--new")["id"] != first


@pytest.mark.parametrize(
    "words", [("osler", "--on", "fri 15:00"), ("osler", "--on", "fri"), ("osler", "--on", "sat 14:00"), ("curie",)]
)
def test_another_time_or_another_mentor_is_another_meeting(words: tuple[str, ...], invoke: Run) -> None:
    """Only what is the same in mentors, day and time is refused; a held or cancelled one does not stand in the way."""
    first = data(invoke, "meeting", "plan", "osler", "--on", "fri 14:00")["id"]
    data(invoke, "meeting", "plan", *words, *(() if "--on" in words else ("--on", "fri 14:00")))
    invoke("meeting", "cancel", first)

    assert data(invoke, "meeting", "plan", "osler", "--on", "fri 14:00")["id"] != first
