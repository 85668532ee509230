"""A rich journal as of Mon 23 Nov 2026: 76 records of a resident's year, with what every export must cope with.

Six mentors (one ended, one invited, one staying in touch), ten goals of every status, tasks and promises kept, late and
open, meetings held, planned, called off and missed, notes of every kind, and four reviews; of each visibility some.
Nothing in it is about a patient.

    contents()  -> what a format is made from        views()  -> the records as views        keep(root) -> write it
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from factories import make_goal, make_meeting, make_mentor, make_note, make_task
from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.domain.reviewing.period import ReviewRequest
from mentorlog.models.goal import Goal, HistoryEntry, Progress, Share
from mentorlog.models.meeting import AgendaItem, Meeting
from mentorlog.models.mentor import Cadence, Closure, Expectations, Fit, Mentor, StatusChange
from mentorlog.models.note import Note, Told
from mentorlog.models.profile import Assessment, Figure, Profile, TimeShare
from mentorlog.models.record import Record, view
from mentorlog.models.review import Discussion, MentorVerdict, Pulse, Review, TaskVerdict, Verdict
from mentorlog.models.task import Defer, Round, Task
from mentorlog.models.views import View
from mentorlog.store.format import toml
from mentorlog.store.journal import Journal
from mentorlog.store.snapshot import Contents, Found
from world import NOW

NIGHTS = "Two months of nights"
LATE_FIGURES = "The figures came late"


def day(text: str) -> date:
    """Return a day such as `3 Nov`, of 2026 unless it says its year."""
    year = "" if text[-4:].isdigit() else " 2026"
    return datetime.strptime(text + year, "%d %b %Y").date()


def morning(on: date) -> datetime:
    """Return when a record of a day was created."""
    return datetime.combine(on, time(9), UTC)


def profile() -> Profile:
    """Return the resident's profile, with every field."""
    ratings = (
        ("2 Jun", "patient care", 3, "PC", "Busy days with help"),
        ("2 Jun", "learning from practice", 2, "PBLI", None),
        ("2 Jun", "reading films", 2, None, "Always with a second reader"),
        ("2 Jun", "scientific writing", 2, None, None),
        ("2 Jun", "teaching", 3, "ICS", None),
        ("20 Nov", "patient care", 3.5, "PC", "Alone on quiet nights"),
        ("20 Nov", "learning from practice", 3, "PBLI", None),
        ("20 Nov", "medical knowledge", 3.5, "MK", "Board questions: 71 of 100"),
        ("20 Nov", "reading films", 4, None, "Ten of ten alone"),
        ("20 Nov", "scientific writing", 2.5, None, "One abstract accepted"),
    )
    figures = (
        ("1 Mar", "In-training exam", 58, 100),
        ("14 Nov", "In-training exam", 71, 100),
        ("31 May", "Central lines", 4, 10),
        ("31 Oct", "Central lines", 9, 10),
        ("31 Oct", "Teaching hours", 12.5, None),
    )
    return Profile(
        name="Elizabeth Blackwell",
        stage="resident",
        level="PGY-2",
        program="Internal Medicine",
        institution="Sample Hospital",
        aims="To run a clinic that teaches, and to publish from it.",
        strengths=("listening", "steady hands", "asking for help early"),
        growth_areas=("scientific writing", "saying no", "reading films fast"),
        values=("candour", "curiosity"),
        needs=("somebody who reads drafts critically",),
        assessments=tuple(
            Assessment(on=day(on), area=area, rating=rating, competency=competency, comment=comment)
            for on, area, rating, competency, comment in ratings
        ),
        numbers=tuple(Figure(on=day(on), name=name, value=value, of=of) for on, name, value, of in figures),
        time=(
            TimeShare(area="clinic and wards", percent=65),
            TimeShare(area="research", percent=20),
            TimeShare(area="teaching", percent=10),
            TimeShare(area="leadership", percent=5),
        ),
    )


