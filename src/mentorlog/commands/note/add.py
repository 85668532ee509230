"""`mentorlog note add`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mentorlog import vocabulary
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.errors import Usage
from mentorlog.flows import decisions
from mentorlog.flows.new_record import ask_missing, note_kind, note_start, record_fields, report
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import shorten


def _asked(app: App, given: Mapping[str, Any], edit: bool) -> dict[str, Any]:
    """Return the parameters, and ask for those that are missing unless the editor opens.

    An introduction needs no text if it is known to whom; advocacy needs a mentor.
    """
    to = app.texts.text(given["to"])
    if note_kind(given) == "advocacy" and not given["mentors"]:
        raise Usage("An advocacy note names the mentor who spoke for you.", "pass --with MENTOR")
    text = f"Introduction to {to}" if to and given["text"] is None and not edit else given["text"]
    values = {**given, "to": to, "text": text}
    return values if edit else ask_missing(app, "note", values)


def run(
    ctx: opt.Context,
    text: opt.Text = None,
    kind: str | None = opt.kind(vocabulary.NOTE_KINDS, rare=False),
    mentors: opt.WithMentors = None,
    goal: opt.ForGoal = None,
    on: date | None = opt.day("--on", help=opt.ON),
    meeting: opt.View | None = opt.from_meeting(),
    competency: opt.Competency = None,
    options: list[str] | None = opt.option(
        "--option", metavar="TEXT", help="Option of a decision (repeatable)", rare=True
    ),
    decision: opt.View | None = opt.option(
        "--decision",
        metavar="ID",
        help="Decision that advice is on",
        completion=opt.ids("note"),
        to=decisions.decision,
        rare=True,
    ),
    edit: opt.Edit = False,
    to: str | None = opt.text("--to", metavar="NAME", help="To whom they introduced you (an introduction)"),
    template: opt.Template = None,
    outcome: str | None = opt.text("--outcome", help="Outcome, if known (- reads stdin)"),
    notes: opt.RareNotes = None,
    links: opt.Links = None,
    tags: opt.Tags = None,
    private: opt.Private = False,
    visibility: str | None = opt.choice(
        "--visibility", of=vocabulary.VISIBILITIES, help="private (default), mentor, program or open"
    ),
) -> None:
    """Add a note: a reflection, question, advice, feedback, win …

    Questions, advice, feedback, changes, decisions and introductions stay open until you close them with `note close`.
    A pearl is something worth remembering, and advocacy is what a mentor did to speak for you. Notes are private unless
    you set --visibility. --template opens your editor with a text of yours, or with the built-in `reflection`.

    Example: mentorlog note add "Draw the differential first" -k advice -w osler
    Example: mentorlog note add "Here or abroad?" --option Here --option Abroad
    Example: mentorlog note add --to "Marie Curie" -w osler
    Example: mentorlog note add --template reflection -k reflection
    Example: mentorlog note add - --kind reflection < thoughts.md
    """
    from mentorlog.models.note import Note

    if private and visibility not in (None, "private"):
        raise Usage(f"--private and --visibility {visibility} cannot be used together.", "use only one of them")
    app, edit = ctx.obj, edit or template is not None
    given = _asked(app, ctx.params, edit)
    fields = {"on": app.today, **record_fields(app, given, "text", "outcome", "template"), "kind": note_kind(given)}
    start = note_start(app, template, text, fields["on"], mentors or (), goal)
    text = app.texts.prose(given["text"], edit, start, name="note") or ""
    outcome = app.texts.prose(outcome) or None
    if fields["kind"] in vocabulary.OPENING_NOTES:  # open until there is an outcome
        fields |= {"closed_on": fields["on"]} if outcome else {"status": "open"}
    notes = app.texts.prose(notes) or None
    id = app.journal.new_id("note")
    note = Note(id=id, created=app.now, text=text, outcome=outcome, notes=notes, **fields)
    view = app.journal.add(note, name=f"note add: {shorten(note.heading)}")
    names = app.reading.titles([*note.mentors, *filter(None, [note.decision])])
    report(app, messages.added(view, names, given["goal"], meeting, given["on"]), view)
