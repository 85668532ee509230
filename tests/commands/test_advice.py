"""`mentorlog advice`, and the notes it is made of: advice with its result, decisions with options and a choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from factories import make_goal, make_mentor, make_note
from world import Ran, World

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def people(world: World, keep: Callable[..., None]) -> None:
    """Two mentors, a goal, an open decision with two options, and advice on both."""
    records = (
        make_mentor(),
        make_mentor(id="curie", name="Marie Curie"),
        make_goal(id="g7k3q", title="Choose a specialty"),
        make_note(
            id="nbbbb",
            kind="decision",
            status="open",
            text="Surgery or radiology?",
            options=("Surgery", "Radiology"),
            goal="g7k3q",
        ),
        make_note(id="ncccc", kind="advice", text="Hands forget", mentors=("osler",), decision="nbbbb"),
        make_note(id="ndddd", kind="advice", text="Sleep on it", mentors=("curie",), goal="g7k3q"),
        make_note(id="nffff", kind="advice", text="Read a book a week"),
        make_note(id="nhhhh", kind="question", text="Which one?"),
    )
    world.filled("advice people", lambda: keep(*records))


def note(invoke: Run, id: str) -> dict[str, Any]:
    """A note as it is now."""
    return dict(invoke("show", id, "--json").data)


def test_on_a_decision(invoke: Run) -> None:
    """Found by its id or by words of its title; --json has the whole records."""
    ran = invoke("advice", "radiology", "--json")

    assert (ran.data["about"]["id"], [one["id"] for one in ran.data["advice"]]) == ("nbbbb", ["ncccc"])
    assert ran.data["about"]["options"] == ["Surgery", "Radiology"]
    assert invoke("advice", "nb").out.startswith("Surgery or radiology?\ndecision nbbbb · open · ")


def test_it_is_prepared_with_whom_it_names(invoke: Run, keep: Callable[..., None]) -> None:
    """`meeting prep` lists the open decisions that name the mentor, and only those."""
    here = {"text": "Here or abroad?", "options": ("Here", "Abroad"), "status": "open"}
    keep(make_note(id="ngggg", kind="decision", mentors=("osler",), **here))
    keep(make_note(id="njjjj", kind="decision", text="Made long ago", mentors=("osler",)))

    shown = invoke("meeting", "prep", "osler").out
    assert "Decisions to ask about\n  ngggg  Here or abroad? (options: Here; Abroad)\n\n" in shown
    assert "  1. A decision: Here or abroad?\n" in shown
    assert [one["id"] for one in invoke("meeting", "prep", "osler", "--json").data["decisions"]] == ["ngggg"]
    assert invoke("meeting", "prep", "curie", "--json").data["decisions"] == []


def test_it_is_shown_with_its_decision(invoke: Run) -> None:
    """`show` lists the advice on a decision among its linked records."""
    assert invoke("show", "nbbbb").out.endswith("\n\nNotes\n  ncccc  Mon 23 Nov 2026, advice: Hands forget\n")
    assert [one["id"] for one in invoke("show", "nbbbb", "--json").data["linked"]["notes"]] == ["ncccc"]


def test_a_long_decision(invoke: Run, keep: Callable[..., None]) -> None:
    """A list names its beginning, so that what is known of it stays on the screen."""
    keep(make_note(id="ngggg", kind="decision", status="open", text="Stay here " * 40))

    assert "… (since Mon 23 Nov, no advice yet)" in invoke("advice").out


def test_on_a_goal(invoke: Run) -> None:
    """With the advice on its decisions."""
    data = invoke("advice", "g7k3q", "--json").data

    assert [one["id"] for one in data["advice"]] == ["ndddd"]
    assert [(one["about"]["id"], len(one["advice"])) for one in data["decisions"]] == [("nbbbb", 1)]
    assert "drifting" in data["about"]  # the computed fields of every goal


def test_what_there_is_advice_on(invoke: Run) -> None:
    """Open decisions, goals with advice, and the count of what is on neither."""
    assert invoke("advice").out.splitlines() == [
        "Open decisions",
        "  nbbbb  Surgery or radiology? (since Mon 23 Nov, 2 options, 1 piece of advice from 1 mentor)",
        "",
        "Goals with advice",
        "  g7k3q  Choose a specialty (2 pieces of advice from 2 mentors, 1 decision)",
        "",
        "1 piece of advice without a goal or decision: mentorlog note list --kind advice",
    ]
    assert [len(part) for part in list(invoke("advice", "--json").data.values())[:2]] == [1, 1]


def test_what_is_closed(invoke: Run) -> None:
    """A decision leaves the list with the choice, a goal when it is closed; --all lists both."""
    invoke("note", "close", "nbbbb", "-m", "Radiology")
    invoke("goal", "drop", "g7k3q", "-m", "Chosen")

    assert "Surgery" not in invoke("advice").out
    assert "nbbbb  Surgery or radiology? (closed Mon 23 Nov 2026, " in invoke("advice", "--all").out
    assert "g7k3q" in invoke("advice", "--all").out


def test_nothing_yet(invoke: Run) -> None:
    """It says how to begin."""
    for id in ("nbbbb", "ncccc", "ndddd", "nffff"):
        invoke("delete", id, "--yes")

    assert invoke("advice").out.startswith("No advice yet. Add it with: mentorlog note add")
    assert invoke("advice", "g7k3q").out.count("No advice yet") == 1


def test_adding_a_decision(invoke: Run) -> None:
    """Options make a note a decision, which is open until there is a choice."""
    ran = invoke("note", "add", "Here or abroad?", "--option", "Here, at home", "--option", "Abroad", "-g", "g7k3q")
    added = invoke("note", "list", "--json").data[0]

    assert ran.out.endswith(": Here or abroad? (decision, 2 options, for goal g7k3q Choose a specialty)\n")
    assert (added["kind"], added["status"], added["options"]) == ("decision", "open", ["Here, at home", "Abroad"])


def test_adding_advice_on_a_decision(invoke: Run) -> None:
    """Naming the decision makes a note advice; one undo takes it back."""
    ran = invoke("note", "add", "Wait a year", "--decision", "nbbbb", "--with", "curie")

    assert ": Wait a year (advice, with Marie Curie, on decision nbbbb Surgery or radiology?)" in ran.out
    assert len(invoke("advice", "nbbbb", "--json").data["advice"]) == 2
    invoke("undo", "--yes")
    assert len(invoke("advice", "nbbbb", "--json").data["advice"]) == 1


def test_the_result_of_advice(invoke: Run) -> None:
    """It is closed with a result, which may change later, and is gone when the note is open again."""
    assert invoke("note", "close", "ncccc", "--result", "did-not").out == (
        "Closed note ncccc: Hands forget (did not help, Mon 23 Nov 2026)\n"
    )
    invoke("note", "close", "ncccc", "--result", "helped", "-m", "In the end")
    assert (note(invoke, "ncccc")["result"], note(invoke, "ncccc")["outcome"]) == ("helped", "In the end")
    assert invoke("note", "close", "ncccc", "--result", "helped").out.endswith("; nothing changed.\n")
    assert "helped: In the end" in invoke("advice", "nbbbb").out
    invoke("note", "reopen", "ncccc")
    assert (note(invoke, "ncccc")["result"], note(invoke, "ncccc")["outcome"]) == (None, "In the end")


def test_the_choice(invoke: Run) -> None:
    """A decision is closed with what was chosen, and with nothing else, whoever closes it."""
    refused = invoke("note", "close", "nbbbb")
    also = invoke("set", "nbbbb", "status=closed")

    assert (
        refused.err
        == also.err
        == (
            "error: Decision nbbbb is closed with what you chose.\n"
            "hint: record it with: mentorlog note close nbbbb -m Surgery\n"
        )
    )
    assert invoke("note", "close", "nbbbb", "-m", "Radiology").out == (
        "Closed note nbbbb: Surgery or radiology? (Radiology, Mon 23 Nov 2026)\n"
    )
    assert invoke("advice", "nbbbb").out.endswith("\n\nChoice, Mon 23 Nov 2026\n  Radiology\n")


@pytest.mark.parametrize(
    ("words", "status", "said", "hint"),
    [
        (["advice", "nhhhh"], 1, "Note nhhhh is of kind question, not a decision.", "see: mentorlog show nhhhh"),
        (["advice", "ncccc"], 1, "Note ncccc is of kind advice, not a decision.", "see: mentorlog advice nbbbb"),
        (["advice", "ndddd"], 1, "Note ndddd is of kind advice, not a decision.", "see: mentorlog advice g7k3q"),
        (
            ["advice", "osler"],
            1,
            "No goal or note matches 'osler'.",
            "to list the advice of a mentor: mentorlog note list --kind advice --with osler",
        ),
        (["advice", "zzzzz"], 1, "No goal or note matches 'zzzzz'.", "search: mentorlog search zzzzz"),
        (["note", "add", "x", "--decision", "g7"], 1, "g7k3q is a goal, not a decision.", "use: --goal g7k3q"),
        (
            ["note", "add", "x", "--decision", "ncccc"],
            1,
            "Note ncccc is of kind advice, not a decision.",
            "see: mentorlog advice nbbbb",
        ),
        (
            ["note", "add", "x", "--decision", "nbbbb", "-k", "win"],
            2,
            "--decision cannot be used for a note of kind win.",
            "use --kind advice",
        ),
        (
            ["note", "add", "x", "--option", "A", "--decision", "nbbbb"],
            2,
            "--option cannot be used for a note of kind advice.",
            "use --kind decision",
        ),
        (
            ["note", "close", "nhhhh", "--result", "helped"],
            1,
            "Note nhhhh is of kind question; only advice has a result.",
            "use -m for the outcome",
        ),
        (
            ["note", "close", "ncccc", "--result", "great"],
            1,
            "Unknown result 'great'.",
            "one of: helped, mixed, did_not, not_tried",
        ),
        (
            ["set", "ncccc", "decision=nhhhh"],
            1,
            "Note nhhhh is of kind question, not a decision.",
            "see: mentorlog show nhhhh",
        ),
    ],
)
def test_bad_input(invoke: Run, words: list[str], status: int, said: str, hint: str) -> None:
    """One sentence names what is wrong, the hint works, and nothing changes."""
    before = invoke("history", "--json").data
    ran = invoke(*words)

    assert (ran.exit, ran.err) == (status, f"error: {said}\nhint: {hint}\n")
    assert invoke("history", "--json").data == before