def mentors() -> list[Mentor]:
    """Return six mentors and their mentorships."""
    active = (StatusChange(on=day("1 Oct 2025"), status="active"),)
    return [
        make_mentor(
            id="osler", name="William Osler, MD", started=day("1 Oct 2025"), created=morning(day("1 Oct 2025")),
            roles=("advisor", "coach"), domains=("case reports", "bedside teaching"), proximity="same_department",
            email="osler@example.org", phone="+1 555 0100", department="Medicine", institution="Sample Hospital",
            origin="organic", formality="informal", met_via="Rounds", qualities="He looks before he speaks",
            purpose="Writing and judgement at the bedside", visibility="program", status_log=active,
            cadence=Cadence(every_days=28, mode="in_person", minutes=30),
            expectations=Expectations(
                mine=("Honest comments on drafts, however red",), theirs=("One page before each meeting",),
                asked_on=day("1 Oct 2025"), off_limits=("The other residents",), not_looking_for=("A job",),
            ),
            fit=(
                Fit(on=day("2 Jun"), answer="good"),
                Fit(on=day("20 Nov"), answer="good", comment="He asks before he answers"),
            ),
        ),
        make_mentor(
            id="roentgen", name="Wilhelm Conrad Röntgen", nickname="Röntgen", started=day("12 Jan"), roles=("teacher",),
            created=morning(day("12 Jan")), domains=("imaging",), proximity="same_institution", visibility="program",
            cadence=Cadence(every_days=42, longest_days=60, mode="workplace"), introduced_by="osler",
            status_log=(StatusChange(on=day("12 Jan"), status="active"),), term_ends=day("31 Dec"),
            fit=(Fit(on=day("20 Nov"), answer="deciding", comment="Every second month would do"),),
        ),
        make_mentor(
            id="curie", name="Marie Curie", started=day("9 Mar"), roles=("sponsor",), domains=("research",),
            created=morning(day("9 Mar")), proximity="external", model="virtual", cadence=Cadence(every_days=56),
            conflict_of_interest="She sits on the fellowship committee", purpose="A study of my own",
            status_log=(
                StatusChange(on=day("2 Feb"), status="invited"),
                StatusChange(on=day("9 Mar"), status="active", reason="She liked the question"),
            ),
        ),
        make_mentor(
            id="nightingale", name="Florence Nightingale", status="stay_in_touch", started=day("5 Nov 2025"),
            created=morning(day("5 Nov 2025")), roles=("connector",), domains=("statistics", "wards"),
            visibility="program", term_ends=day("30 Jun"),
            status_log=(
                StatusChange(on=day("5 Nov 2025"), status="active"),
                StatusChange(on=day("30 Jun"), status="stay_in_touch", reason="Her term is over"),
            ),
            closure=(Closure(on=day("30 Jun"), kind="completed", worked="Numbers first", lesson="Count early"),),
        ),
        make_mentor(
            id="semmelweis", name="Ignaz Semmelweis", status="ended", started=day("3 Nov 2025"), roles=("teacher",),
            created=morning(day("3 Nov 2025")), visibility="program",
            status_log=(
                StatusChange(on=day("3 Nov 2025"), status="active"),
                StatusChange(on=day("30 Apr"), status="ended", reason="We disagreed about everything"),
            ),
            closure=(
                Closure(on=day("30 Apr"), kind="no_fault", worked="His rigour", did_not="His temper",
                        lesson="Ask for the agreement first", handed_to=("osler",)),
            ),
        ),
        make_mentor(
            id="noether", name="Emmy Noether", status="invited", started=None, created=morning(day("2 Nov")),
            met_via="Her lecture", qualities="She proves what she says",
            status_log=(
                StatusChange(on=day("2 Nov"), status="candidate"),
                StatusChange(on=day("5 Nov"), status="invited", reason="By e-mail"),
            ),
        ),
    ]  # fmt: skip


def _shares(*shares: str) -> tuple[Share, ...]:
    """Return shares from texts such as `osler 3 Nov`, told that day, or `curie`, not told yet."""
    pairs = (share.partition(" ") for share in shares)
    return tuple(Share(mentor=mentor, told_on=day(told) if told else None) for mentor, _, told in pairs)


