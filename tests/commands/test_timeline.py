"""`mentorlog timeline`: what happened, day by day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from terminal import Terminal
from world import Ran, World

Invoke = Callable[..., Ran]


def on(day: str) -> dict[str, str]:
    """The variables of a day in 2026."""
    return {"MENTORLOG_NOW": f"2026-{day}T09:00:00+00:00"}


def added(invoke: Invoke, *words: str, day: str) -> str:
    """Add a record on a day and return its id."""
    ran = invoke(*words, "--json", env=on(day))
    assert ran.exit == 0, ran
    return str(ran.data["id"])


@pytest.fixture
def year(invoke: Invoke, world: World) -> dict[str, str]:
    """The ids of a few records that went through every state."""

    def fill() -> dict[str, str]:
        added(invoke, "mentor", "add", "William Osler", day="09-01")
        added(invoke, "mentor", "add", "Marie Curie", day="09-01")
        goal = added(invoke, "goal", "add", "Case report", "--with", "osler", "--tag", "writing", day="09-02")
        task = added(
            invoke, "task", "add", "Draft", "--from", "osler", "--goal", goal, "--due", "2026-10-01", day="09-03"
        )
        for day, words in (
            ("09-04", ["goal", "tell", goal, "osler"]),
            ("09-05", ["goal", "progress", goal, "40", "-m", "Methods written"]),
            ("09-06", ["task", "submit", task]),
            ("09-07", ["task", "return", task, "-m", "Too long"]),
            ("09-08", ["task", "defer", task, "2026-11-01", "-m", "Ward duty"]),
            ("09-09", ["task", "done", task, "-m", "Two pages"]),
            ("09-10", ["goal", "revise", goal, "by=2026-12-01", "-m", "Spring"]),
            ("09-11", ["goal", "pause", goal, "-m", "Nights"]),
        ):
            assert invoke(*words, env=on(day)).exit == 0
        question = added(invoke, "ask", "curie", "Which journal?", day="09-12")
        invoke("note", "close", question, "-m", "The Bulletin", env=on("09-13"))
        meeting = added(invoke, "meeting", "log", "curie", "osler", "It went well", "--on", "today", day="09-14")
        return {"goal": goal, "task": task, "question": question, "meeting": meeting}

    return world.filled("timeline year", fill)


def told(ran: Ran) -> list[str]:
    """Each event in a line."""
    return [f"{e['on'][5:]} {e['record']} {e['event']}: {e['title']} ({e['text']})" for e in ran.data]


def test_everything_that_happened(year: dict[str, str], invoke: Invoke) -> None:
    """Every dated fact of every record is an event, the oldest first."""
    assert told(invoke("timeline", "--json")) == [
        "09-01 mentor active: Marie Curie (None)",
        "09-01 mentor active: William Osler (None)",
        "09-02 goal set: Case report (None)",
        "09-03 task assigned: Draft (None)",
        "09-04 goal told: Case report (to William Osler)",
        "09-05 goal progress: Case report (40% Methods written)",
        "09-06 task submitted: Draft (None)",
        "09-07 task returned: Draft (Too long)",
        "09-08 task deferred: Draft (to Sun 1 Nov 2026 (Ward duty))",
        "09-09 task done: Draft (Two pages)",
        "09-10 goal revised: Case report (by: none → Tue 1 Dec 2026 (Spring))",
        "09-11 goal paused: Case report (Nights)",
        "09-12 note question: Which journal? (None)",
        "09-13 note answered: Which journal? (The Bulletin)",
        "09-14 meeting held: with Marie Curie and William Osler (It went well)",
    ]


def test_filters(year: dict[str, str], invoke: Invoke) -> None:
    """By mentor, goal, tag and days, which are inclusive; together they narrow."""

    def count(*words: str) -> int:
        return len(invoke("timeline", *words, "--json").data)

    assert count("--with", "curie") == 4
    assert count("--with", "curie", "--with", "osler") == 15
    assert count("--goal", year["goal"]) == 10
    assert count("--tag", "writing") == 5
    assert count("--since", "2026-09-13") == 2
    assert count("--until", "2026-09-02") == 3
    assert count("--since", "2026-09-02", "--until", "2026-09-02") == 1
    assert count("--with", "curie", "--since", "2026-09-14") == 1


@pytest.mark.parametrize(
    "words", [["--with", "nobody"], ["--goal", "g2222"], ["--since", "tomorrow"], ["--until", "x"]]
)
def test_what_is_asked_for_must_be_there(words: list[str], year: dict[str, str], invoke: Invoke) -> None:
    """An unknown mentor or goal and a day to come are the user's to fix."""
    ran = invoke("timeline", *words)

    assert (ran.exit, ran.out) == (1, "")


