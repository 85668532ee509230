"""The journal as one sorted Markdown document; the same journal gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mentorlog import vocabulary
from mentorlog.domain.audience import Selection
from mentorlog.domain.order import in_order
from mentorlog.domain.query import About
from mentorlog.export import markdown_record as records
from mentorlog.export.document import Document, Request
from mentorlog.export.markdown_record import MarkdownNames
from mentorlog.export.markdown_text import line
from mentorlog.models.views import View, counted, noun
from mentorlog.output.phrases import day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.view_types import TaskView


def make(selection: Selection, request: Request) -> Document:
    """Return what goes to the audience."""
    names = MarkdownNames(selection.names, selection.hidden)
    mentees = selection.mentees if selection.audience.kind == "program" and not request.about.is_open else 0
    text = document(selection.profile, selection.views, names, request.about, mentees)
    if not request.about.is_open:
        return Document(text, len(selection.views))
    withheld = [one for one in selection.withheld if one.record != "profile"]
    return Document(text, len(selection.views), shown=selection.but(profile={}, withheld=withheld))


def document(profile: View, exported: Sequence[View], names: MarkdownNames, about: About, mentees: int = 0) -> str:
    """Return the document of the exported records, with a line on what was selected, and on how many I mentor."""
    owner = f" of {line(profile['name'])}" if profile["name"] else ""
    blocks = [f"# Mentorship journal{owner}"]
    goal = f"for the goal “{names.of(about.goal)}”" if about.goal else ""
    asked = ["what is open" if about.is_open else ""]
    asked += [f"with {names.people(about.mentors)}" if about.mentors else "", goal]
    asked += [day(about.since, "from "), day(about.until, "until ")]
    if any(asked):
        blocks.append(f"Only {' '.join(filter(None, asked))}.")
    blocks += _section("About me", [] if about.is_open else [records.profile(profile)])
    of = {kind: [view for view in exported if view["record"] == kind] for kind in vocabulary.RECORD_KINDS}
    tasks = _placed(of["task"], {view["id"] for kind in ("goal", "meeting") for view in of[kind]})
    people = in_order(of["mentor"])
    for title, kind in (("Mentors", "mentor"), ("Mentees", "mentee")):
        blocks += _section(title, [records.mentor(one, names) for one in people if noun(one) == kind])
    blocks += _section("Mentees", [[f"I mentor {counted(mentees, 'person', 'people')}."]] if mentees else [])
    for title, is_mine in (("Goals", True), ("Goals of mentees", False)):
        goals = in_order([one for one in of["goal"] if is_mine is not bool(one["whose"])])
        blocks += _section(title, (records.goal(one, names, tasks.get(one["id"], ())) for one in goals))
    others = "\n".join(records.task(one, names) for one in tasks.get("", ()))
    blocks += _section("Other tasks", [[others]] if others else [])
    meetings = in_order(of["meeting"])
    blocks += _section("Meetings", (records.meeting(one, names, tasks.get(one["id"], ())) for one in meetings))
    blocks += _section("Reviews", (records.review(one, names) for one in in_order(of["review"])))
    blocks += _section("Notes", (records.note(one, names) for one in in_order(of["note"])))
    if len(blocks) == 1:
        blocks.append("No records yet.")
    return "\n\n".join(blocks) + "\n"


def _section(title: str, parts: Iterable[Iterable[str]]) -> list[str]:
    blocks = [block for part in parts for block in part]
    return [f"## {title}", *blocks] if blocks else []


def _placed(tasks: Sequence[TaskView], shown: set[str]) -> dict[str, list[TaskView]]:
    """Return the tasks by the goal, else the meeting, that they are listed under; "" for the others."""
    placed: dict[str, list[TaskView]] = {}
    for task in in_order(tasks):
        place = next((id for id in (task["goal"], task["meeting"]) if id in shown), "")
        placed.setdefault(place, []).append(task)
    return placed
