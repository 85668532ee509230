"""The profile: the resident, in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mentorlog.models.frozen import dataclass
from mentorlog.models.record import Part


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Assessment(Part):
    """How I rate myself in an area on a day, 1 (begun) to 5 (could teach it)."""

    ONE_LINE = ("area",)
    RANGES = {"rating": (1, 5)}

    on: date
    area: str
    rating: int
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Profile(Part):
    """The resident."""

    KIND = "profile"
    PARTS = {"assessments": Assessment}
    ONE_LINE = ("name", "program", "institution")
    OPEN = ("stage",)

    name: str | None = None
    stage: str | None = None
    program: str | None = None
    institution: str | None = None
    strengths: Sequence[str] = ()
    growth_areas: Sequence[str] = ()
    values: Sequence[str] = ()
    needs: Sequence[str] = ()
    assessments: Sequence[Assessment] = ()

    def assessed(self, area: str, rating: int, *, on: date, comment: str | None = None) -> Profile:
        """Return the profile with one more self-assessment, in the order of days; BadValue where it is not 1 to 5."""
        entry = Assessment(on=on, area=area, rating=rating, comment=comment)
        return replace(self, assessments=tuple(sorted((*self.assessments, entry), key=lambda one: one.on)))

    def before(self, area: str, on: date) -> Assessment | None:
        """Return the last assessment of the area up to a day, None where there is none; capitals do not matter."""
        wanted = area.strip().casefold()
        known = [one for one in self.assessments if one.area.strip().casefold() == wanted and one.on <= on]
        return known[-1] if known else None
