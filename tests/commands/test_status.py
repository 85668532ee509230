"""`mentorlog` alone and `mentorlog status`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shlex import split

import pytest

from terminal import Terminal
from world import Ran, World

Invoke = Callable[..., Ran]
SEPTEMBER = {"MENTORLOG_NOW": "2026-09-01T09:00:00+00:00"}
FIRST = "Your journal is empty. Get started:"


@pytest.fixture
def in_sample(world: World, invoke: Invoke) -> Invoke:
    """A journal in which everything is pressing on 23 November."""
    world.filled("status in_sample", lambda: make_autumn(invoke))
    return invoke


def make_autumn(invoke: Invoke) -> None:
    """Fill a journal with what presses."""
    for words in (
        ["mentor", "add", "William Osler", "--every", "4 weeks"],
        ["goal", "add", "Submit case report 日本 [/b]", "--by", "2026-12-20"],
        ["task", "add", "Draft the consent form for the study on the third ward", "--from", "osler", "--due", "20 nov"],
        ["task", "add", "Send the template", "--owner", "osler"],
        ["meeting", "plan", "osler", "--on", "2026-11-20"],
        ["meeting", "plan", "osler", "--on", "2026-11-26 14:00"],
    ):
        assert invoke(*words, env=SEPTEMBER).exit == 0


def test_alone_is_status(in_sample: Invoke) -> None:
    """`mentorlog` prints what `mentorlog status` prints."""
    assert in_sample() == in_sample("status")


def test_a_meeting_of_today_has_passed_when_its_hour_has(invoke: Invoke) -> None:
    """At nine it is planned, at five it is asked about; one without an hour is planned all day."""
    for words in (("add", "William Osler"), ("add", "Marie Curie")):
        invoke("mentor", *words)
    invoke("meeting", "plan", "osler", "--on", "2026-11-23 14:00")
    invoke("meeting", "plan", "curie", "--on", "2026-11-23")
    evening = {"MENTORLOG_NOW": "2026-11-23T17:00:00+00:00"}

    assert "Did you meet" not in invoke("status").out
    assert "Did you meet William Osler on Mon 23 Nov 2026?" in invoke("status", env=evening).out
    assert "Curie?" not in invoke("status", env=evening).out
    due = [one["reason"] for one in invoke("due", "--json", env=evening).data if one["id"]]
    assert due == ["meeting", "meeting_passed"]


def test_what_matters_is_asked_first(in_sample: Invoke) -> None:
    """A planned meeting that has passed is asked about, with the commands that answer."""
    said = in_sample().out.splitlines()

    assert said[2:4] == [
        "Did you meet William Osler on Fri 20 Nov 2026?",
        "  mentorlog meeting log osler --on 2026-11-20",
    ]
    assert said[4].startswith("  or: mentorlog meeting cancel m")
    for part in ("Planned", "I owe", "I am owed", "Goals", "Next review Mon 30 Nov 2026, in 7 days"):
        assert part in said
    assert "Talk to" not in said  # a meeting is planned


def test_a_question_that_is_answered_is_gone(in_sample: Invoke) -> None:
    """The command that is offered does what it says."""
    in_sample("meeting", "log", "osler", "--on", "2026-11-20", "--no-input")

    assert "Did you meet" not in in_sample().out


def test_all_is_well_is_said(invoke: Invoke) -> None:
    """Where nothing presses the screen says so."""
    invoke("goal", "add", "Present at grand rounds", "--by", "2027-05-01")

    assert "Nothing is due within two weeks, and no goal is drifting." in invoke().out


@pytest.mark.parametrize("name", [(), ("--name", "Mary Blackwell")])
def test_an_empty_journal_says_how_to_begin(name: tuple[str, ...], invoke: Invoke, journal_root: Path) -> None:
    """Also where there is a profile already."""
    invoke("init", str(journal_root), "--no-input", *name)

    assert invoke().out.splitlines()[0] == FIRST


def test_the_first_steps_are_commands_that_work(invoke: Invoke) -> None:
    """What is offered to a new user can be typed as it stands."""
    steps = [line.strip() for line in invoke().out.splitlines() if line.startswith("  mentorlog ")]

    assert len(steps) == 3
    assert [invoke(*split(step)[1:]).exit for step in steps] == [0, 0, 0]


def test_an_empty_home_gets_eight_lines(world: World, terminal: Callable[..., Terminal]) -> None:
    """Without a journal: what to do first, and an example that works; nothing is said twice, and nothing is made."""
    fresh = {"MENTORLOG_JOURNAL": None}
    (world.home / ".config" / "mentorlog" / "journal").unlink()
    ran = world.invoke(env=fresh)

    assert ran == world.invoke("status", env=fresh)
    assert (len(ran.out.splitlines()), ran.err) == (8, "")
    assert [line.split("  ")[1] for line in ran.out.splitlines() if line.startswith("  ")] == [
        "mentorlog init",
        "mentorlog mentor add",
        "mentorlog goal add",
    ]
    assert not (world.home / ".local" / "share").exists()
    shown = terminal(env=fresh, columns=40)
    assert shown.end() == 0
    assert all(len(line) < 40 for line in shown.screen)
    (example,) = [line.removeprefix("Example: ") for line in ran.out.splitlines() if line.startswith("Example: ")]
    assert world.invoke(*split(example)[1:], env=fresh).exit == 0
    assert world.invoke(env={"MENTORLOG_JOURNAL": str(world.root / "none")}).exit == 1


def test_more_than_seven_are_counted(invoke: Invoke) -> None:
    """Each part shows seven lines at most, how many more there are, and which command shows all of them."""
    for number in range(9):
        invoke("task", "add", f"Task {number}", "--due", "fri")

    said = invoke().out
    assert said.count("due Fri 27 Nov") == 7
    assert "I owe (7 of 9; see: mentorlog task owed)\n" in said


def test_unreadable_records_are_counted(in_sample: Invoke, journal_root: Path) -> None:
    """The screen serves the rest, ends with 0, and names what cannot be read on stderr."""
    (journal_root / "goals" / "g2222-x.toml").write_text("nonsense")

    ran = in_sample()
    assert ran.exit == 0
    assert "I owe" in ran.out
    assert ran.err == "1 record cannot be read (run: mentorlog doctor): goals/g2222-x.toml\n"


def test_a_broken_journal_is_not_called_empty(invoke: Invoke, journal_root: Path) -> None:
    """Where nothing but unreadable records is, the first steps are not offered."""
    (journal_root / "goals" / "g2222-x.toml").write_text("nonsense")

    assert FIRST not in invoke().out


def test_a_review_that_was_begun_is_told_of(in_sample: Invoke, journal_root: Path) -> None:
    """Answers that wait are not forgotten: how the review goes on is said until it is kept or left."""
    assert "Unfinished" not in in_sample().out
    assert in_sample("status", "--json").data["review_begun"] is False

    drafts = journal_root / ".mentorlog" / "drafts"
    drafts.mkdir()
    (drafts / "review.toml").write_text('worked = "Short letters"\n')

    assert in_sample().out.endswith("\nUnfinished review; continue with:\n  mentorlog review --resume\n")
    assert in_sample("status", "--json").data["review_begun"] is True


def test_json_holds_every_part(in_sample: Invoke) -> None:
    """One document, with the whole records."""
    data = in_sample("status", "--json").data

    assert [meeting["on"] for meeting in data["passed"]] == ["2026-11-20"]
    assert [meeting["on"] for meeting in data["planned"]] == ["2026-11-26"]
    assert [task["title"] for task in data["theirs"]] == ["Send the template"]
    assert data["review_on"] == "2026-11-30"
    assert data["mine"][0]["priority"] == "normal"


@pytest.mark.parametrize("columns", [80, 40])
def test_it_keeps_to_the_terminal(columns: int, in_sample: Invoke, terminal: Callable[..., Terminal]) -> None:
    """No line is broken by the terminal, at 80 columns and at 40; what is too long goes on below."""
    shown = terminal(columns=columns, lines=50)
    shown.end()

    assert max(len(line) for line in shown.screen) <= columns
    assert "\x1b[" in shown.raw.decode()
    assert "William Osler" in shown.text[shown.text.index("I owe") :]
    assert "  mentorlog meeting log osler" in shown.text


def test_the_first_steps_fit_narrow_terminals(terminal: Callable[..., Terminal]) -> None:
    """At 40 columns shorter commands are offered."""
    shown = terminal(columns=40)
    shown.end()

    assert shown.screen[2] == "  mentorlog mentor add 'William Osler'"
    assert max(map(len, shown.screen)) <= 40


def test_a_meeting_with_nobody_can_be_answered(invoke: Invoke, journal_root: Path) -> None:
    """One whose mentors were taken out by hand is asked about too."""
    invoke("mentor", "add", "William Osler")
    invoke("meeting", "plan", "osler", "--on", "2026-11-02", env={"MENTORLOG_NOW": "2026-11-01"})
    invoke("set", next((journal_root / "meetings").iterdir()).name[:5], "--clear", "mentors")

    said = invoke().out
    assert "Did you meet on Mon 2 Nov 2026?" in said
    assert "status=held" in said


def test_a_promise_is_owed_since_its_meeting(in_sample: Invoke) -> None:
    """However late a meeting was logged: status, task owed and meeting prep say the same."""
    notes = "- [ ] @them Send the slides\n"
    in_sample("meeting", "log", "osler", "-", "--on", "2026-10-05", "--new", stdin=notes)

    status, prep = (
        next(line for line in in_sample(*words).out.splitlines() if "slides" in line)
        for words in (["status"], ["meeting", "prep", "osler"])
    )
    promised = {task["title"]: task["since_on"] for task in in_sample("status", "--json").data["theirs"]}

    assert status.endswith("Send the slides: promised by William Osler 7 weeks ago")
    assert prep.endswith("Send the slides: owed since Mon 5 Oct")
    assert "since Mon 5 Oct" in in_sample("task", "owed").out
    assert promised == {"Send the template": "2026-09-01", "Send the slides": "2026-10-05"}
