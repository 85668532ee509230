"""A sample year for the tour: Elizabeth Blackwell, resident, and her mentors. Invented, and relative to today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypeVar

from mentorlog.domain.reviewing.facts import ReviewFacts
from mentorlog.models.goal import Goal, HistoryEntry, Progress, Share
from mentorlog.models.meeting import AgendaItem, Meeting
from mentorlog.models.mentor import Cadence, Expectations, Mentor
from mentorlog.models.note import Note
from mentorlog.models.profile import Assessment, Profile
from mentorlog.models.record import Record, view
from mentorlog.models.review import MentorVerdict, Review, Verdict
from mentorlog.models.task import Defer, Round, Task

R = TypeVar("R", bound=Record)

CASE, FILMS, STUDY, EVENING = "gc4s2", "gf7km", "gs5dy", "gv8nt"
CV, PROTOCOL, ABSTRACT, CHECKLIST = "tc7vr", "tp3tc", "tb4st", "tk8st"

OSLER_FIRST = """\
He asked what I want to be able to do in a year, and waited for the answer.

- Case report first: it is small, and it teaches how a paper is made
- Revise the CV before anything else; he wants it **on one page**
"""

OSLER_LAST = """\
| Journal | Words | Answers within |
|---|--:|---|
| Annals | 1,500 | 6 weeks |
| Quarterly | 2,500 | 3 months |

We chose the first. He reads what I send him within a week.

- [ ] @me Send the abstract (tb4st)
- [ ] @them Send the reporting checklist (tk8st)
"""

CURIE_FIRST = """\
She drew the whole study on half a page: question, patients, measure, what could go wrong.

