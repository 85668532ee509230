"""The recap of a meeting, as plain text for an e-mail to those who were there; made from a template."""

from __future__ import annotations

from typing import Any

from mentorlog import dates
from mentorlog.errors import joined
from mentorlog.export.plain_text import TemplateKind, fill
from mentorlog.names import addressed
from mentorlog.output.text import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from mentorlog.domain.recap import Recap
    from mentorlog.export.templates import Names, Template
    from mentorlog.models.view_types import MeetingView, TaskView

NAMES = {
    "to": "The names of the mentors at the meeting, without degrees: `William Osler and Marie Curie`",
    "mentors": "The same names as a list",
    "mentoring": "Whether you mentor all of them",
    "me": "Your name from the profile; empty if it has none",
    "meeting.date": "The date of the meeting: `Fri 23 Oct 2026`",
    "meeting.day": "The same without the year: `Fri 23 Oct`",
    "meeting.time": "Its time: `14:00`; empty if it has none",
    "decisions": "A list of what was decided",
    "mine": "A list of your tasks from the meeting, each with the next four",
    "theirs": "A list of the mentors' promises, each with the next four",
    "task.title": "What is to be done",
    "task.due": "The date it is due: `Sun 6 Dec 2026`; empty if it has none",
    "task.done": "Whether it is done",
    "task.who": "Who promised it; empty for a task of yours",
    "next": "Whether the next meeting with all of them is planned",
    "next.date": "Its date",
    "next.day": "Its date without the year",
    "next.time": "Its time; empty if it has none",
}
"""What a template may name. A task is called as the loop over `mine` or `theirs` calls it."""

BUILT_IN = """\
{# The recap of a meeting. A template may name:
   to, mentors, mentoring, me, meeting.date, meeting.day, meeting.time, decisions, mine, theirs, next.date, next.day,
   next.time, and of each task in mine and theirs: title, due, done, who #}
Subject: Our meeting on {{ meeting.date }}

Dear {{ to }},

Thank you for {{ "our meeting" if mentoring else "your time" }} on {{ meeting.day }}. \
Here is what I noted; please correct me where I am wrong.
{% if decisions %}

What we decided:
{% for decision in decisions %}
- {{ decision }}
{% endfor %}
{% endif %}
{% if mine %}

I will:
{% for task in mine %}
- {{ task.title }}{% if task.due %}, by {{ task.due }}{% endif %}{% if task.done %} (done){% endif %}
{% endfor %}
{% endif %}
{% if theirs %}

{% if mentoring %}You will:{% else %}You kindly offered to:{% endif %}
{% for task in theirs %}
- {{ task.title }}{% if task.due %}, by {{ task.due }}{% endif %}
{%- if task.done %} (done){% endif %}
{%- if mentors|length > 1 %} ({{ task.who }}){% endif %}
{% endfor %}
{% endif %}
{% if next %}

Our next meeting is on {{ next.date }}{% if next.time %} at {{ next.time }}{% endif %}.
{% endif %}
{% if me %}

{{ me }}
{% endif %}
"""


_BARE: Names = {
    "to": "William Osler",
    "mentors": ["William Osler"],
    "mentoring": False,
    "me": "",
    "meeting": {"date": "Fri 23 Oct 2026", "day": "Fri 23 Oct", "time": ""},
    "decisions": [],
    "mine": [],
    "theirs": [],
    "next": {},
}
_FULL: Names = {
    **_BARE,
    "me": "Elizabeth Blackwell",
    "mentoring": True,
    "decisions": ["Annals first"],
    "mine": [{"title": "Send the abstract", "due": "Sun 6 Dec 2026", "done": False, "who": ""}],
    "theirs": [{"title": "Send the checklist", "due": "", "done": True, "who": "William Osler"}],
    "next": {"date": "Wed 2 Dec 2026", "day": "Wed 2 Dec", "time": "14:00"},
}
RECAP = TemplateKind(BUILT_IN, NAMES, (_FULL, _BARE), "meeting recap")


def make(recap: Recap, names: Mapping[str, str], me: str | None, template: Template, *, mentoring: bool = False) -> str:
    """Return the text of a recap, in lines of at most 72 cells; `names` are those of the mentors by id.

    `mentoring` is whether all of them are my mentees.
    """
    return fill(template, _names(recap, names, me, mentoring))


def _names(recap: Recap, names: Mapping[str, str], me: str | None, mentoring: bool) -> Names:
    """Return what a template may name: plain texts and lists of them, without ids."""
    people = {id: addressed(names[id]) for id in recap.meeting["mentors"] if id in names}
    return {
        "to": joined(list(people.values())),
        "mentors": list(people.values()),
        "mentoring": mentoring,
        "me": addressed(me) if me else "",
        "meeting": time_of(recap.meeting),
        "decisions": list(recap.decisions),
        "mine": [_task(task, people) for task in recap.mine],
        "theirs": [_task(task, people) for task in recap.theirs],
        "next": time_of(recap.next) if recap.next else {},
    }


def time_of(meeting: MeetingView) -> dict[str, str]:
    """Return when a meeting is, as templates name it."""
    said = dates.say(meeting["on"])
    return {"date": said, "day": said.rpartition(" ")[0], "time": meeting["at"] or ""}


def _task(task: TaskView, people: Mapping[str, str]) -> dict[str, Any]:
    due = dates.say(task["due"]) if task["due"] else ""
    who = people.get(task["owner"], "")
    return {"title": one_line(task["title"]), "due": due, "done": task["status"] == "done", "who": who}
