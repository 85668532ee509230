"""Write the recap of a meeting, and record that it was sent."""

from __future__ import annotations

from mentorlog.app import App
from mentorlog.domain import audience, lint
from mentorlog.domain import recap as domain
from mentorlog.domain.mentees import only_mentored
from mentorlog.errors import MentorlogError, Unchanged, UnknownId
from mentorlog.export import recap as layout
from mentorlog.flows import templates
from mentorlog.flows.exclusive import refuse_with
from mentorlog.flows.lint import check_text
from mentorlog.flows.meetings import held_meeting
from mentorlog.flows.write_export import target, write_text
from mentorlog.models.meeting import Meeting
from mentorlog.models.views import View
from mentorlog.output.messages import meeting as messages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


def write_recap(
    app: App, meeting: View | None, template: str, path: str | None, *, yes: bool, despite_lint: bool
) -> None:
    """Write the recap of a meeting (the last one held if none is given) to a file or stdout."""
    file = target(app, path, yes=yes)  # a question about a file that exists comes before all work
    chosen = templates.named(app, template)
    asked = held_meeting(app, meeting)
    id = asked["id"]
    contents = app.journal.contents()
    profile, every = contents.profile_view(), contents.views()
    found = _recap(id, profile, every, app.today)
    if found.is_empty:
        hint = f"add decisions with: mentorlog edit {id} --toml"
        raise Unchanged(f"Meeting {id} has no recap: no decision, task or next meeting to write of.", hint)
    names = {one["id"]: one["name"] for one in every if one["record"] == "mentor"}
    mentees = only_mentored(one for one in every if one["record"] == "mentor")
    mentoring = mentees.issuperset(found.meeting["mentors"])
    text = layout.make(found, names, profile["name"], chosen, mentoring=mentoring)
    if not despite_lint:
        check_text(app, text, found.texts, lint.KnownNames.of(profile, every), chosen.name)
    title = messages.title(found.meeting, names)
    data: View = {"meeting": id, "mentors": found.meeting["mentors"], "template": template, "recap": text}
    data |= {"left_out": list(found.left_out)}
    write_text(app, file, text, f"the recap of {title}", data)
    app.out.note(*messages.recap_notes(asked, found.left_out))


def mark_sent(app: App, meeting: View | None, on: date | None, of_text: Mapping[str, object]) -> None:
    """Record the day on which the recap of a meeting was sent; Usage names an option that is for writing one."""
    refuse_with("--sent", of_text, "--sent writes no recap; run the command twice")
    old = held_meeting(app, meeting)
    title = messages.title(old, app.reading.titles(old["mentors"]))
    new, changed = app.journal.update(
        Meeting, old["id"], f"meeting recap: {title}", lambda now: now.recapped(on=on, today=app.today)
    )
    app.out.say(messages.recap_sent(title, new, changed), new)


def _recap(id: str, profile: View, every: Sequence[View], today: date) -> domain.Recap:
    """Return what the recap of a meeting says: only what each of its mentors may see."""
    meeting = next((one for one in every if one["id"] == id), None)
    if meeting is None:
        raise UnknownId(id, ("meeting",))
    known = {one["id"] for one in every if one["record"] == "mentor"}
    readers = [mentor for mentor in meeting["mentors"] if mentor in known]
    if not readers:
        hint = f"add who was there with: mentorlog set {id} mentors=MENTOR"
        raise MentorlogError(f"Meeting {id} names no mentor, so nobody would read its recap.", hint)
    selections = [audience.select(profile, every, audience.Audience("mentor", one)) for one in readers]
    seen = domain.shared([selection.views for selection in selections])
    if id not in seen:
        hint = f"show it to its mentors with: mentorlog set {id} visibility=mentor"
        raise MentorlogError(f"Meeting {id} is private, so it has no recap.", hint)
    return domain.gather(seen[id], seen, every, today)
