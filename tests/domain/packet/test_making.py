"""What is in a packet: sections with content, for its audience, as of a day; blanks where an answer is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

import rich_journal
from factories import (
    CREATED,
    TODAY,
    make_goal,
    make_meeting,
    make_mentor,
    make_note,
    make_profile,
    make_review,
    make_task,
)
from mentorlog.domain import audience
from mentorlog.domain.audience import PROGRAM, SELF, Audience
from mentorlog.domain.packet.blocks import Blank, Facts, Packet, Prose, Section, Steps, Table
from mentorlog.domain.packet.making import KINDS, SECTIONS, packet
from mentorlog.domain.packet.period import Period
from mentorlog.errors import BadValue
from mentorlog.models.cv import Cv
from mentorlog.models.goal import HistoryEntry, Progress
from mentorlog.models.profile import Assessment, Figure, Profile, TimeShare
from mentorlog.models.record import Record, view
from mentorlog.models.review import Discussion
from mentorlog.store.format.document import profile_view

HALF_YEAR = Period(date(2026, 5, 24), TODAY)
EARLY = datetime(2026, 1, 5, 9, tzinfo=CREATED.tzinfo)
EVERY = tuple(SECTIONS)


def made(
    *records: Record, profile: Profile | None = None, who: Audience = SELF, kind: str = "semiannual", **more: Any
) -> Packet:
    """Return a packet of these records."""
    selection = audience.select(profile_view(profile or Profile()), [view(one) for one in records], who)
    return packet(selection, kind, **{"as_of": TODAY, "period": HALF_YEAR, "also": EVERY, **more})


def section(made: Packet, name: str) -> Section:
    """Return a section by its name."""
    (found,) = [one for one in made.sections if one.name == name]
    return found


def words(blocks: Sequence[Any]) -> list[str]:
    """Return all lines of a section, with `_` for each blank."""
    found: list[str] = []
    for block in blocks:
        match block:
            case Table():
                found += [" | ".join(map(line, row)) for row in block.rows]
            case Facts():
                found += [f"{label}: {line(parts)}" for label, parts in block.pairs]
            case Steps():
                found += [f"[ ] {line(parts)}" for parts in block.items]
            case Prose():
                found.append(f"{block.label}: {block.text}")
            case _ if hasattr(block, "items"):
                found += [f"{line(item.head)}: {item.text} / {line([item.answer])}" for item in block.items]
            case _:
                found.append(line(getattr(block, "text", None) or block.line))
    return found


def line(parts: Sequence[Any]) -> str:
    """Return a line as text."""
    return " ".join(part if isinstance(part, str) else getattr(part, "shown", "") or "_" for part in parts)


def names(made: Packet) -> list[str]:
    """Return the names of the sections."""
    return [one.name for one in made.sections]


# Which sections

FILLING: dict[str, dict[str, Any]] = {
    "aims": {"profile": make_profile(aims="A clinic that teaches")},
    "progress": {"records": [make_goal(id="g2222", created=EARLY)]},
    "competencies": {"records": [make_note(id="n2222", kind="win", competency="PC", text="Signed off")]},
    "strengths": {"profile": make_profile(strengths=("listening",))},
    "skills": {"profile": make_profile(assessments=(Assessment(on=TODAY, area="films", rating=2),))},
    "feedback": {"records": [make_note(id="n2222", kind="feedback", text="Shorten it")]},
    "numbers": {"profile": make_profile(numbers=(Figure(on=TODAY, name="Lines", value=3),))},
    "work": {"records": [make_note(id="n2222", kind="win", text="Signed off")]},
    "mentoring": {"records": [make_mentor()]},
    "wellbeing": {"records": [make_review(id="r2222", wellbeing="Tired")]},
    "plan": {"records": [make_goal(id="g2222", created=EARLY)]},
    "time": {"profile": make_profile(time=(TimeShare(area="clinic", percent=80),))},
    "asks": {"records": [make_review(id="r2222", asks="An afternoon")]},
}


def test_every_section_but_the_lines_to_sign_is_absent_when_empty() -> None:
    """An empty journal has a heading of blanks, a sentence, and where to sign."""
    empty = made()

    assert names(empty) == ["discussed"]
    assert empty.missing == [name for name in EVERY if name != "discussed"]
    assert empty.remark == "Nothing is recorded in this period."
    assert [blank.command for _, blank in empty.blanks] == [
        f"mentorlog profile set {field}=-" for field in ("name", "level", "program")
    ]


@pytest.mark.parametrize("name", FILLING)
def test_a_section_is_there_with_its_content(name: str) -> None:
    """Each of the others appears with one thing to say, and is absent without it."""
    filling = FILLING[name]

    assert name in names(made(*filling.get("records", ()), profile=filling.get("profile")))
    assert name not in names(made(make_note(id="n3333", on=TODAY, text="Something else")))


def test_every_section_has_its_case() -> None:
    """A new section comes with one."""
    assert {*FILLING, "discussed"} == {*SECTIONS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_sections_in_one_order(kind: str) -> None:
    """What a form does not ask for is there only by name."""
    selection = audience.select(profile_view(rich_journal.profile()), rich_journal.views(), SELF)
    plain, more = (packet(selection, kind, as_of=TODAY, period=HALF_YEAR, also=also) for also in ((), EVERY))

    assert names(plain) == [name for name in SECTIONS if name in KINDS[kind].sections]
    assert names(more) == list(SECTIONS)


def test_skills_hold_the_ratings_of_competencies_where_those_are_not_printed() -> None:
    """A rating is in one section, and never lost."""
    rated = make_profile(assessments=(Assessment(on=TODAY, area="patient care", rating=3, competency="PC"),))

    assert "skills" not in names(made(profile=rated, also=()))
    assert words(section(made(profile=rated, kind="ilp", also=()), "skills").blocks) == [
        "patient care | 3 (23 Nov 2026) | – | –"
    ]


# What is in them


def test_a_goal_since_the_last_plan() -> None:
    """Then, now, how often it was moved, and what shows it; what was closed before the period is left out."""
    history = (
        HistoryEntry(on=date(2026, 6, 2), field="by", old="2026-08-31", new="2026-10-01", reason="Late"),
        HistoryEntry(on=date(2026, 9, 2), field="by", old="2026-10-01", new="2026-12-27", reason="Late"),
    )
    steps = (Progress(on=date(2026, 9, 1), percent=50), Progress(on=date(2026, 9, 29), percent=70, text="Figures miss"))
    goal = make_goal(id="g2222", created=EARLY, by=date(2026, 12, 27), history=history, progress=steps)
    closed = make_goal(id="g3333", created=EARLY, status="dropped", closed_on=date(2026, 5, 23))
    new = make_goal(id="g4444", title="Teach", created=datetime(2026, 10, 1, tzinfo=CREATED.tzinfo))
    met = make_meeting(id="m2222", on=date(2026, 11, 2), agenda=())
    task = make_task(id="t2222", goal="g4444", status="done", done_on=date(2026, 11, 3), created=EARLY)

    assert words(section(made(goal, closed, new, met, task), "progress").blocks) == [
        "Submit case report | active | 70%, by 27 Dec 2026 (moved twice) | Figures miss (29 Sep 2026)",
        "Teach | new, 1 Oct 2026 | active | evidence on 3 Nov 2026",
    ]


def test_ratings_before_and_now() -> None:
    """The last before the period and the last; later ones are not known yet."""
    ratings = (
        Assessment(on=date(2026, 1, 2), area="care", rating=2, competency="PC"),
        Assessment(on=date(2026, 5, 2), area="care", rating=3, competency="PC"),
        Assessment(on=date(2026, 7, 2), area="care", rating=3.5, competency="PC"),
        Assessment(on=date(2026, 11, 2), area="care", rating=4, competency="PC"),
    )
    profile = make_profile(assessments=ratings)

    assert words(section(made(profile=profile), "competencies").blocks)[:2] == [
        "Patient care | 3 → 4 | –",
        "Medical knowledge | not rated | –",
    ]
    earlier = made(profile=profile, as_of=date(2026, 8, 1))
    assert words(section(earlier, "competencies").blocks)[0] == "Patient care | 3 → 3.5 | –"


def test_numbers_before_and_now() -> None:
    """Each by its name, with what it is measured against."""
    figures = (
        Figure(on=date(2026, 3, 1), name="Exam", value=58, of=100),
        Figure(on=date(2026, 11, 1), name="exam", value=71.5, of=100),
        Figure(on=date(2026, 11, 1), name="Hours", value=12),
    )

    assert words(section(made(profile=make_profile(numbers=figures)), "numbers").blocks) == [
        "exam | 58 → 71.5 of 100 | 1 Nov 2026",
        "Hours | 12 | 1 Nov 2026",
    ]


def test_wins_stand_under_the_sections_of_the_cv() -> None:
    """In the order of a CV and in its words; those without a place in it come last."""
    places = [
        Cv(section="teaching", title="Reading films", role="Lecturer", venue="Sample Hospital"),
        Cv(section="article", title="A rare cause", state="in_press"),
        Cv(section="article", citation="Blackwell E. A rare cause. 2026."),
    ]
    wins = [make_note(kind="win", on=date(2026, 10, n), text="In my words", cv=cv) for n, cv in enumerate(places, 1)]
    plain = make_note(kind="win", text="Signed off")

    assert words(section(made(*wins, plain), "work").blocks) == [
        "Articles",
        "3 Oct 2026: Blackwell E. A rare cause. 2026. / ",
        "2 Oct 2026: A rare cause (in press) / ",
        "Teaching",
        "1 Oct 2026: Lecturer, Reading films, Sample Hospital / ",
        "Other",
        "23 Nov 2026: Signed off / ",
    ]
    assert words(section(made(plain), "work").blocks) == ["23 Nov 2026: Signed off / "]


def test_mentoring_counts_meetings_of_the_period() -> None:
    """Held, called off and missed, also those that are only counted; those whom I mentor are only counted."""
    days = {"held": 3, "cancelled": 1, "missed": 1}
    meetings = [
        make_meeting(status=status, on=date(2026, 10, 1 + n), cancelled_by="me" if status == "cancelled" else None)
        for status, count in days.items()
        for n in range(count)
    ]
    people = [
        make_mentor(every=28, roles=("advisor", "role_model")),
        make_mentor(id="curie", name="Marie Curie", my_role="mentor"),
        make_mentor(id="noether", name="Emmy Noether", status="ended", closure=()),
    ]

    assert words(section(made(*people, *meetings, who=PROGRAM), "mentoring").blocks) == [
        "William Osler (advisor, role model) | every 4 weeks | 3 held, 1 called off, 1 missed | 3 Oct 2026",
        "I mentor: 1 person",
    ]


def test_the_plan_of_a_goal() -> None:
    """Why, how I will know, support, who asks, and the open steps; a blank for each that is missing."""
    goal = make_goal(id="g2222", title="Teach", why="To learn", asked_by="osler", by=date(2027, 1, 3), created=EARLY)
    tasks = [
        make_task(id="t2222", title="Book a room", goal="g2222", due=date(2026, 12, 1)),
        make_task(id="t3333", title="Lend slides", goal="g2222", owner="osler"),
        make_task(id="t4444", title="Old", goal="g2222", status="done", done_on=TODAY),
    ]
    paused = make_goal(id="g3333", title="Lead", status="paused")
    plan = section(made(make_mentor(), goal, *tasks, paused), "plan")

    assert plan.title == "Plan until 23 May 2027"
    assert words(plan.blocks) == [
        "Teach, by 3 Jan 2027",
        "Why: To learn",
        "I will know by: _",
        "Support I need: _",
        "Who asks me about it: William Osler",
        "[ ] Book a room, by 1 Dec 2026",
        "[ ] Lend slides (William Osler)",
        "Paused: Lead",
    ]
    assert [(blank.command, blank.record) for blank in plan.blanks()] == [
        ("mentorlog set g2222 measure=-", "g2222"),
        ("mentorlog set g2222 support=-", "g2222"),
    ]


def test_a_goal_without_anything_has_a_blank_for_everything() -> None:
    """The date, the answers and the first step; who may ask is one of its mentors."""
    goal = make_goal(id="g2222", title="Teach", mentors=["osler"])

    assert [blank.command for blank in section(made(make_mentor(), goal), "plan").blanks()] == [
        "mentorlog set g2222 by=-",
        "mentorlog set g2222 why=-",
        "mentorlog set g2222 measure=-",
        "mentorlog set g2222 support=-",
        "mentorlog set g2222 asked_by=osler",
        "mentorlog task add - --goal g2222",
    ]


def test_a_request_is_missing_where_something_stood_in_the_way() -> None:
    """Of a review that says what did not work, and not what is asked for."""
    review = make_review(id="r2222", kind="semiannual", did_not="Nights")

    found = section(made(review), "asks")
    assert words(found.blocks) == ["What did not work: Nights", "What I ask for: _"]
    assert [blank.command for blank in found.blanks()] == ["mentorlog set r2222 asks=-"]


def test_what_was_discussed() -> None:
    """With whom, when and what they said; lines to sign always."""
    talk = Discussion(mentor="osler", on=TODAY, comment="The study\ncomes first")

    assert words(section(made(make_mentor(), make_review(discussed=(talk,))), "discussed").blocks) == [
        "William Osler | 23 Nov 2026 | The study comes first",
        "Resident: _ Date: _",
        "For the program: _ Date: _",
    ]
    assert words(section(made(), "discussed").blocks)[0] == "_ | _ | _"


def test_the_next_meeting_with_the_mentor() -> None:
    """For a mentor the packet names the planned meeting, or how to plan one; for the program it is written by hand."""
    meeting = make_meeting(id="m2222", on=date(2026, 12, 2), status="planned")
    osler = Audience("mentor", "osler")

    assert line(made(make_mentor(), meeting, who=osler).about).endswith(
        "for a meeting with William Osler on 2 Dec 2026"
    )
    about = made(make_mentor(), who=osler).about
    assert line(about).endswith("for a meeting with William Osler on _")
    assert [part.command for part in about if isinstance(part, Blank)][-1] == "mentorlog meeting plan osler"
    assert line(made(make_mentor(), meeting, who=PROGRAM).about).endswith("for a meeting with _ on _")


# For whom, and as of when


def test_what_an_audience_does_not_see_is_neither_shown_nor_blank() -> None:
    """The program sees no reasons: a goal without one lacks nothing for it, and one with a reason keeps it."""
    goals = [
        make_goal(id="g2222", title="Teach", visibility="program"),
        make_goal(id="g3333", title="Publish", visibility="program", why="To be read"),
    ]

    shown = words(section(made(*goals, who=PROGRAM), "plan").blocks)
    assert not [text for text in shown if "Why" in text or "To be read" in text]
    assert [text for text in words(section(made(*goals), "plan").blocks) if "Why" in text] == [
        "Why: _",
        "Why: To be read",
    ]


def test_an_answer_that_is_hidden_is_not_missing() -> None:
    """Who asks may be a mentor whom the program must not know; the journal has an answer, so there is no blank."""
    mentor = make_mentor(visibility="private")
    goal = make_goal(id="g2222", visibility="program", asked_by="osler")
    task = make_task(id="t2222", goal="g2222", title="Secret")
    plan = section(made(mentor, goal, task, who=PROGRAM), "plan")

    assert not [text for text in words(plan.blocks) if "Osler" in text or "Who asks" in text or "Secret" in text]
    assert words(plan.blocks)[-1] == "[ ] 1 step"


def test_wellbeing_is_for_nobody_else() -> None:
    """Even in a review that the program reads, and asked for by name."""
    review = make_review(id="r2222", visibility="program", wellbeing="Tired", asks="An afternoon")
    shared = made(review, who=PROGRAM)

    assert "wellbeing" not in names(shared) and "wellbeing" in shared.missing
    assert made(review, who=PROGRAM, also=("wellbeing", "wellbeing")).missing == ["wellbeing"]
    assert words(section(shared, "asks").blocks) == ["What I ask for: An afternoon"]


def test_what_came_later_is_not_known_yet() -> None:
    """As of an earlier day there is nothing that was recorded, held or closed after it."""
    records = [
        make_goal(id="g2222", created=EARLY, status="achieved", closed_on=date(2026, 11, 1)),
        make_goal(id="g3333", title="Later", created=datetime(2026, 11, 1, tzinfo=CREATED.tzinfo)),
        make_note(id="n2222", kind="win", on=date(2026, 11, 1), text="A win", created=EARLY),
        make_note(id="n3333", kind="win", on=date(2026, 9, 1), text="An old win"),
    ]
    earlier = made(*records, as_of=date(2026, 10, 1))

    assert words(section(earlier, "progress").blocks) == ["Submit case report | active | active | –"]
    assert words(section(earlier, "work").blocks) == ["1 Sep 2026: An old win / "]
    assert earlier.as_of == "2026-10-01"


def test_a_period_that_has_not_begun_is_refused() -> None:
    """Nothing can have happened in it."""
    with pytest.raises(BadValue, match="The period begins on Tue 24 Nov 2026, after Mon 23 Nov 2026"):
        made(period=Period(date(2026, 11, 24), date(2026, 12, 31)))


def test_the_same_packet_twice() -> None:
    """The same journal on the same day is the same packet."""
    selection = audience.select(profile_view(rich_journal.profile()), rich_journal.views(), PROGRAM)

    assert packet(selection, "semiannual", as_of=TODAY) == packet(selection, "semiannual", as_of=TODAY)


def test_a_goal_may_have_steps_that_a_mentor_does_not_see() -> None:
    """Then nothing is said of steps, instead of a blank for the first one."""
    goal = make_goal(id="g2222", visibility="open", mentors=["curie"])
    task = make_task(id="t2222", goal="g2222", title="Secret", visibility="private")
    osler = Audience("mentor", "osler")

    for who in (osler, PROGRAM):
        plan = words(section(made(make_mentor(), goal, task, who=who), "plan").blocks)
        assert not [text for text in plan if "[ ]" in text]
    assert words(section(made(make_mentor(), goal, who=osler), "plan").blocks)[-1] == "[ ] _"


def test_who_signs() -> None:
    """The mentor for whom it is, else the program."""
    assert words(section(made(make_mentor(), who=Audience("mentor", "osler")), "discussed").blocks)[2:] == [
        "William Osler: _ Date: _"
    ]
