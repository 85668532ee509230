"""Texts to a mentor as plain text: a request to meet, thanks, an agenda, the packet for a letter that they write."""

from __future__ import annotations

from typing import Any

from mentorlog import dates, vocabulary
from mentorlog.errors import joined
from mentorlog.export.plain_text import TemplateKind
from mentorlog.export.recap import time_of
from mentorlog.models.counts import standing
from mentorlog.models.views import goal_state
from mentorlog.names import addressed
from mentorlog.output.text import one_line, spaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentorlog.domain.cv import Entry
    from mentorlog.domain.writing import Agenda, Work
    from mentorlog.export.templates import Names
    from mentorlog.models.view_types import GoalView, ProfileView, TaskView

_PEOPLE = {
    "to": "The name of the mentor, without degrees: `William Osler`",
    "me": "Your name from the profile; empty if it has none",
    "about_me": "Your stage, level, program (or specialty) and institution: `resident (PGY-2), Internal Medicine`",
    "email": "Your e-mail address from the profile",
}
_WORK = {
    "since": "Since when you have known each other: `3 Mar 2025`; empty if that is unknown",
    "meetings": "How many meetings with them were held",
    "goals": "A list of the goals that you shared with them and did not drop, each with the next three",
    "goal.title": "What you wanted",
    "goal.state": "How it stands: `achieved`, `partly achieved`, `40%` or `active`",
    "goal.date": "When it was reached; empty for an active goal",
}
_TASK = {
    "task.title": "What was to be done",
    "task.date": "When you did it",
    "task.outcome": "Its outcome in one line; empty if it has none",
}

ASK_NAMES = {
    **_PEOPLE,
    "aims": "Your aims from the profile",
    "growth_areas": "A list of the areas in which you want to grow, from the profile",
    "purpose": "What the mentorship would be for",
}
THANKS_NAMES = {**_PEOPLE, **_WORK, "in_touch": "Whether you stay in touch"}
PACKET_NAMES = {
    **_PEOPLE,
    "agreed": "Whether they agreed to write it",
    "purpose": "What the letter is for",
    "goes_to": "Where it goes: `12 programs`; empty if that is unknown",
    "due": "The date it is due: `Mon 1 Feb 2027`; empty if it has none",
    "how": "How to send it: the instructions of the letter",
    "aims": "Your aims from the profile",
    **_WORK,
    "tasks": "A list of your tasks for them, or on goals with them, that you finished, each with the next three",
    **_TASK,
    "cv": "A list of the entries of your CV from wins with them, each in one line",
}
AGENDA_NAMES = {
    **_PEOPLE,
    "to": "The names of the mentors at the meeting, without degrees",
    "mentors": "The same names as a list",
    "meeting": "Whether the meeting is planned",
    "meeting.date": "Its date: `Fri 23 Oct 2026`",
    "meeting.day": "Its date without the year",
    "meeting.time": "Its time: `14:00`; empty if it has none",
    "points": "A list of the points on its agenda that are open",
    "questions": "A list of your open questions to them",
    "done": "A list of your tasks for them that you finished since the last meeting, each with the next two",
    "mine": "A list of your open tasks for them, each with the next two",
    "task.title": "What is to be done",
    "task.due": "The date it is due; empty if it has none",
}

_ASK = """\
{# A request to meet somebody, who may become a mentor. Replace what is in brackets. A template may name:
   to, me, about_me, email, aims, growth_areas, purpose #}
Subject: A request for a first meeting

Dear {{ to }},

{% if me %}
My name is {{ me }}{% if about_me %}, {{ about_me }}{% endif %}.

{% endif %}
[In a sentence or two: how you know their work, and what impressed you.]
{% if aims %}

My aims: {{ aims }}
{% endif %}
{% if growth_areas %}

Where I want to grow: {{ growth_areas|join(", ") }}
{% endif %}
{% if purpose %}

What I hope to work on with you: {{ purpose }}
{% endif %}

Could we meet once for about 20 minutes, in person or by video, at a time that suits you? I will bring two or three \
questions. If the meeting is useful to both of us, I would like to ask whether you would be a mentor to me.

If this is not a good time, I would be grateful for the name of someone else whom I could ask.

Thank you for considering it.
{% if me %}

{{ me }}
{% endif %}
{{ email }}
"""

_THANKS = """\
{# Thanks to a mentor, for example when a mentorship ends. Replace what is in brackets. A template may name:
   to, me, about_me, email, since, meetings, in_touch, goals, and of each goal: title, state, date #}
Subject: Thank you

Dear {{ to }},

Thank you for your time and your advice{% if since %} since {{ since }}{% endif %}.
{% if meetings %}
We met {% if meetings == 1 %}once{% else %}{{ meetings }} times{% endif %}.
{% endif %}
{% if goals %}

What we worked on:
{% for goal in goals %}
- {{ goal.title }} ({{ goal.state }}{% if goal.date %}, {{ goal.date }}{% endif %})
{% endfor %}
{% endif %}

[In a sentence or two: what you learned from them, and what you will keep doing.]
{% if in_touch %}

I would like to stay in touch, and will write to you from time to time.
{% endif %}

With gratitude,
{% if me %}

{{ me }}
{% endif %}
{{ email }}
"""