def test_months_and_days(year: dict[str, str], invoke: Invoke) -> None:
    """A heading for each month, the day at each event; a plain note is not called one twice."""
    invoke("note", "add", "Read about gout", env=on("10-01"))

    said = invoke("timeline", "--since", "2026-09-13").out.splitlines()
    assert said[0] == "Sep 2026"
    assert said[1].startswith("Sun 13  n")
    assert said[2].strip() == "The Bulletin"
    assert said[-2] == "Oct 2026"
    assert said[-1].endswith("  note: Read about gout")


def test_it_keeps_to_the_terminal(year: dict[str, str], invoke: Invoke, terminal: Callable[..., Terminal]) -> None:
    """At 40 columns long events go on below."""
    added(invoke, "mentor", "add", "Florence Nightingale", day="09-01")
    shown = terminal("timeline", columns=40, lines=60)
    shown.end()

    assert max(map(len, shown.screen)) <= 40
    assert any(line.startswith("Tue  1  osler  mentor") for line in shown.screen)


def test_unreadable_records_are_counted(year: dict[str, str], invoke: Invoke, journal_root: Path) -> None:
    """The rest is told, and the status is 0."""
    next((journal_root / "tasks").iterdir()).write_text("nonsense")

    ran = invoke("timeline", "--json")
    assert (ran.exit, len(ran.data)) == (0, 10)
    assert '"message": "it is not valid TOML' in ran.out


def test_an_empty_timeline_says_so(invoke: Invoke) -> None:
    """Nothing happened: one sentence, or an empty list."""
    assert invoke("timeline").out == "No events match.\n"
    assert invoke("timeline", "--json").data == []


def test_a_day_told_of_is_in_words_wherever_a_story_is_told(year: dict[str, str], invoke: Invoke) -> None:
    """The mentors of a goal and the day on which each was told read alike in every command."""
    ran = invoke("goal", "revise", year["goal"], "mentors=osler,curie", "-m", "Both", env=on("09-20"))
    day = "(told Fri 4 Sep 2026)"

    assert f"mentors: William Osler (osler) {day} → William Osler (osler) {day}, Marie Curie (curie)" in ran.out
    assert f"mentors: osler {day} → osler {day}, curie, Both" in invoke("show", year["goal"]).out
    assert f"mentors: osler {day} → osler {day}, curie" in invoke("timeline").out
    assert f"mentors from William Osler {day} to William Osler {day}, Marie Curie" in invoke("export", "markdown").out


def test_what_was_said_of_a_draft_that_is_out_stands_with_it(invoke: Invoke) -> None:
    """Once it is back, what was said of a round stands where it came back."""
    task = added(invoke, "task", "add", "Draft", "--from", "me", day="09-03")
    invoke("task", "submit", task, "-m", "Second draft", env=on("09-06"))
    out = told(invoke("timeline", "--json"))
    invoke("task", "return", task, "-m", "Too long", env=on("09-07"))

    assert out[1:] == ["09-06 task submitted: Draft (Second draft)"]
    assert told(invoke("timeline", "--json"))[1:] == [
        "09-06 task submitted: Draft (None)",
        "09-07 task returned: Draft (Second draft\n\nToo long)",
    ]


def test_what_was_agreed_in_a_meeting_is_agreed_on_its_day(invoke: Invoke) -> None:
    """A meeting is logged two weeks later: its tasks are assigned and promised since that day, as in `waiting`."""
    added(invoke, "mentor", "add", "William Osler", day="09-01")
    notes = "Talked\n- [ ] @me Draft\n- [ ] @them Read it"
    added(invoke, "meeting", "log", "osler", notes, "--on", "2026-09-04", day="09-18")
    added(invoke, "task", "add", "Order a book", day="09-18")

    ran = invoke("timeline", "--json", env=on("09-18"))
    assert sorted(line for line in told(ran) if " task " in line) == [
        "09-04 task assigned: Draft (None)",
        "09-04 task promised: Read it (None)",
        "09-18 task added: Order a book (None)",
    ]
    (promise,) = invoke("waiting", "--json", env=on("09-18")).data
    assert promise["since"] == "2026-09-04"
