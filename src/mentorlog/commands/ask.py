"""`mentorlog ask`: save a question for the next meeting with a mentor."""

from mentorlog.commands import options as opt
from mentorlog.errors import Usage, shortened
from mentorlog.flows.new_record import record_fields
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import shorten


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    text: opt.Text = None,
    goal: opt.ForGoal = None,
    edit: opt.Edit = False,
    tags: opt.Tags = None,
) -> None:
    """Save a question for the next meeting with a mentor.

    The question is a note that `meeting prep` shows. Record the answer with `note close`.

    Example: mentorlog ask osler "Which journal would you send it to?"
    """
    from mentorlog.models.note import Note

    app = ctx.obj
    if text and len(text.split()) == 1 and "?" not in text and app.reading.is_name(text):
        sentence = f"{shortened(text)} is a word of a mentor's name, not a question."
        raise Usage(sentence, "put a name of several words in quotes, then the question in others")
    fields = {"mentors": (mentor["id"],), **record_fields(app, {"goal": goal, "tags": tags})}
    given = text if edit or text is not None else app.prompt.ask("What do you want to ask?", option="TEXT")
    question = app.texts.prose(given, edit, name=f"question-{mentor['id']}") or ""
    id = app.journal.new_id("note")
    note = Note(id=id, created=app.now, on=app.today, kind="question", status="open", text=question, **fields)
    view = app.journal.add(note, name=f"ask: {shorten(note.heading)}")
    _, planned = app.reading.meeting_days([mentor["id"]], app.today).get(mentor["id"], (None, None))
    app.out.say(messages.question_saved(view, mentor, goal, planned), {**view, "next_meeting_on": planned})