def goals() -> list[Goal]:
    """Return ten goals."""
    program = {"visibility": "program"}
    return [
        make_goal(
            id="gf2bm", title="Read chest films with confidence", status="achieved", closed_on=day("17 Nov"),
            created=morning(day("12 Jan")), by=day("30 Nov"), competency="PC", domain="diagnostic", horizon="short",
            why="Nights without a second reader", measure="Ten of ten read alone", baseline="Two of ten",
            mentors=_shares("roentgen 12 Jan"), **program,
            progress=(
                Progress(on=day("20 Mar"), percent=40, text="Four of ten"),
                Progress(on=day("18 Sep"), percent=80, text="Eight of ten"),
                Progress(on=day("17 Nov"), percent=100, text="Ten of ten read alone"),
            ),
            history=(
                HistoryEntry(on=day("17 Nov"), field="status", old="active", new="achieved", reason="Ten of ten"),
            ),
        ),
        make_goal(
            id="gc4st", title="Submit a case report", created=morning(day("1 Oct 2025")), by=day("27 Dec"),
            competency="PBLI", domain="research", horizon="short", priority="high", **program,
            why="A first paper of my own", measure="Submitted to a journal", support="An afternoon a week",
            asked_by="osler", mentors=_shares("osler 1 Oct 2025", "nightingale 5 Nov 2025"),
            progress=(
                Progress(on=day("14 Dec 2025"), percent=20, text="Outline"),
                Progress(on=day("4 May"), percent=50),
                Progress(on=day("29 Sep"), percent=70, text="Figures missing"),
            ),
            history=(
                HistoryEntry(
                    on=day("2 Jun"), field="by", old="2026-08-31", new="2026-12-27", reason=LATE_FIGURES, review="r3bcd"
                ),
            ),
        ),
        make_goal(
            id="gs5dy", title="Design a study of my own", created=morning(day("9 Mar")), by=day("27 Feb 2027"),
            domain="research", horizon="long", why="A question from the ward that nobody here has answered",
            asked_by="curie", mentors=_shares("curie 9 Mar"), **program,
            progress=(Progress(on=day("5 Oct"), percent=10, text="The question fits on one line"),),
        ),
        make_goal(
            id="gp6qr", title="Write the study protocol", created=morning(day("5 Oct")), by=day("15 Dec"),
            parent="gs5dy", domain="research", mentors=_shares("curie"), **program,
        ),
        make_goal(
            id="gt7ch", title="Teach the ward round once a month", created=morning(day("2 Jun")), competency="ICS",
            domain="teaching", by=day("30 Jun 2027"), measure="Six rounds", support="A room", **program,
            mentors=_shares("osler 8 Jun"), progress=(Progress(on=day("30 Oct"), percent=50, text="Three rounds"),),
        ),
        make_goal(
            id="gb8rd", title="Pass the boards", created=morning(day("1 Sep")), competency="MK", by=day("15 Aug 2027"),
            measure="A pass", visibility="open",
        ),
        make_goal(
            id="gn9gt", title="Lead the handover project", status="paused", created=morning(day("2 Feb")),
            competency="SBP", domain="leadership", by=day("1 Oct"), **program, mentors=_shares("nightingale 10 Feb"),
            history=(HistoryEntry(on=day("2 Sep"), field="status", old="active", new="paused", reason=NIGHTS),),
        ),
        make_goal(
            id="gk2wn", title="Learn to sew [well] & fast", status="partly", closed_on=day("30 Apr"),
            created=morning(day("3 Nov 2025")), domain="procedural", mentors=_shares("semmelweis 3 Nov 2025"),
            history=(
                HistoryEntry(
                    on=day("30 Apr"), field="status", old="active", new="partly", reason="Well, but not fast"
                ),
            ),
        ),
        make_goal(
            id="gd3rp", title="Write a book chapter", status="dropped", closed_on=day("2 Jun"), domain="research",
            created=morning(day("5 Nov 2025")), mentors=_shares("nightingale"), **program,
            history=(
                HistoryEntry(
                    on=day("2 Jun"), field="status", old="active", new="dropped", reason="Too much", review="r3bcd"
                ),
            ),
        ),
        make_goal(
            id="gv8nt", title="Keep one evening a week free", created=morning(day("2 Jun")), domain="wellbeing",
            visibility="private", why="So that I last",
        ),
    ]  # fmt: skip


