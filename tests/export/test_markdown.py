"""The journal as one Markdown document: what it says of each kind of record, in which order, and what it never says."""

from __future__ import annotations

from datetime import date
from typing import Any

from factories import make_goal, make_meeting, make_mentor, make_note, make_profile, make_review, make_task
from mentorlog.domain.query import About
from mentorlog.export.markdown import document
from mentorlog.export.markdown_record import MarkdownNames
from mentorlog.models.goal import HistoryEntry, Progress
from mentorlog.models.meeting import AgendaItem
from mentorlog.models.mentor import Cadence, Closure, Expectations, Fit
from mentorlog.models.profile import Assessment, Profile
from mentorlog.models.record import Part, Record, as_data, json_ready, view
from mentorlog.models.review import MentorVerdict, TaskVerdict, Verdict
from mentorlog.models.task import Defer, Round
from mentorlog.models.views import heading

ON = date(2026, 11, 1)


def shown(
    *records: Record, profile: Part | None = None, hidden: tuple[Record, ...] = (), about: About | None = None
) -> str:
    """The document of these records; hidden ones are private and not exported."""
    views = [view(one) for one in records]
    names = {one["id"]: heading(one) for one in views}
    private = {one.id: one.KIND for one in hidden}
    plain: dict[str, Any] = json_ready(as_data(profile or Profile()))
    return document(plain, views, MarkdownNames(names, private), about or About())


def headings(text: str) -> list[str]:
    """The headings of a document."""
    return [line for line in text.split("\n") if line.startswith("#")]


def test_an_empty_journal_says_so() -> None:
    """There is always a title and a sentence."""
    assert shown() == "# Mentorship journal\n\nNo records yet.\n"


def test_the_sections_and_their_order() -> None:
    """Active mentors and goals come first; meetings, reviews and notes newest first; tasks stand with their goal."""
    text = shown(
        make_note(id="n2222", on=date(2026, 1, 1)),
        make_note(id="n3333", on=date(2026, 2, 1), kind="win"),
        make_review(),
        make_meeting(on=date(2026, 10, 1)),
        make_meeting(on=date(2026, 11, 1)),
        make_task(title="Loose"),
        make_goal(id="g2222", title="Later", by=date(2027, 5, 1)),
        make_goal(id="g3333", title="Sooner", by=date(2027, 1, 1)),
        make_goal(id="g4444", title="Dropped", status="dropped"),
        make_mentor(id="ended", name="Aaron", status="ended"),
        make_mentor(),
        profile=make_profile(),
    )

    assert headings(text) == [
        "# Mentorship journal of Elizabeth Blackwell", "## About me", "## Mentors", "### William Osler", "### Aaron",
        "## Goals", "### Sooner", "### Later", "### Dropped", "## Other tasks", "## Meetings",
        "### Sun 1 Nov 2026, William Osler",
        "### Thu 1 Oct 2026, William Osler", "## Reviews", "### Mon 23 Nov 2026, full review", "## Notes",
        "### Sun 1 Feb 2026, win", "### Thu 1 Jan 2026, note",
    ]  # fmt: skip
    assert text.endswith("\n") and "\n\n\n" not in text


def test_a_goal_tells_its_story() -> None:
    """Its facts, its prose, its tasks, and progress and changes in the order of days."""
    goal = make_goal(
        id="g7k3q", by=date(2027, 1, 3), domain="research", priority="high", mentors=["osler"],
        why="First line\n\n# Not ours", measure="Sent",
        progress=(Progress(on=date(2026, 11, 2), percent=40, text="Half"),),
        history=(HistoryEntry(on=ON, field="by", old="2026-12-01", new="2027-01-03", reason="Format"),),
    )  # fmt: skip
    task = make_task(
        goal="g7k3q", title="Draft *abstract*", owner="osler", due=date(2026, 12, 1), status="submitted",
        rounds=(Round(sent=ON, comment="More\n\nlines"),), defers=(Defer(on=ON, new=date(2026, 12, 1)),),
    )  # fmt: skip

    assert shown(make_mentor(), goal, task).partition("## Goals\n\n")[2] == (
        "### Submit case report\n\n- Status: active\n- By: Sun 3 Jan 2027\n- Priority: high\n- Area: research\n"
        "- With: William Osler\n\n**Why**\n\nFirst line\n\n#### Not ours\n\n**Measure**: Sent\n\n"
        "**Tasks**\n\n- [ ] Draft \\*abstract\\* (owed by William Osler, due Tue 1 Dec 2026, submitted)\n"
        "  - Sent Sun 1 Nov 2026:\n\n    More\n\n    lines\n  - Sun 1 Nov 2026, deferred to Tue 1 Dec 2026\n\n"
        "**History**\n\n- Sun 1 Nov 2026, by from Tue 1 Dec 2026 to Sun 3 Jan 2027: Format\n"
        "- Mon 2 Nov 2026, 40%: Half\n"
    )