> Write the protocol as if you would hand it to somebody else tomorrow.
"""

PROTOCOL_FIRST = "The protocol comes first, the ethics board after it"
NO_MISS = "Ten films in a row, none missed. He shook my hand."
FRIGHTENED = "The protocol frightens me more than the case report did. Half a page a day, then."

_OPEN = {"status": "open"}
_SHARED = {"visibility": "mentor"}


class Days(NamedTuple):
    """The days of the sample, counted back from today."""

    today: date
    now: datetime

    def ago(self, days: int) -> date:
        """Return the day so many days ago; below zero it is to come."""
        return self.today - timedelta(days=days)

    def made(self, kind: Callable[..., R], id: str, days: int, /, **fields: Any) -> R:
        """Return a record that was written on the morning so many days ago."""
        return kind(id=id, created=datetime.combine(self.ago(days), time(9), self.now.tzinfo), **fields)


class Sample(NamedTuple):
    """The year: the profile, and the records."""

    profile: Profile
    records: Sequence[Record]


def year(today: date, now: datetime) -> Sample:
    """Return a year of mentorship that ends today."""
    days = Days(today, now)
    records = [*_mentors(days), *_goals(days), *_tasks(days), *_meetings(days), *_notes(days)]
    return Sample(_profile(days), [*records, _review(days, records)])


def _profile(days: Days) -> Profile:
    return Profile(
        name="Elizabeth Blackwell",
        stage="resident",
        program="Internal Medicine",
        institution="Sample Hospital",
        strengths=("listens", "writes every day"),
        growth_areas=("research", "speaking up"),
        needs=("somebody who reads my drafts", "an introduction to research"),
        assessments=(
            Assessment(on=days.ago(340), area="reading chest films", rating=2),
            Assessment(on=days.ago(30), area="reading chest films", rating=4, comment="I look for the second finding"),
        ),
    )


def _mentors(days: Days) -> list[Mentor]:
    return [
        days.made(
            Mentor, "osler", 345, name="William Osler, MD", roles=("advisor", "sponsor"), started=days.ago(345),
            department="Medicine", proximity="same_department", formality="formal", origin="assigned",
            domains=("case reports", "bedside teaching"), purpose="From the bedside to a first paper.",
            cadence=Cadence(every_days=28, longest_days=42, mode="in_person", minutes=30),
            expectations=Expectations(
                mine=("the draft two days before we meet",), theirs=("an honest answer, also a short one",),
                asked_on=days.ago(345), off_limits=("who is on which list",),
            ),
        ),
        days.made(
            Mentor, "roentgen", 330, name="Wilhelm Röntgen", roles=("teacher",), started=days.ago(330),
            department="Radiology", proximity="same_institution", formality="informal", origin="self_selected",
            domains=("chest films",), cadence=Cadence(every_days=42, mode="workplace"),
        ),
        days.made(
            Mentor, "curie", 150, name="Marie Curie", roles=("coach",), started=days.ago(120), introduced_by="osler",
            department="Research", proximity="external", formality="informal", domains=("study design",),
            met_via="Osler introduced us after his rounds", cadence=Cadence(every_days=60, mode="video"),
        ),
        days.made(
            Mentor, "nightingale", 320, name="Florence Nightingale", roles=("consultant",), started=days.ago(320),
            status="stay_in_touch", domains=("statistics", "quality improvement"), proximity="external",
        ),
    ]  # fmt: skip


def _goals(days: Days) -> list[Goal]:
    return [
        days.made(
            Goal, CASE, 340, title="Submit a case report", by=days.ago(-28), domain="research", competency="PBLI",
            why="To learn how a paper is made, from the first line to the last revision.",
            measure="The journal says that it has it.", mentors=(Share(mentor="osler", told_on=days.ago(340)),),
            progress=(
                Progress(on=days.ago(200), percent=30, text="The case is written down"),
                Progress(on=days.ago(61), percent=70, text="Discussion finished, figures missing"),
            ),
            history=(
                HistoryEntry(
                    on=days.ago(14), field="by", old=days.ago(14).isoformat(), new=days.ago(-28).isoformat(),
                    reason="The figures took longer than the text",
                ),
            ),
        ),
        days.made(
            Goal, FILMS, 330, title="Read chest films with confidence", by=days.ago(-5), domain="diagnostic",
            competency="PC", measure="Forty films with Röntgen, the last ten without a miss.",
            mentors=(Share(mentor="roentgen", told_on=days.ago(330)),),
            progress=(Progress(on=days.ago(90), percent=75), Progress(on=days.ago(12), percent=100, text="Ten of ten")),
        ),
        days.made(
            Goal, STUDY, 118, title="Design a study of my own", by=days.ago(-60), domain="research", horizon="long",
            why="A question from the ward that nobody here has answered.",
            mentors=(Share(mentor="curie", told_on=days.ago(110)), Share(mentor="osler")),
        ),
        days.made(
            Goal, EVENING, 183, title="Keep one evening a week free", domain="wellbeing", priority="low",
            measure="Four in a month.", progress=(Progress(on=days.ago(120), text="Three in four weeks"),),
        ),
    ]  # fmt: skip


def _tasks(days: Days) -> list[Task]:
    return [
        days.made(
            Task, CV, 340, title="Revise your CV", assigned_by="osler", due=days.ago(320), status="done",
            instructions="One page. What you did, not where you stood.", deliverable="CV, one page",
            rounds=(Round(sent=days.ago(332), returned=days.ago(326), comment="Shorter"), Round(sent=days.ago(321))),
            done_on=days.ago(318), outcome="He sent it on with the introduction.", meeting="mf2rs",
        ),
        days.made(
            Task, PROTOCOL, 110, title="Draft a study protocol", assigned_by="curie", due=days.ago(-9), status="doing",
            goal=STUDY, deliverable="Two pages", meeting="mc4rn",
            rounds=(Round(sent=days.ago(40), returned=days.ago(33), comment="The question first, then the method"),),
        ),
        days.made(
            Task, ABSTRACT, 37, title="Send the abstract", assigned_by="osler", goal=CASE, due=days.ago(4),
            meeting="mb9st", defers=(Defer(on=days.ago(14), old=days.ago(14), new=days.ago(4), reason="Night shifts"),),
        ),
        days.made(
            Task, CHECKLIST, 37, title="Send the reporting checklist", owner="osler", goal=CASE, due=days.ago(20),
            meeting="mb9st",
        ),
        days.made(
            Task, "tn6tr", 316, title="Introduce me to somebody who designs studies", owner="osler", status="done",
            done_on=days.ago(150), outcome="Marie Curie",
        ),
        days.made(
            Task, "tw5xr", 55, title="Look at ten films alone, then with him", assigned_by="roentgen", goal=FILMS,
            status="done", done_on=days.ago(12), outcome="Ten of ten",
        ),
        days.made(Task, "th4jp", 55, title="Lend me the teaching file", owner="roentgen", goal=FILMS),
    ]  # fmt: skip


def _meetings(days: Days) -> list[Meeting]:
    case = (AgendaItem(text="Case report: how far", goal=CASE, done=True),)
    films = (AgendaItem(text="Ten films", goal=FILMS, done=True),)
    held: list[tuple[str, int, str, dict[str, Any]]] = [
        ("mf2rs", 340, "osler", {"kind": "first", "notes": OSLER_FIRST}),
        ("mh3bt", 308, "osler", {"agenda": case}),
        ("mj4cv", 300, "roentgen", {"agenda": films, "mode": "workplace"}),
        ("mk5dw", 278, "osler", {"agenda": case}),
        ("mm6fx", 251, "osler", {"agenda": case}),
        ("mn7gy", 240, "roentgen", {"agenda": films, "mode": "workplace"}),
        ("mp8hz", 222, "osler", {"agenda": case, "decisions": ("One case, not three",)}),
        ("mq9jb", 190, "roentgen", {"agenda": films, "mode": "workplace"}),
        ("mr2kc", 160, "osler", {"agenda": case}),
        ("ms3md", 130, "osler", {}),
        ("mc4rn", 110, "curie", {"kind": "first", "mode": "video", "notes": CURIE_FIRST}),
        ("mt4nf", 96, "osler", {"agenda": case}),
        ("mv5pg", 92, "roentgen", {"agenda": films, "mode": "workplace"}),
        ("mw6qh", 66, "osler", {"agenda": case}),
        ("mx7rj", 55, "roentgen", {"agenda": films, "mode": "workplace"}),
        ("mb9st", 37, "osler", {"agenda": case, "notes": OSLER_LAST, "decisions": ("Annals first",), "minutes": 35}),
    ]
    found = [
        days.made(Meeting, id, ago, on=days.ago(ago), status="held", mentors=(mentor,), **more)
        for id, ago, mentor, more in held
    ]
    off: dict[str, Any] = {"status": "cancelled", "cancelled_by": "them", "notes": "Cancelled by them: on call"}
    return [
        *found,
        days.made(Meeting, "my8sk", 200, on=days.ago(195), mentors=("osler",), **off),
        days.made(Meeting, "mz9tm", 20, on=days.ago(2), mentors=("curie",), mode="video"),
        days.made(Meeting, "md2vn", 14, on=days.ago(-3), at="14:00", mentors=("osler",)),
    ]


def _notes(days: Days) -> list[Note]:
    osler, both = ("osler",), ("osler", "curie")
    return [
        days.made(Note, id, ago, on=days.ago(ago), kind=kind, mentors=mentors, text=text, **more)
        for id, ago, kind, mentors, text, more in (
            ("nq3wp", 21, "question", osler, "Who should be the last author?", _OPEN | _SHARED),
            ("nr4xq", 12, "win", ("roentgen",), NO_MISS, {"goal": FILMS, **_SHARED}),
            ("ns5yr", 66, "feedback", osler, "I answer before the patient has finished the sentence.", _OPEN),
            ("nt6zs", 110, "introduction", both, "Osler introduced me to Curie; thanked him the same day.", _SHARED),
            ("nv7bt", 8, "reflection", (), FRIGHTENED, {}),
        )
    ]


def _review(days: Days, records: Sequence[Record]) -> Review:
    """The reassessment of half a year ago, with the facts as they were."""
    on = days.ago(183)
    known = [view(record) for record in records if record.created.date() <= on]
    picture = ReviewFacts(known, on=on)
    verdicts = (Verdict(goal=CASE, verdict="keep"), Verdict(goal=FILMS, verdict="keep"))
    return days.made(
        Review, "rh2fy", 183, on=on, kind="semiannual", period=picture.period, facts=picture.facts, verdicts=verdicts,
        mentors=(MentorVerdict(mentor="osler", fit="good", cadence_ok=True),), added_goals=(EVENING,),
        worked="A fixed day each month", did_not="Nobody for the study yet", next_on=days.ago(1),
    )  # fmt: skip


def answers(today: date) -> str:
    """Return the answers of the reassessment that the tour holds today, as their file would be."""
    due, by, grand_rounds, next_on = (today + timedelta(days=days) for days in (7, 90, 150, 182))
    return f"""\
kind = "semiannual"
worked = "Half a page a day"
did_not = "The abstract waited for a free weekend"
changed = "A study of my own is an aim now, no longer a wish"
next_on = {next_on}
verdicts = [
  {{ goal = "{CASE}", verdict = "keep" }},
  {{ goal = "{FILMS}", verdict = "achieved", reason = "Ten of ten, read alone" }},
  {{ goal = "{STUDY}", verdict = "revise", reason = "{PROTOCOL_FIRST}", changes = {{ by = {by} }} }},
  {{ goal = "{EVENING}", verdict = "pause", reason = "Two months of nights" }},
]
tasks = [{{ task = "{ABSTRACT}", verdict = "defer", due = {due}, reason = "With the figures" }}]
mentors = [
  {{ mentor = "osler", fit = "good", cadence_ok = true }},
  {{ mentor = "roentgen", fit = "good", cadence_ok = false, comment = "Every second month is enough from now on" }},
]
add_goals = [{{ title = "Present at grand rounds", by = {grand_rounds}, with = ["osler"] }}]
"""