def tasks() -> list[Task]:
    """Return what is owed, on both sides: finished, late, open, a draft that is out."""
    made = {"created": morning(day("5 Oct"))}
    return [
        make_task(
            id="tw2bs", title="Send the abstract", goal="gc4st", assigned_by="osler", due=day("6 Dec"), priority="high",
            status="submitted", meeting="mc2tb", instructions="Two hundred and fifty words", deliverable="One page",
            rounds=(
                Round(sent=day("26 Oct"), returned=day("2 Nov"), comment="Shorten the methods"),
                Round(sent=day("16 Nov")),
            ),
            defers=(Defer(on=day("9 Nov"), old=day("13 Nov"), new=day("6 Dec"), reason=LATE_FIGURES),),
            visibility="program", **made,
        ),
        make_task(id="tb3fg", title="Redraw both figures", goal="gc4st", due=day("20 Nov"), visibility="program",
                  **made),
        make_task(id="tc4pr", title="Draft a study protocol", goal="gs5dy", assigned_by="curie", due=day("8 Dec"),
                  status="doing", visibility="program", **made),
        make_task(id="td5rm", title="Book the room for the ward round", goal="gt7ch", visibility="program", **made),
        make_task(id="tf6bk", title="Answer fifty board questions", goal="gb8rd", due=day("30 Nov"), **made),
        make_task(id="tg7fk", title="Read ten films alone", goal="gf2bm", assigned_by="roentgen", status="done",
                  done_on=day("17 Nov"), due=day("20 Nov"), outcome="Ten of ten", visibility="program", **made),
        make_task(id="th8cv", title="Revise my CV", assigned_by="osler", status="done", due=day("1 Sep"),
                  done_on=day("10 Sep"), outcome="One page", created=morning(day("4 Aug"))),
        make_task(id="tj9pv", title="Outline the case report", goal="gc4st", assigned_by="osler", status="done",
                  due=day("20 Dec 2025"), done_on=day("14 Dec 2025"), created=morning(day("1 Dec 2025"))),
        make_task(id="tk2st", title="Count the ward's transfers", helps="nightingale", assigned_by="nightingale",
                  status="done", due=day("30 Apr"), done_on=day("3 May"), created=morning(day("2 Apr"))),
        make_task(id="tm3dr", title="Review the handover sheet", goal="gn9gt", status="dropped",
                  outcome="The project rests", created=morning(day("10 Feb"))),
        make_task(id="tn4ch", title="Send the reporting checklist", owner="osler", goal="gc4st", due=day("9 Nov"),
                  meeting="mc2tb", **made),
        make_task(id="tp5jn", title="Introduce me to the editor", owner="osler", status="done", due=day("1 Oct"),
                  done_on=day("28 Sep"), created=morning(day("8 Sep"))),
        make_task(id="tq6sk", title="Lend me her slides", owner="curie", status="done", due=day("30 Jun"),
                  done_on=day("12 Jul"), created=morning(day("4 Jun"))),
        make_task(id="tr7ft", title="Ask the ethics board", owner="curie", goal="gs5dy", due=day("4 Dec"), **made),
        make_task(id="ts8pv", title="Find an evening course", goal="gv8nt", visibility="private", **made),
    ]  # fmt: skip


def meetings() -> list[Meeting]:
    """Return a year of meetings: held, called off by either side, missed, and planned."""
    agenda = (
        AgendaItem(text="The abstract", goal="gc4st", done=True),
        AgendaItem(text="Keep one evening a week free", goal="gv8nt", done=True),
        AgendaItem(text="Who introduces me?", done=False),
    )
    held = [
        ("mb2fb", "1 Oct 2025", "osler", "first"), ("mb3fc", "12 Nov 2025", "osler", "regular"),
        ("mb4fd", "5 Nov 2025", "nightingale", "first"), ("mb5fg", "3 Nov 2025", "semmelweis", "first"),
        ("mb6fh", "8 Jan", "osler", "regular"), ("mb7fj", "12 Jan", "roentgen", "first"),
        ("mb8fk", "9 Mar", "curie", "first"), ("mb9fm", "20 Mar", "roentgen", "workplace"),
        ("mc2fn", "2 Apr", "nightingale", "regular"), ("mc3fp", "4 May", "osler", "regular"),
        ("mc4fq", "8 Jun", "osler", "regular"), ("mc5fr", "4 Jun", "curie", "regular"),
        ("mc6fs", "4 Aug", "osler", "regular"), ("mc7ft", "8 Sep", "osler", "regular"),
        ("mc8fv", "18 Sep", "roentgen", "workplace"), ("mc9fw", "5 Oct", "curie", "regular"),
    ]  # fmt: skip
    kinds = {"workplace": {"kind": "shadowing", "mode": "workplace"}, "first": {"kind": "first", "mode": "coffee"}}
    made = [
        make_meeting(
            id=id, on=day(on), mentors=(who,), created=morning(day(on)), **kinds.get(kind, {"mode": "in_person"})
        )
        for id, on, who, kind in held
    ]
    return [
        *made,
        make_meeting(
            id="mc2tb", on=day("23 Oct"), at="14:00", minutes=30, mentors=("osler",), mode="in_person", agenda=agenda,
            created=morning(day("20 Oct")), decisions=("Annals first", "No second case in this paper"), usefulness=5,
            feeling="Relieved", notes="He drew the figure on a napkin.\n\nOn teaching: one point, once.",
        ),
        make_meeting(id="mc3tc", on=day("17 Nov"), mentors=("roentgen", "osler"), mode="workplace", kind="group",
                     created=morning(day("17 Nov")), agenda=(AgendaItem(text="Films", goal="gf2bm", done=True),)),
        make_meeting(id="md2cm", on=day("7 Jul"), mentors=("osler",), status="cancelled", cancelled_by="me",
                     mode="in_person", created=morning(day("1 Jul")), notes="Called off: nights"),
        make_meeting(id="md3ct", on=day("3 Nov"), mentors=("curie",), status="cancelled", cancelled_by="them",
                     mode="video", created=morning(day("5 Oct"))),
        make_meeting(id="md4ms", on=day("30 Oct"), mentors=("roentgen",), status="missed", mode="workplace",
                     created=morning(day("18 Sep"))),
        make_meeting(id="mf2pk", on=day("2 Dec"), at="14:00", minutes=45, mentors=("osler",), status="planned",
                     mode="in_person", created=morning(day("16 Nov")),
                     agenda=(AgendaItem(text="Figures", goal="gc4st", done=False),)),
        make_meeting(id="mf3pv", on=day("10 Dec"), at="16:30", mentors=("curie",), status="planned", mode="video",
                     created=morning(day("9 Nov"))),
        make_meeting(id="mf4pd", on=day("15 Dec"), mentors=(), status="planned", kind="group", mode="event",
                     created=morning(day("9 Nov"))),
    ]  # fmt: skip


