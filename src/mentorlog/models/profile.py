"""The profile: the resident, in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mentorlog import vocabulary
from mentorlog.fold import folded
from mentorlog.models import fields as f
from mentorlog.models.record import Part


@f.declared
class Assessment(Part):
    """A self-assessment of an area on a date, from 1 (beginner) to 5 (could teach it)."""

    on: date = f.required(f.day(past=True))
    area: str = f.required(f.line())
    rating: float = f.required(f.decimal(1, 5, in_halves=True))
    competency: str | None = f.word(vocabulary.COMPETENCIES)
    comment: str | None = f.prose()


@f.declared
class Figure(Part):
    """A number on a date, such as an exam score or a count of procedures, and the number it is measured against."""

    on: date = f.required(f.day(past=True))
    name: str = f.required(f.line())
    value: float = f.required(f.decimal())
    of: float | None = f.decimal()


@f.declared
class TimeShare(Part):
    """The share of working time that an area takes."""

    area: str = f.required(f.line())
    percent: int = f.required(f.number(0, 100))


@f.declared
class Profile(Part):
    """The resident."""

    KIND = "profile"

    name: str | None = f.line(search=f.TITLE)
    stage: str | None = f.any_word()
    level: str | None = f.line()
    program: str | None = f.line()
    institution: str | None = f.line()
    aims: str | None = f.prose()
    strengths: Sequence[str] = f.texts()
    growth_areas: Sequence[str] = f.texts()
    values: Sequence[str] = f.texts()
    needs: Sequence[str] = f.texts(private=True)
    assessments: Sequence[Assessment] = f.parts(Assessment, key=("on", "area"))
    numbers: Sequence[Figure] = f.parts(Figure, key=("on", "name"))
    time: Sequence[TimeShare] = f.parts(TimeShare, key=("area",))

    def assessed(
        self, area: str, rating: float, *, on: date, competency: str | None = None, comment: str | None = None
    ) -> Profile:
        """Return the profile with another self-assessment, in order of date."""
        entry = Assessment(on=on, area=area, rating=rating, competency=competency, comment=comment)
        return replace(self, assessments=tuple(sorted((*self.assessments, entry), key=lambda one: one.on)))

    def before(self, area: str, on: date) -> Assessment | None:
        """Return the last assessment of the area, folded, up to a date."""
        wanted = folded(area)
        known = [one for one in self.assessments if folded(one.area) == wanted and one.on <= on]
        return known[-1] if known else None
