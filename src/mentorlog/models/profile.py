"""The profile: the resident, in one file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.errors import BadValue, shortened
from mentorlog.fold import folded
from mentorlog.models import fields as f
from mentorlog.models.cv import Cv
from mentorlog.models.record import Conflict, Part, as_data
from mentorlog.models.rules import month_and_day, orcid_id, short_word, wrong_email


@f.declared
class Assessment(Part):
    """A self-assessment of an area on a date, from 1 (beginner) to 5 (could teach it)."""

    on: date = f.required(f.day(past=True, to=f.BOTH))
    area: str = f.required(f.line(to=f.BOTH))
    rating: float = f.required(f.decimal(1, 5, in_halves=True, to=f.BOTH))
    competency: str | None = f.word(vocabulary.COMPETENCIES, to=f.BOTH)
    comment: str | None = f.prose(to=f.BOTH)


@f.declared
class Figure(Part):
    """A number on a date, such as an exam score or a count of procedures, and the number it is measured against."""

    on: date = f.required(f.day(past=True, to=f.PROGRAM))
    name: str = f.required(f.line(to=f.PROGRAM))
    value: float = f.required(f.decimal(to=f.PROGRAM))
    of: float | None = f.decimal(to=f.PROGRAM)


@f.declared
class TimeShare(Part):
    """The share of working time that an area takes."""

    area: str = f.required(f.line(to=f.PROGRAM))
    percent: int = f.required(f.number(0, 100, to=f.PROGRAM))


@f.declared
class Stage(Part):
    """One stage of the career, such as residency, with its level and place; the current one has no end."""

    stage: str = f.required(f.any_word(to=f.BOTH))
    level: str | None = f.line(to=f.BOTH)
    institution: str | None = f.line(to=f.BOTH)
    from_: date | None = f.day(to=f.BOTH)
    to: date | None = f.day(to=f.BOTH)

    def _check(self) -> None:
        _must_follow(self.from_, self.to)


@f.declared
class Block(Part):
    """A rotation, from its first to its last day, and how much time it leaves."""

    name: str = f.required(f.line())
    from_: date = f.required(f.day())
    to: date = f.required(f.day())
    load: str = f.state(vocabulary.BLOCK_LOADS, default="normal")

    def _check(self) -> None:
        _must_follow(self.from_, self.to)

    def overlaps(self, other: Block) -> bool:
        """Return whether a day is in both blocks."""
        return self.from_ <= other.to and other.from_ <= self.to


def _is_earlier(level: str | None, other: str | None) -> bool:
    """Return whether a level is a year of training before another, as far as both have a number."""
    one, two = (re.search("[0-9]+", text or "") for text in (level, other))
    return one is not None and two is not None and int(one[0]) < int(two[0])


def _must_follow(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        sentence = f"to ({dates.say(last)}) is before from ({dates.say(first)})."
        raise BadValue("to", sentence, "check both dates")


@f.declared
class Profile(Part):
    """The resident."""

    KIND = "profile"

    name: str | None = f.line(search=f.TITLE, to=f.BOTH)
    degrees: str | None = f.line(to=f.BOTH)
    stage: str | None = f.any_word(to=f.BOTH)
    level: str | None = f.line(to=f.BOTH)
    program: str | None = f.line(to=f.BOTH)
    institution: str | None = f.line(to=f.BOTH)
    specialty: str | None = f.line(to=f.BOTH)
    email: str | None = f.line(to=f.BOTH)
    orcid: str | None = f.line(to=f.BOTH)
    aims: str | None = f.prose(to=f.BOTH)
    strengths: Sequence[str] = f.texts(to=f.BOTH)
    growth_areas: Sequence[str] = f.texts(to=f.BOTH)
    values: Sequence[str] = f.texts(to=f.BOTH)
    needs: Sequence[str] = f.texts(private=True)
    assessments: Sequence[Assessment] = f.parts(Assessment, key=("on", "area"), to=f.BOTH)
    cv: Sequence[Cv] = f.parts(Cv, key=("section", "title"), to=f.BOTH)
    numbers: Sequence[Figure] = f.parts(Figure, key=("on", "name"), to=f.PROGRAM)
    time: Sequence[TimeShare] = f.parts(TimeShare, key=("area",), to=f.PROGRAM)
    stages: Sequence[Stage] = f.parts(Stage, key=("stage", "from"), to=f.BOTH)
    blocks: Sequence[Block] = f.parts(Block, key=("name", "from"))
    year_starts: str | None = f.line(search=f.NOWHERE)
    training_ends: date | None = f.day()
    known_names: Sequence[str] = f.many(f.line(private=True))
    conflicts: Sequence[Conflict] = f.parts(Conflict, private=True, managed=True)

    def _check(self) -> None:
        if self.email is not None and (wrong := wrong_email(self.email)):
            raise wrong
        if self.orcid is not None:
            orcid_id(self.orcid)
        if self.year_starts is not None:
            month_and_day(self.year_starts, "year_starts")
        for number, entry in enumerate(self.cv, 1):
            if not entry.title and not entry.citation:
                hint = f"set it as well: cv.{number}.title='Doctor of Medicine'"
                raise BadValue(f"cv.{number}.title", f"cv.{number} has neither a title nor a citation.", hint)

    def assessed(
        self, area: str, rating: float, *, on: date, competency: str | None = None, comment: str | None = None
    ) -> Profile:
        """Return the profile with another self-assessment, in order of date."""
        entry = Assessment(on=on, area=area, rating=rating, competency=competency, comment=comment)
        return replace(self, assessments=tuple(sorted((*self.assessments, entry), key=lambda one: one.on)))

    def knowing(self, people: Sequence[str]) -> Profile:
        """Return the profile with more names of people who are no patients, each once."""
        known = {folded(name): name for name in self.known_names}
        for name in people:
            known.setdefault(folded(name), name.strip())
        return replace(self, known_names=tuple(known.values())) if len(known) > len(self.known_names) else self

    def in_block(self, name: str, first: date, last: date, load: str | None = None) -> tuple[Profile, Sequence[Block]]:
        """Return the profile with a block, in order of date, and the blocks of the same name that it replaces.

        These are those that it overlaps; without a load it has theirs, else a normal one.
        """
        if last < first:
            sentence = f"{name} would end on {dates.say(last)}, before it begins on {dates.say(first)}."
            raise BadValue("to", sentence, "swap the two days, or use a later last day")
        values: dict[str, Any] = {"name": name, "from": first, "to": last}
        new = Block(**values)
        old = [one for one in self.blocks if folded(one.name) == folded(name) and one.overlaps(new)]
        new = replace(new, load=load or (old[-1].load if old else new.load))
        if [as_data(one) for one in old] == [as_data(new)]:
            return self, old
        kept = [one for one in self.blocks if one not in old]
        return replace(self, blocks=tuple(sorted((*kept, new), key=lambda one: one.from_))), old

    def without_block(self, name: str, first: date | None = None) -> tuple[Profile, Block]:
        """Return the profile without a block, and that block; of several with this name the first day says which."""
        named = [one for one in self.blocks if folded(one.name) == folded(name)]
        found = [one for one in named if first in (None, one.from_)]
        if not found:
            when = f" that begins on {dates.say(first)}" if first and named else ""
            sentence = f"Your profile has no block {shortened(name)}{when}."
            raise BadValue("name", sentence, "see your blocks: mentorlog profile show")
        if len(found) > 1:
            days = ", ".join(one.from_.isoformat() for one in found)
            sentence = f"{shortened(name)} is the name of {len(found)} blocks."
            raise BadValue("from", sentence, f"pass the first day of one as well: {days}")
        return replace(self, blocks=tuple(one for one in self.blocks if one is not found[0])), found[0]

    def at_stage(
        self, stage: str, *, on: date, level: str | None = None, institution: str | None = None
    ) -> tuple[Profile, Sequence[Stage]]:
        """Return the profile at another stage or level since a day, and the stages that end on the day before.

        Without a level, the same stage keeps its own. A stage that began on that very day is replaced. What the profile
        had without a stage came before, unless it is a later year of the same stage.
        """
        stage = short_word(stage, "stage")
        level = level or (self.level if stage == self.stage else None)
        place = institution or self.institution
        current = [one for one in self.stages if one.to is None]
        is_known = any((one.stage, one.level, one.institution) == (stage, level, place) for one in current)
        if is_known and (stage, level, place) == (self.stage, self.level, self.institution):
            return self, ()
        differs = (stage, level, place) != (self.stage, self.level, self.institution)
        if self.stage and not current and differs and not (stage == self.stage and _is_earlier(level, self.level)):
            current = [Stage(stage=self.stage, level=self.level, institution=self.institution)]
        if late := [one for one in current if one.from_ and one.from_ > on]:
            sentence = f"The stage {late[0].stage} began on {dates.say(late[0].from_ or on)}."
            raise BadValue("on", sentence, "use a later day, or change the stages with: mentorlog edit profile")
        ended = [replace(one, to=on - timedelta(days=1)) for one in current if one.from_ != on]
        values: dict[str, Any] = {"stage": stage, "level": level, "institution": place, "from": on}
        past = [one for one in self.stages if one.to is not None]
        stages = (*past, *ended, Stage(**values))
        return replace(self, stage=stage, level=level, institution=place, stages=stages), ended

    def before(self, area: str, on: date) -> Assessment | None:
        """Return the last assessment of the area, folded, up to a date."""
        wanted = folded(area)
        known = [one for one in self.assessments if folded(one.area) == wanted and one.on <= on]
        return known[-1] if known else None
