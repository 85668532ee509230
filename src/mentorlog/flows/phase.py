"""The phase of a mentorship, from records that a screen has read."""

from __future__ import annotations

from collections.abc import Sequence

from mentorlog.app import App
from mentorlog.domain import computed, phases
from mentorlog.errors import UnknownId

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.phases import Phase
    from mentorlog.models.view_types import GoalView, MentorView, ReviewView


def phase_of(
    app: App, mentor: MentorView, goals: Sequence[GoalView], last_held: str | None, reviews: Sequence[ReviewView]
) -> Phase | None:
    """Return the phase of a mentorship, for the open goals that are shared with the mentor and the newest reviews."""
    moving = computed.moving(goals, app.reading, app.today, app.rules)
    return phases.phase_of(mentor, moving, last_held, reviews, assessed=_assessed(app))


def _assessed(app: App) -> bool:
    """Return whether the profile has a self-assessment; one that cannot be read is not said to have none."""
    try:
        return phases.is_assessed(app.reading.view("profile"))
    except UnknownId:
        return any(problem.path == "profile.toml" for problem in app.reading.problems)