_AGENDA = """\
{# The agenda of the next meeting, to send ahead. A template may name:
   to, mentors, me, about_me, email, meeting.date, meeting.day, meeting.time, points, questions, done, mine,
   and of each task in done and mine: title, due #}
Subject: Our meeting{% if meeting %} on {{ meeting.date }}{% endif %}

Dear {{ to }},

{% if meeting %}
We meet on {{ meeting.day }}{% if meeting.time %} at {{ meeting.time }}{% endif %}.

{% endif %}
{% if points or questions %}
I would like to talk about:
{% for point in points %}
- {{ point }}
{% endfor %}
{% for question in questions %}
- My question: {{ question }}
{% endfor %}
{% endif %}
{% if done %}

Done since our last meeting:
{% for task in done %}
- {{ task.title }}
{% endfor %}
{% endif %}
{% if mine %}

Still open on my side:
{% for task in mine %}
- {{ task.title }}{% if task.due %}, due {{ task.due }}{% endif %}
{% endfor %}
{% endif %}

Is there anything that you would like to add?
{% if me %}

{{ me }}
{% endif %}
"""

_PACKET = """\
{# What somebody needs who writes a letter for you. A template may name:
   to, me, about_me, email, agreed, purpose, goes_to, due, how, aims, since, meetings, cv,
   goals, and of each goal: title, state, date; tasks, and of each task: title, date, outcome #}
Subject: Your letter for me: {{ purpose }}

Dear {{ to }},

Thank you for {% if agreed %}writing{% else %}considering{% endif %} a letter for me. \
Here is what you may need; please ask me for anything else.

For: {{ purpose }}
{% if goes_to %}
It goes to: {{ goes_to }}
{% endif %}
{% if due %}
Due: {{ due }}
{% endif %}
{% if how %}
How to send it: {{ how }}
{% endif %}
{% if about_me %}

About me: {{ about_me }}
{% endif %}
{% if aims %}

My aims: {{ aims }}
{% endif %}
{% if meetings %}

We met {% if meetings == 1 %}once{% else %}{{ meetings }} times{% endif %}{% if since %} since {{ since }}{% endif %}.
{% endif %}
{% if goals %}

Goals that I shared with you:
{% for goal in goals %}
- {{ goal.title }} ({{ goal.state }}{% if goal.date %}, {{ goal.date }}{% endif %})
{% endfor %}
{% endif %}
{% if tasks %}

What I did:
{% for task in tasks %}
- {{ task.title }} ({{ task.date }}){% if task.outcome %}: {{ task.outcome }}{% endif %}
{% endfor %}
{% endif %}
{% if cv %}

From my CV, with you:
{% for entry in cv %}
- {{ entry }}
{% endfor %}
{% endif %}
{% if me %}

{{ me }}
{% endif %}
{{ email }}
"""

_NOBODY: Names = {"to": "William Osler", "me": "", "about_me": "", "email": ""}
_SOMEBODY: Names = {
    "to": "William Osler",
    "me": "Elizabeth Blackwell",
    "about_me": "resident (PGY-2), Internal Medicine, Sample Hospital",
    "email": "blackwell@example.org",
}
_NO_WORK: Names = {"since": "", "meetings": 0, "goals": []}
_SOME_WORK: Names = {
    "since": "3 Mar 2025",
    "meetings": 12,
    "goals": [{"title": "Submit a case report", "state": "achieved", "date": "1 Nov 2026"}],
}
_DONE = {"title": "Write the abstract", "date": "9 Oct 2026", "outcome": "Accepted for the spring meeting"}
_OPEN = {"title": "Revise the protocol", "due": "Sun 6 Dec 2026"}
_MEETING = {"date": "Wed 2 Dec 2026", "day": "Wed 2 Dec", "time": "14:00"}

