"""`mentorlog win`: save what was achieved, with its place in the CV."""

from datetime import date

from mentorlog import vocabulary
from mentorlog.commands import options as opt
from mentorlog.flows.new_record import place_in_cv, record_fields
from mentorlog.output.messages import note as messages
from mentorlog.output.phrases import shorten


def run(
    ctx: opt.Context,
    text: opt.Text = None,
    section: str | None = opt.choice("--section", of=vocabulary.CV_SECTIONS, rare=False),
    title: str | None = opt.text("--title", help="Title in the CV (default: the first line of TEXT)", rare=False),
    venue: str | None = opt.text("--venue", help="Journal, conference, institution or funder", rare=False),
    authors: str | None = opt.text("--authors", help="Authors (e.g. Blackwell E, Osler W)", rare=False),
    mentors: opt.WithMentors = None,
    on: date | None = opt.day("--on", help=opt.ON),
    goal: opt.View | None = opt.about_goal("--goal", "-g", help="Related goal", rare=True),
    edit: bool = opt.flag("--edit", "-e", help="Write the text in your editor", rare=True),
    state: str | None = opt.choice("--state", of=vocabulary.CV_STATES),
    start: str | None = opt.option("--start", metavar="DATE", help="Year, month or day (e.g. 2026-05)", rare=True),
    end: str | None = opt.option("--end", metavar="DATE", help="Year, month or day it ended", rare=True),
    role: str | None = opt.text("--role", help="Your role, such as Lecturer"),
    place: str | None = opt.text("--place", help="City or country"),
    scope: str | None = opt.choice("--scope", of=vocabulary.SCOPES),
    doi: str | None = opt.text("--doi", metavar="DOI", help="DOI (e.g. 10.1000/xyz123)"),
    pmid: str | None = opt.text("--pmid", metavar="NUMBER", help="PubMed id"),
    citation: str | None = opt.text("--citation", help="Citation, in place of a line made of the other fields"),
    links: opt.Links = None,
    tags: opt.Tags = None,
    visibility: str | None = opt.choice(
        "--visibility", of=vocabulary.VISIBILITIES, help="private (default), mentor, program or open"
    ),
) -> None:
    """Save a win, with its place in your CV.

    A win is a note; with --section, `export cv` lists it: its title, authors, venue and dates, never the text. Wins
    are private unless you set --visibility. `mentorlog set` changes the place later, as in cv.state=published.

    Example: mentorlog win "Poster accepted" --section abstract -w osler
    """
    from mentorlog.domain.cv import titled
    from mentorlog.models.cv import Cv
    from mentorlog.models.fields import spec
    from mentorlog.models.note import Note

    app = ctx.obj
    fields = {"on": app.today, **record_fields(app, ctx.params, "text", *spec(Cv))}
    cv = place_in_cv(app, ctx.params)
    given = text if edit or text is not None else app.prompt.ask("What did you achieve?", option="TEXT")
    text = app.texts.prose(given, edit, name="win") or ""
    id = app.journal.new_id("note")
    note = Note(id=id, created=app.now, kind="win", text=text, cv=titled(cv, text), **fields)
    view = app.journal.add(note, name=f"win: {shorten(note.heading)}")
    app.out.say(messages.win_saved(view, app.reading.titles(note.mentors), goal, on), view)