def test_everything_of_a_mentor_and_a_meeting() -> None:
    """With --include-private also what ended it, how it fitted, and how a meeting felt."""
    mentor = make_mentor(
        roles=("advisor",), email="osler@example.org", cadence=Cadence(every_days=28, mode="phone", minutes=20),
        expectations=Expectations(mine=("Drafts <early>",), theirs=("Honesty",), asked_on=ON, off_limits=("Family",)),
        fit=(Fit(on=ON, answer="not_good", comment="Too far"),), conflict_of_interest="Examines me",
        closure=(
            Closure(on=ON, kind="no_fault", lesson="Ask earlier", handed_to=("curie",)),
            Closure(on=ON, kind="drifted", reasons=("time",), worked="Short meetings", thanked_on=ON),
        ),
        links=("https://a_b", "~/x"),
    )  # fmt: skip
    meeting = make_meeting(
        agenda=(AgendaItem(text="One", done=True),), decisions=("Two",), usefulness=4, feeling="Tired",
        kind="first", minutes=30, at="14:00", place="Room [4]", notes="Said `this`",
    )  # fmt: skip

    text = shown(mentor, meeting)

    for words in (
        "- Meetings: every 4 weeks, phone, 20 minutes",
        "**What I expect**", "- Drafts \\<early\\>", "**What they expect, asked on Sun",
        "- Family", "- Sun 1 Nov 2026, not good: Too far", "**Conflict of interest**: Examines me",
        "- Links: <https://a_b>, \\~/x",
        "**Ended** on Sun 1 Nov 2026, no fault, handed to curie (deleted)", "**Lesson**: Ask earlier",
        "**Ended** on Sun 1 Nov 2026, drifted, time, thanked on Sun 1 Nov 2026\n\n**What worked**: Short meetings",
        "Held, first, in person, 14:00, 30 minutes, Room \\[4\\].", "- [x] One", "- Two", "- Usefulness: 4 of 5",
        "**Feeling**: Tired",
        "**Notes**: Said `this`", "- Contact: osler@example.org",
    ):  # fmt: skip
        assert words in text


def test_a_review_and_a_profile() -> None:
    """Verdicts with what they changed, and how I rated myself."""
    review = make_review(
        verdicts=(
            Verdict(goal="g7k3q", verdict="revise", reason="Format", changes={"by": "2027-02-01"}, clear=("why",)),
        ),
        tasks=(TaskVerdict(task="t4m2x", verdict="defer", due=date(2026, 12, 20)),),
        mentors=(MentorVerdict(mentor="osler", fit="good", cadence_ok=False),),
        added_goals=("g7k3q",), worked="Short meetings", next_on=date(2027, 3, 1),
    )  # fmt: skip
    profile = make_profile(
        strengths=("listens",), assessments=(Assessment(on=ON, area="Films", rating=2, comment="So"),)
    )

    text = shown(make_mentor(), make_goal(id="g7k3q"), make_task(id="t4m2x"), review, profile=profile)

    for words in (
        "- Submit case report, revise (by = Mon 1 Feb 2027, why cleared): Format",
        "- Draft abstract, defer to Sun 20 Dec 2026", "- William Osler, fit good, cadence does not work",
        "**What worked**: Short meetings", "- Next review: Mon 1 Mar 2027", "- Strengths: listens",
        "- Sun 1 Nov 2026, Films 2 of 5: So",
    ):  # fmt: skip
        assert words in text


def test_a_private_record_is_never_named() -> None:
    """What others say of a private record that stays at home says that it is one, and no more."""
    secret = make_goal(id="gx222", title="Leave the program", visibility="private")
    person = make_mentor(id="freud", name="Sigmund Freud", visibility="private")
    task = make_task(goal="gx222", assigned_by="freud", title="Read")
    meeting = make_meeting(mentors=("osler", "freud"), agenda=(AgendaItem(text="Talk", goal="gx222"),))

    text = shown(make_mentor(), task, meeting, make_goal(mentors=["freud"]), hidden=(secret, person))

    assert "Freud" not in text and "freud" not in text and "Leave" not in text and "gx222" not in text
    assert "William Osler and a private mentor" in text
    assert "## Other tasks\n\n- [ ] Read (assigned by a private mentor)" in text


def test_what_was_asked_for_is_said() -> None:
    """A document of a part says of which."""
    about = About(mentors=("osler",), since="2026-11-01", until="2026-11-23")

    text = shown(make_mentor(), about=about)

    assert "\n\nOnly with William Osler from Sun 1 Nov 2026 until Mon 23 Nov 2026.\n\n" in text


def test_an_open_fence_ends_with_its_record() -> None:
    """A code block that one note leaves open does not swallow the next one."""
    text = shown(make_note(on=date(2026, 2, 1), text="```\nopen"), make_note(on=date(2026, 1, 1), text="Next"))

    assert "```\nopen\n```\n\n### Thu 1 Jan 2026, note\n\nNext\n" in text
