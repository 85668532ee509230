"""What there is to prepare for a meeting."""

from __future__ import annotations

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain.query import Query

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.domain.preparing import PrepSheet
    from mentorlog.models.view_types import MentorView


def prepare(app: App, mentor: MentorView) -> PrepSheet:
    """Return what there is to prepare for a meeting with a mentor."""
    from mentorlog.domain import computed, preparing

    find, who = app.reading.find, (mentor["id"],)
    tasks = find(Query("task", statuses=vocabulary.OPEN_TASKS)) + find(Query("task", mentors=who))
    tasks = list({task["id"]: task for task in tasks}.values())
    records = preparing.Records(
        meetings=find(Query("meeting", mentors=who)),
        goals=find(Query("goal", mentors=who)),
        tasks=computed.tasks(tasks, app.reading, app.today),
        notes=find(Query("note", kinds=("question", "change"), statuses=("open",))),
    )
    return preparing.gather(mentor, records, app.today)
