"""Write the packet for the writer of a letter: what it is for, and what was done together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.domain import writing
from mentorlog.errors import MentorlogError
from mentorlog.export import letters as layout
from mentorlog.flows import templates
from mentorlog.flows.lint import check_text
from mentorlog.flows.write_export import target, write_text
from mentorlog.flows.writing import Sources
from mentorlog.output.messages import letter as messages
from mentorlog.output.messages import writing as writing_messages

if TYPE_CHECKING:
    from mentorlog.models.view_types import TaskView


def write_packet(
    app: App, task: TaskView, template: str | None, path: str | None, *, yes: bool, despite_lint: bool
) -> None:
    """Write the packet for the writer of a letter to a file or stdout."""
    file = target(app, path, yes=yes)  # a question about a file that exists comes before all work
    id, letter = task["id"], task["letter"]
    assert letter is not None
    if task["visibility"] == "private":
        hint = f"show it to its writer with: mentorlog share {id} --with mentor"
        raise MentorlogError(f"Letter {id} is private, so it has no packet.", hint)
    if task["owner"] == vocabulary.ME or not app.reading.titles([task["owner"]]):
        raise MentorlogError(f"Letter {id} has no writer.", f"set one with: mentorlog set {id} owner=MENTOR")
    sources = Sources(app, [task["owner"]])
    selection, others = sources.selections[0], sources.others
    work = writing.work(selection, others)
    profile, left_out = selection.profile, [*work.left_out]
    if others.are_in(profile["aims"]):
        profile, left_out = {**profile, "aims": None}, ["profile", *left_out]
    shown = task
    if others.are_in(task["instructions"]):
        shown, left_out = {**task, "instructions": None}, [id, *left_out]
    names = {**sources.people, **layout.of_work(work), **layout.of_letter(shown, letter, profile)}
    text = templates.filled(app, "letter-packet", template, names)
    parts = [("profile", "aims", profile["aims"] or ""), (id, "letter.for", letter["for"]), *work.texts]
    parts += [(id, "letter.to", letter["to"] or ""), (id, "instructions", shown["instructions"] or "")]
    if not despite_lint:
        check_text(app, text, parts, sources.known, template or "letter-packet")
    data = {"letter": id, "mentors": [task["owner"]], "template": template or "letter-packet", "text": text}
    write_text(app, file, text, f"the packet for letter {id}", {**data, "left_out": left_out})
    app.out.note(*writing_messages.left_out(left_out), *messages.packet_notes(task))
