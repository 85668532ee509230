"""What was rated more than once: the areas of the profile, the pulse of a mentorship. Pure."""

from __future__ import annotations

from mentorlog.fold import folded
from mentorlog.models.views import View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mentorlog.models.view_types import ProfileView, ReviewView


def ratings(profile: ProfileView) -> dict[str, list[float]]:
    """Return the ratings of each area by date; an area is called as in its last rating."""
    by_area: dict[str, list[float]] = {}
    names: dict[str, str] = {}
    for one in sorted(profile["assessments"], key=lambda one: one["on"]):
        by_area.setdefault(folded(one["area"]), []).append(one["rating"])
        names[folded(one["area"])] = one["area"]
    return {names[area]: rated for area, rated in by_area.items()}


def pulses(reviews: Iterable[ReviewView], mentor: str) -> list[View]:
    """Return the pulse of a mentorship in each review that has one, with its day and the id of the review."""
    found = [
        {"on": review["on"], "review": review["id"], **entry["pulse"]}
        for review in sorted(reviews, key=lambda one: (one["on"], one["created"], one["id"]))
        for entry in review["mentors"]
        if entry["mentor"] == mentor and entry["pulse"]
    ]
    return [one for one in found if _aspects(one)]


def by_aspect(pulse: Sequence[View]) -> dict[str, list[int]]:
    """Return the values of each aspect of a pulse, the oldest first."""
    found: dict[str, list[int]] = {}
    for one in pulse:
        for aspect, value in _aspects(one).items():
            found.setdefault(aspect, []).append(value)
    return found


def _aspects(pulse: View) -> dict[str, int]:
    return {key: value for key, value in pulse.items() if isinstance(value, int) and key not in ("on", "review")}
