"""A packet of one kind: the semi-annual review, the individual learning plan, or the development plan. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from mentorlog import dates
from mentorlog.domain.audience import Selection
from mentorlog.domain.packet import ahead, past
from mentorlog.domain.packet.blocks import Blank, Block, Line, Packet, Section
from mentorlog.domain.packet.period import Period, default
from mentorlog.domain.packet.source import Source, span
from mentorlog.domain.reviewing.due import STANDS_FOR
from mentorlog.errors import BadValue
from mentorlog.values import Value


class Kind(Value):
    """One kind of packet: its title, the kind of review it is for, its months, and the sections that it has."""

    title: str
    review: str
    months: int
    sections: tuple[str, ...]


_LEARNING = ("aims", "progress", "strengths", "skills", "plan", "discussed")
KINDS = {
    "semiannual": Kind(
        "Semi-annual review",
        "semiannual",
        6,
        (
            *("aims", "progress", "competencies", "strengths", "skills", "feedback", "numbers", "work", "mentoring"),
            *("plan", "asks", "discussed"),
        ),
    ),
    "ilp": Kind("Individual learning plan", "full", 6, _LEARNING),
    "idp": Kind(
        "Individual development plan",
        "annual",
        12,
        ("aims", "progress", "strengths", "skills", "work", "mentoring", "plan", "discussed"),
    ),
}
SECTIONS = {
    "aims": "Where I want to go",
    "progress": "",
    "competencies": "The six competencies",
    "strengths": "Strengths, and where I want to grow",
    "skills": "Skills as I rate them",
    "feedback": "Feedback, and what I did with it",
    "numbers": "Numbers",
    "work": "Work",
    "mentoring": "Mentoring",
    "wellbeing": "How I am",
    "plan": "",
    "time": "How I divide my time",
    "asks": "Barriers, and what I ask of the program",
    "discussed": "Discussion",
}
"""The sections in their order, with their titles; those without one get it from the records."""


def packet(
    selection: Selection, kind: str, *, as_of: date, period: Period | None = None, also: Sequence[str] = ()
) -> Packet:
    """Return a packet of a kind, also with the sections in `also`; one without content is left out.

    Without a period it is that of the last review; BadValue if it begins after the day of the packet.
    """
    of, reviews = KINDS[kind], [one for one in selection.of("review") if one["on"] <= as_of.isoformat()]
    period = period or default(reviews, STANDS_FOR[of.review], of.months, as_of)
    if period.start > as_of:
        days = dates.say(period.start), dates.say(as_of)
        sentence = f"The period begins on {days[0]}, after {days[1]}: nothing has happened in it yet."
        raise BadValue("period", sentence, "use an earlier period, such as half-year")
    source = Source(selection, period, as_of)
    names = [name for name in SECTIONS if name in of.sections or name in also]
    found = [_section(source, name, of, names) for name in names]
    sections = [section for section in found if section.blocks]
    about = _about(source)
    blanks = [("heading", part) for part in about if isinstance(part, Blank)]
    blanks += [(section.name, blank) for section in sections for blank in section.blanks()]
    have = {section.name for section in sections}
    return Packet(
        form=of.title,
        period=span(period.start, period.end),
        about=about,
        sections=sections,
        missing=[name for name in dict.fromkeys(also) if name not in have],
        remark="" if past.anything(source) else "Nothing is recorded in this period.",
        start=source.start,
        end=period.end.isoformat(),
        as_of=source.now,
        blanks=blanks,
    )


def _section(source: Source, name: str, kind: Kind, names: Sequence[str]) -> Section:
    makers: dict[str, Callable[[Source], Iterable[Block]]] = {
        "aims": ahead.aims,
        "progress": past.progress,
        "competencies": past.competencies,
        "strengths": ahead.strengths,
        "skills": partial(past.skills, every="competencies" not in names),
        "feedback": past.feedback,
        "numbers": past.numbers,
        "work": past.work,
        "mentoring": past.mentoring,
        "wellbeing": past.wellbeing,
        "plan": ahead.plan,
        "time": ahead.time,
        "asks": ahead.asks,
        "discussed": ahead.discussed,
    }
    titles = {"progress": past.progress_title(source), "plan": ahead.plan_title(source, kind.months)}
    return Section(name, titles.get(name) or SECTIONS[name], list(makers[name](source)))


def _about(source: Source) -> Line:
    """Return who the packet is about, as of when, and for which meeting."""
    profile = source.profile
    line: list[str | Blank] = []
    name: Line = [profile["name"]] if profile["name"] else source.blank(profile, "name", "my name", _set("name"))
    level = ", ".join(filter(None, [(profile["stage"] or "").replace("_", " "), profile["level"]]))
    grade: Line = [level] if level else source.blank(profile, "level", "my level", _set("level"))
    place = ", ".join(filter(None, [profile["program"], profile["institution"]]))
    where: Line = [place] if place else source.blank(profile, "program", "my program", _set("program"))
    who, when = ahead.next_meeting(source)
    meeting: Line = ["for a meeting with", *who, "on", *when]
    for part in filter(None, [name, grade, where, [f"as of {source.day(source.now)}"], meeting]):
        line += ["·"] if line else []
        line += part  # type: ignore[arg-type]
    return line


def _set(field: str) -> str:
    return f"mentorlog profile set {field}=-"