ASK = TemplateKind(
    _ASK,
    ASK_NAMES,
    (
        {**_SOMEBODY, "aims": "A study of my own.", "growth_areas": ["chest films"], "purpose": "Plan a study"},
        {**_NOBODY, "aims": "", "growth_areas": [], "purpose": ""},
    ),
    "mentor invite",
)
THANKS = TemplateKind(
    _THANKS,
    THANKS_NAMES,
    ({**_SOMEBODY, **_SOME_WORK, "in_touch": True}, {**_NOBODY, **_NO_WORK, "in_touch": False}),
    "mentor end",
)
AGENDA = TemplateKind(
    _AGENDA,
    AGENDA_NAMES,
    (
        {
            **_SOMEBODY,
            "mentors": ["William Osler"],
            "meeting": _MEETING,
            "points": ["The title of the paper"],
            "questions": ["Which journal would you choose?"],
            "done": [{**_OPEN, "due": ""}],
            "mine": [_OPEN],
        },
        {**_NOBODY, "mentors": ["William Osler"], "meeting": {}, "points": [], "questions": [], "done": [], "mine": []},
    ),
    "meeting prep",
)
PACKET = TemplateKind(
    _PACKET,
    PACKET_NAMES,
    (
        {
            **_SOMEBODY,
            **_SOME_WORK,
            "agreed": True,
            "purpose": "Neuroradiology fellowship",
            "goes_to": "12 programs",
            "due": "Mon 1 Feb 2027",
            "how": "Upload it to the portal.",
            "aims": "A study of my own.",
            "tasks": [_DONE],
            "cv": ["2026: A rare cause of cough, Annals"],
        },
        {
            **_NOBODY,
            **_NO_WORK,
            "agreed": False,
            "purpose": "Neuroradiology fellowship",
            **dict.fromkeys(("goes_to", "due", "how", "aims"), ""),
            **{"tasks": [], "cv": []},
        },
    ),
    "letter packet",
)


def people(profile: ProfileView, mentors: Sequence[str]) -> Names:
    """Return the names of a text's readers, and what it says of its writer; `mentors` are full names."""
    named = [addressed(name) for name in mentors]
    stage, level = spaced(profile["stage"] or ""), profile["level"] or ""
    stage = f"{stage} ({level})" if stage and level else stage or level
    about = [stage, profile["program"] or profile["specialty"] or "", profile["institution"] or ""]
    return {
        "to": joined(named),
        "mentors": named,
        "me": addressed(profile["name"]) if profile["name"] else "",
        "about_me": ", ".join(filter(None, about)),
        "email": profile["email"] or "",
    }


def of_request(profile: ProfileView, purpose: str | None) -> Names:
    """Return what a request to meet names beside its people."""
    return {
        "aims": one_line(profile["aims"]),
        "growth_areas": [one_line(area) for area in profile["growth_areas"]],
        "purpose": one_line(purpose),
    }


def of_work(work: Work) -> Names:
    """Return what thanks and a packet name of what was done together."""
    return {
        "since": dates.without_weekday(work.since) if work.since else "",
        "meetings": work.meetings,
        "goals": [_goal(goal) for goal in work.goals],
        "tasks": [_done(task) for task in work.tasks],
        "cv": [_entry(entry) for entry in work.entries],
    }


def of_agenda(agenda: Agenda) -> Names:
    """Return what an agenda names beside its people."""
    return {
        "meeting": time_of(agenda.meeting) if agenda.meeting else {},
        "points": list(agenda.points),
        "questions": [one_line(note["text"]) for note in agenda.questions],
        "done": [_open(task) for task in agenda.done],
        "mine": [_open(task) for task in agenda.mine],
    }


def of_letter(task: TaskView, letter: Mapping[str, Any], profile: ProfileView) -> Names:
    """Return what a packet names of the letter itself."""
    return {
        "agreed": letter["answer"] == "yes",
        "purpose": letter["for"],
        "goes_to": letter["to"] or "",
        "due": dates.say(task["due"]) if task["due"] else "",
        "how": one_line(task["instructions"]),
        "aims": one_line(profile["aims"]),
    }


def _goal(goal: GoalView) -> dict[str, str]:
    state = goal_state(goal["status"]) if goal["closed_on"] else standing(goal) or goal_state(goal["status"])
    date = dates.without_weekday(goal["closed_on"]) if goal["closed_on"] else ""
    return {"title": one_line(goal["title"]), "state": state, "date": date}


def _done(task: TaskView) -> dict[str, str]:
    date = dates.without_weekday(task["done_on"]) if task["done_on"] else ""
    return {"title": one_line(task["title"]), "date": date, "outcome": one_line(task["outcome"])}


def _open(task: TaskView) -> dict[str, str]:
    return {"title": one_line(task["title"]), "due": dates.say(task["due"]) if task["due"] else ""}


def _entry(entry: Entry) -> str:
    """Return an entry of a CV in one line, without its authors: `2026: A rare cause of cough, Annals, submitted`."""
    cv = entry.cv
    state = spaced(cv["state"]) if cv["state"] in vocabulary.UNPUBLISHED else ""
    words = ", ".join(filter(None, map(one_line, (cv["role"], entry.text, cv["venue"], cv["place"], state))))
    return f"{entry.year}: {words}" if entry.year else words