def notes() -> list[Note]:
    """Return notes of every kind; most are private, as they are when nothing is said."""
    program, mentor = {"visibility": "program"}, {"visibility": "mentor"}

    def make(id: str, on: str, kind: str, text: str, **more: Any) -> Note:
        return make_note(id=id, on=day(on), kind=kind, text=text, created=morning(day(on)), **more)

    return [
        make("nb2wn", "18 Sep", "win", "Signed off for central access", competency="PC", **program),
        make("nb3wn", "14 May", "win", "Poster at the spring meeting", competency="PBLI", goal="gc4st",
             mentors=("osler", "nightingale"), links=("https://example.org/poster",), **program),
        make("nb4wn", "30 Oct", "win", "Three ward rounds taught,\nwith good questions", competency="ICS", goal="gt7ch",
             visibility="open"),
        make("nb5wn", "20 Dec 2025", "win", "First night alone", competency="PC"),
        make("nc2fb", "23 Oct", "feedback", "Shorten the methods: nobody reads two pages of them", competency="ICS",
             mentors=("osler",), meeting="mc2tb", goal="gc4st", status="closed", closed_on=day("16 Nov"),
             outcome="Half a page now; he agreed", **program),
        make("nc3fb", "17 Nov", "feedback", "Say what you see before what you think", mentors=("roentgen",),
             competency="PC", meeting="mc3tc", **program),
        make("nc4fb", "4 Aug", "feedback", "You interrupt", mentors=("osler",), status="closed",
             closed_on=day("8 Sep"), outcome="I count to three"),
        make("nd2wd", "8 Jan", "advice", "Write half a page a day", mentors=("osler",), goal="gc4st", status="closed",
             closed_on=day("4 May"), outcome="It holds when the week does", told=(Told(mentor="osler",
             on=day("4 May")),), **mentor),
        make("nd3wd", "5 Oct", "advice", "Find the statistician before the question", mentors=("curie",), goal="gs5dy",
             **mentor),
        make("nf2qv", "16 Nov", "question", "Which journal after Annals?", mentors=("osler",), goal="gc4st", **mentor),
        make("nf3qv", "9 Mar", "question", "Who owns the data?", mentors=("curie",), status="closed",
             closed_on=day("4 Jun"), outcome="The department", **mentor),
        make("ng2jn", "11 Aug", "introduction", "To the editor of the society's journal", mentors=("osler",), **mentor),
        make("ng3ch", "2 Sep", "change", "Half a page a day, also on nights", goal="gc4st"),
        make("ng4gv", "30 Oct", "given", "Ward teaching for the interns", mentors=("nightingale",), **program),
        make("ng5dc", "2 Jun", "decision", "Research before a chief year", visibility="private"),
        make("ng6rf", "29 Sep", "reflection", "I say yes too fast.\n\nTwice this month I promised what nobody needed."),
        make("ng7nt", "4 Aug", "note", "He draws the differential first.", mentors=("osler",)),
    ]  # fmt: skip


