"""How `show` lays out one record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mentorlog.models.goal import Goal, HistoryEntry, Progress, Share
from mentorlog.models.record import view as view_of
from mentorlog.output.fields import Names
from mentorlog.output.output import Page
from mentorlog.output.screens.record import has_markdown, lines
from mentorlog.output.text import width
from output.payloads import PAYLOADS, acts, bare

NAMES = {
    "osler": "William Osler",
    "curie": "Marie Curie",
    "g7k3q": "Submit case report",
    "t4m2x": "Draft abstract",
}
PIPE = Page(80)
NARROW = Page(40, terminal=True)
COLOURED = Page(80, colour=True, terminal=True)


def show(view: dict[str, Any], page: Page = PIPE, unknown: Collection[str] = (), **more: Any) -> list[str]:
    """Lay out a view with the example people."""
    return lines(view, page, Names(NAMES, unknown), **more)


def goal(**more: Any) -> dict[str, Any]:
    """Make the view of a goal, as the store gives it."""
    record = Goal(id="g7k3q", created=datetime(2026, 11, 22, 10, 44, tzinfo=UTC), title="Submit case report")
    return {**view_of(record), **more}


def test_what_is_not_there() -> None:
    """It was deleted, unless nothing tells that it ever was there."""
    told = show(goal(parent="gzzzz", mentors=[{"mentor": "galen", "told_on": None}]), unknown={"galen"})

    assert "parent      gzzzz (deleted)" in told
    assert "mentors     galen (unknown), not told yet" in told


def test_a_goal_on_a_pipe() -> None:
    """A heading, the fields in their order with aligned values, empty ones left out, prose at the end."""
    record = Goal(
        id="g7k3q",
        created=datetime(2026, 11, 22, 10, 44, tzinfo=UTC),
        title="Submit case report",
        why="It matters",
        by=date(2027, 1, 3),
        parent="gzzzz",
        mentors=[Share(mentor="osler", told_on=date(2026, 11, 2)), Share(mentor="curie")],
        progress=[Progress(on=date(2026, 11, 20), percent=0, text="Begun"), Progress(on=date(2026, 11, 21), text="On")],
        history=[
            HistoryEntry(on=date(2026, 11, 21), field="by", old="2026-12-01", new="2027-01-03", reason="Moved"),
            HistoryEntry(on=date(2026, 11, 22), field="measure", new="Sent", review="r4x2k"),
        ],
        tags=["paper", "block 3"],
        notes="One\n\n- two",
        extra={"my_key": {"a": [1, True]}},
    )

    assert show(view_of(record)) == [
        "Submit case report",
        "goal g7k3q · active",
        "",
        "why         It matters",
        "by          Sun 3 Jan 2027",
        "priority    normal",
        "parent      gzzzz (deleted)",
        "mentors     William Osler (osler), told Mon 2 Nov 2026",
        "            Marie Curie (curie), not told yet",
        "progress    Fri 20 Nov 2026  0%, Begun",
        "            Sat 21 Nov 2026  On",
        "history     Sat 21 Nov 2026  by: Tue 1 Dec 2026 → Sun 3 Jan 2027, Moved",
        "            Sun 22 Nov 2026  measure: none → Sent, review r4x2k",
        "visibility  mentor",
        "tags        paper, block 3",
        "created     Sun 22 Nov 2026 10:44",
        "my key      a: 1, yes",
        "",
        "notes",
        "  One",
        "",
        "  - two",
    ]


def test_a_mentor() -> None:
    """Agreement, cadence, fit and closure read as sentences would."""
    view = {
        "record": "mentor",
        "id": "osler",
        "name": "William Osler",
        "status": "stay_in_touch",
        "proximity": "same_department",
        "roles": ["advisor", "coach"],
        "introduced_by": "curie",
        "cadence": {"every_days": 28, "longest_days": 42, "mode": "in_person", "minutes": 45},
        "expectations": {"mine": ["Answers", "Time"], "theirs": [], "asked_on": "2026-01-02", "off_limits": ["Family"]},
        "status_log": [{"on": "2026-01-01", "status": "stay_in_touch", "reason": "Moved away"}],
        "fit": [{"on": "2026-01-01", "answer": "not_good", "comment": "Too rare"}],
        "closure": [{"on": "2026-02-01", "kind": "moved", "worked": "Drafts", "handed_to": ["curie"]}],
    }

    assert show(view) == [
        "William Osler",
        "mentor osler · stay in touch",
        "",
        "proximity        same department",
        "roles            advisor, coach",
        "introduced by    Marie Curie (curie)",
        "cadence          every 4 weeks, at least every 6 weeks, in person, 45 minutes",
        "my expectations  Answers",
        "                 Time",
        "asked on         Fri 2 Jan 2026",
        "off limits       Family",
        "status log       Thu 1 Jan 2026  stay in touch, Moved away",
        "fit              Thu 1 Jan 2026  not good, Too rare",
        "closed on        Sun 1 Feb 2026",
        "closed as        moved",
        "what worked      Drafts",
        "handed to        Marie Curie (curie)",
    ]


def test_every_end_of_a_mentorship_is_shown() -> None:
    """The last end stands first; what was learned at an earlier one can still be read."""
    ends = [{"on": "2025-01-02", "kind": "completed", "lesson": "Ask"}, {"on": "2026-02-01", "kind": "moved"}]
    said = show({"record": "mentor", "id": "osler", "name": "William Osler", "status": "ended", "closure": ends})

    assert said[-5:] == [
        "closed on  Sun 1 Feb 2026",
        "closed as  moved",
        "closed on  Thu 2 Jan 2025",
        "closed as  completed",
        "lesson     Ask",
    ]


@pytest.mark.parametrize("value", [["a"], [], [3], "x"])
def test_a_closure_is_a_mentors_only(value: Any) -> None:
    """A key of that name in another record is unknown, whatever it holds."""
    assert show(goal(closure=value))


def test_a_task() -> None:
    """Rounds and defers are one line each; the owner is a person."""
    view = {
        "record": "task",
        "id": "t4m2x",
        "title": "Draft abstract",
        "status": "todo",
        "owner": "me",
        "assigned_by": "osler",
        "goal": "g7k3q",
        "instructions": "Read it\naloud",
        "rounds": [
            {"sent": "2026-01-01", "returned": "2026-01-03", "comment": "Shorter"},
            {"sent": "2026-01-05", "returned": None},
        ],
        "defers": [{"on": "2026-01-01", "old": None, "new": "2026-01-09", "reason": "Nights"}],
    }

    assert show(view) == [
        "Draft abstract",
        "task t4m2x · todo",
        "",
        "owner        me",
        "assigned by  William Osler (osler)",
        "goal         g7k3q Submit case report",
        "rounds       sent Thu 1 Jan 2026, returned Sat 3 Jan 2026, Shorter",
        "             sent Mon 5 Jan 2026, not returned yet",
        "defers       Thu 1 Jan 2026  to Fri 9 Jan 2026, Nights",
        "",
        "instructions",
        "  Read it",
        "  aloud",
    ]


def test_a_meeting_shows_the_state_of_its_tasks_beside_their_lines() -> None:
    """An action item that became a task says how the task is; within code, and for other tasks, nothing is added."""
    view = {
        "record": "meeting",
        "id": "m4x2k",
        "on": "2026-11-24",
        "at": "14:00",
        "status": "held",
        "mentors": ["osler", "gone"],
        "mode": "in_person",
        "kind": "regular",
        "decisions": ["Do it", "Not that"],
        "usefulness": 4,
        "agenda": [{"text": "Report", "goal": "g7k3q", "done": True}, {"text": "CV", "goal": None, "done": False}],
        "notes": "- [ ] @me Draft (t4m2x)\n- [x] Other (t9999)\n```\n- [ ] Code (t4m2x)\n```\nsee (t4m2x)",
    }

    assert show(view, states={"t4m2x": "done"}) == [
        "Meeting with William Osler and gone",
        "meeting m4x2k · held · regular · Tue 24 Nov 2026 14:00",
        "",
        "mentors     William Osler (osler)",
        "            gone (deleted)",
        "mode        in person",
        "decisions   Do it",
        "            Not that",
        "usefulness  4 of 5",
        "agenda      [x] Report, goal g7k3q Submit case report",
        "            [ ] CV",
        "",
        "notes",
        "  - [ ] @me Draft (t4m2x) → done",
        "  - [x] Other (t9999)",
        "  ```",
        "  - [ ] Code (t4m2x)",
        "  ```",
        "  see (t4m2x)",
    ]


def test_a_note_begins_with_its_text() -> None:
    """The text of a note is what it is; closed is said only where it was open."""
    view = {
        "record": "note",
        "id": "n4x2k",
        "on": "2026-12-01",
        "kind": "question",
        "status": "open",
        "text": "How do I\nsubmit?",
        "told": [{"mentor": "curie", "on": "2026-12-02"}],
    }

    assert show(view) == [
        "Question",
        "note n4x2k · open · Tue 1 Dec 2026",
        "",
        "How do I",
        "submit?",
        "",
        "told  Marie Curie (curie), Wed 2 Dec 2026",
    ]
    assert show({**view, "kind": "win", "status": "closed"})[:2] == ["Win", "note n4x2k · Tue 1 Dec 2026"]


def test_a_review() -> None:
    """Facts, verdicts and the pulse read as lines."""
    view = {
        "record": "review",
        "id": "r4x2k",
        "on": "2026-12-01",
        "kind": "end_of_block",
        "scope": "g7k3q",
        "added_goals": ["g7k3q"],
        "period": {"start": "2026-09-01", "end": "2026-12-01"},
        "facts": {
            "meetings_held": 0,
            "tasks_done": 3,
            "tasks_open": 1,
            "tasks_late": 0,
            "goals": [{"goal": "g7k3q", "last_evidence": None, "progress": 40}],
        },
        "verdicts": [{"goal": "g7k3q", "verdict": "revise", "reason": "Moved", "changes": {"by": "2027-02-01"}}],
        "tasks": [{"task": "t4m2x", "verdict": "defer", "due": "2026-12-20", "reason": None}],
        "mentors": [
            {"mentor": "osler", "fit": "good", "cadence_ok": False, "pulse": {"communication": 5, "diversity": None}},
            {"mentor": "curie"},
        ],
    }

    assert show(view) == [
        "End of block review",
        "review r4x2k · Tue 1 Dec 2026",
        "",
        "scope           g7k3q Submit case report",
        "added goals     g7k3q Submit case report",
        "period          Tue 1 Sep 2026 to Tue 1 Dec 2026",
        "meetings        none",
        "my tasks        3 done, 1 open",
        "their promises  none",
        "goals           g7k3q Submit case report: no evidence, 40%",
        "verdicts        g7k3q Submit case report: revise, Moved, by = Mon 1 Feb 2027",
        "tasks           t4m2x Draft abstract: defer to Sun 20 Dec 2026",
        "mentors         William Osler (osler): fit good, cadence does not work, pulse: communication 5",
        "                Marie Curie (curie)",
    ]


def test_a_profile_without_a_name() -> None:
    """The profile has no id and needs no name."""
    view = {"record": "profile", "name": None, "assessments": [{"on": "2026-01-01", "area": "Suturing", "rating": 3}]}

    assert show(view) == ["Profile", "profile", "", "assessments  Thu 1 Jan 2026  Suturing 3 of 5"]


def test_unknown_keys_of_an_entry_stand_at_its_end() -> None:
    """What mentorlog does not know is shown all the same, within tables too."""
    view = goal(progress=[{"on": "2026-11-20", "percent": 40, "mood": "calm"}], name="Known otherwise")

    assert "progress    Fri 20 Nov 2026  40%, mood: calm" in show(view)
    assert "name        Known otherwise" in show(view)


def test_values_wrap_beside_their_labels_on_a_narrow_terminal() -> None:
    """At 40 columns nothing is cut: values fold, labels too long for their column stand alone."""
    view = goal(why="Because the program asks for one paper a year", conflict_of_interest="None that I know of")

    shown = show(view, NARROW)

    assert [line for line in shown if width(line) > 40] == []
    assert shown[3:6] == [
        "why           Because the program asks",
        "              for one paper a year",
        "priority      normal",
    ]
    assert shown[-2:] == ["conflict of interest", "              None that I know of"]


def test_markdown_is_laid_out_in_colour_only() -> None:
    """Prose with Markdown in it is rendered on a terminal in colour; elsewhere it is as typed."""
    view = goal(why="**Now**", notes="# Plan\n\nUse `git`")

    assert "  **Now**" in show(view)
    assert "  # Plan" in show(view, Page(80, terminal=True))
    assert "  \x1b[1mNow\x1b[0m" in show(view, COLOURED)
    assert [bare(line) for line in show(view, COLOURED)][-4:] == ["notes", "  Plan", "", "  Use git"]


@pytest.mark.parametrize(
    "text",
    ["# A", "a **b**", "a _b_ c", "`x`", "[a](b)", "> q", "```\nx\n```", "| a |", "x\n---\n", "~~a~~", "__a__", "*a*"],
)
def test_markdown_is_recognised(text: str) -> None:
    """Whatever Markdown shows otherwise than it is typed."""
    assert has_markdown(text)


@pytest.mark.parametrize(
    "text",
    ["Plain.", "- a list\n- reads as typed", "1. first", "snake_case_name", "2 * 3 * 4", "[TODO]", "#tag", "a > b"],
)
def test_plain_prose_is_not_markdown(text: str) -> None:
    """Plain words and lists need no layout, and no slow import."""
    assert not has_markdown(text)


def test_further_sections_follow() -> None:
    """A command may add what it knows: a title and lines, each of a record or of none."""
    shown = show(goal(), also=[("tasks", [("t4m2x", "Draft\x1b abstract")]), ("contact", [("", "not met yet")])])

    assert shown[-6:] == ["", "tasks", "  t4m2x  Draft\\x1b abstract", "", "contact", "  not met yet"]


def test_a_point_that_is_called_like_its_goal_says_it_once() -> None:
    """Planning a meeting about a goal makes a point with the title of the goal."""
    view = {"record": "meeting", "agenda": [{"text": "Submit case report", "goal": "g7k3q", "done": False}]}

    assert show(view)[-1] == "agenda  [ ] Submit case report, goal g7k3q"


def test_what_was_said_of_a_draft_going_and_coming_is_one_entry() -> None:
    """Its paragraphs stand below each other, without a gap that would read as the end of the entry."""
    comment = "Second draft\n\nToo long"
    view = {"record": "task", "rounds": [{"sent": "2026-01-01", "returned": "2026-01-03", "comment": comment}]}

    assert show(view)[-2:] == [
        "rounds  sent Thu 1 Jan 2026, returned Sat 3 Jan 2026, Second draft",
        "        Too long",
    ]


def test_what_goes_on_of_a_further_line_hangs_below_its_words() -> None:
    """The ids stand alone in their column, and a line without one hangs by two cells."""
    long = [
        ("t4m2x", "Draft the abstract and send it to both of them (doing)"),
        ("", "next contact planned on Thu 26 Nov 2026, in 3 days"),
    ]

    assert show(goal(), NARROW, also=[("tasks", long)])[-4:] == [
        "  t4m2x  Draft the abstract and send it",
        "         to both of them (doing)",
        "  next contact planned on Thu 26 Nov",
        "    2026, in 3 days",
    ]


@pytest.mark.parametrize(("text", "shown"), PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("page", [PIPE, NARROW, COLOURED], ids=["pipe", "narrow", "colour"])
def test_nothing_in_a_record_acts(text: str, shown: str, page: Page) -> None:
    """Titles, values, keys, names, prose: all are shown, none is obeyed."""
    view = goal(
        title=text,
        why=text,
        notes=f"# {text}\n\n{text}",
        tags=[text],
        links=[text],
        mentors=[{"mentor": text, "told_on": text}],
        progress=[{"on": text, "text": text, text: text}],
        by=text,
        **{text: text},
    )

    told = lines(view, page, Names({text: text}), also=[(text, [(text, text)])])

    assert acts("\n".join(map(bare, told))) == []
    assert not any("\n" in line for line in told)
    if page is PIPE:
        assert shown in told[0]