def _reviews(before: list[Record]) -> list[Review]:
    """Return four reviews with the facts of their day."""
    answers: list[dict[str, Any]] = [
        {
            "id": "r3bcd", "on": day("2 Jun"), "kind": "semiannual", "visibility": "program",
            "worked": "Half a page a day", "did_not": "The abstract waited for a free weekend",
            "asks": "Fewer cross-covers in the study month", "next_on": day("1 Sep"),
            "verdicts": (
                Verdict(goal="gf2bm", verdict="keep"),
                Verdict(goal="gc4st", verdict="revise", reason=LATE_FIGURES, changes={"by": day("27 Dec").isoformat()}),
                Verdict(goal="gn9gt", verdict="keep"),
                Verdict(goal="gd3rp", verdict="drop", reason="Too much"),
            ),
            "added_goals": ("gt7ch", "gv8nt"),
        },
        {
            "id": "r4bcf", "on": day("2 Sep"), "kind": "full", "worked": "Mornings", "did_not": "Nights",
            "verdicts": (Verdict(goal="gn9gt", verdict="pause", reason=NIGHTS), Verdict(goal="gc4st", verdict="keep")),
            "tasks": (TaskVerdict(task="th8cv", verdict="defer", due=day("10 Sep"), reason="Nights"),),
            "mentors": (MentorVerdict(mentor="osler", fit="good", cadence_ok=True),),
        },
        {
            "id": "r5bcg", "on": day("1 Nov"), "kind": "quick",
            "worked": "The figures", "changed": "Ask before, not after",
        },
        {
            "id": "r6bch", "on": day("20 Nov"), "kind": "semiannual", "visibility": "program",
            "worked": "One page before each meeting", "did_not": "Nothing was written on nights",
            "changed": "A study of my own is an aim now, no longer a wish", "unlearned": "That drafts must be good",
            "wellbeing": "Tired, and glad of it", "asks": "One protected afternoon a week for the study",
            "next_on": day("30 May 2027"), "notes": "Written in the train.",
            "verdicts": (
                Verdict(goal="gc4st", verdict="keep", reason="Only the figures are missing"),
                Verdict(goal="gs5dy", verdict="keep"),
                Verdict(goal="gt7ch", verdict="keep"),
            ),
            "tasks": (TaskVerdict(task="tb3fg", verdict="keep"),),
            "mentors": (
                MentorVerdict(mentor="osler", fit="good", cadence_ok=True, pulse=Pulse(communication=6, development=7)),
                MentorVerdict(mentor="roentgen", fit="deciding", cadence_ok=False, comment="Every second month"),
            ),
            "added_goals": ("gb8rd",),
            "discussed": (Discussion(mentor="osler", on=day("20 Nov"), comment="The study comes first"),),
        },
    ]  # fmt: skip
    made: list[Review] = []
    for values in answers:
        on, kind = values["on"], values["kind"]
        known = [view(record) for record in [*before, *made] if record.created.date() <= on]
        seen = ReviewFacts(known, ReviewRequest(on, kind))
        made.append(Review(created=morning(on), period=seen.period, facts=seen.facts, **values))
    return made


def records() -> list[Record]:
    """Return all records."""
    before: list[Record] = [*mentors(), *goals(), *tasks(), *meetings(), *notes()]
    return [*before, *_reviews(before)]


def views() -> list[View]:
    """Return the records as views."""
    return [view(record) for record in records()]


def contents() -> Contents:
    """Return the journal as an export reads it."""
    kinds = ("mentor", "goal", "task", "meeting", "note", "review")
    ordered = sorted(records(), key=lambda record: (kinds.index(record.KIND), record.id))
    return Contents(None, profile(), tuple(Found(toml.path_of(record), record) for record in ordered))


def keep(root: Path) -> None:
    """Write it into a journal, as one operation."""

    def put(transaction: Any) -> None:
        transaction.put_profile(profile())
        for record in records():
            transaction.put(record)

    Journal(root, now=datetime.fromisoformat(NOW)).change("rich", put)
