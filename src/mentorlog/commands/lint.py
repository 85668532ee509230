"""`mentorlog lint`: find what may identify a patient."""

from shlex import quote

import typer

from mentorlog.commands import options as opt
from mentorlog.flows import lint as flow
from mentorlog.output.screens import lint as screen

_TARGETS = "Records by id, prefix or words of the title; files, with a / or period in the path; - for stdin"


def run(
    ctx: opt.Context,
    targets: list[str] | None = opt.argument("ID|FILE...", _TARGETS, opt.ids(), default=None),
    known: list[str] | None = opt.option(
        "--known", metavar="NAME", help="Save a name that is not a patient's in your profile (repeatable)"
    ),
    check: bool = opt.flag("--check", help="Exit with status 1 if something may identify a patient"),
) -> None:
    """Find what may identify a patient.

    Looks in every text of your records and profile for record numbers, names with a title, dates of birth and of
    events, ages over 89, beds, devices and image files, and for contact details; it never changes a text. It cannot see
    a name without a title, a rare story, other languages, pictures, or what is behind a link, and certifies nothing.
    The names of your mentors are not reported.

    Example: mentorlog lint
    Example: mentorlog lint --known "Mr. Lister"
    Example: mentorlog lint report.md --check
    """
    app = ctx.obj
    found = flow.lint(app, targets or (), known or ())
    app.out.page(lambda page: screen.lines(found, page), screen.data(found), app.reading.problems)
    names = [hit.text for hit in found.patient if hit.pattern == "named patient"]
    if names:
        app.out.note(f"Not a patient? Add the name: mentorlog lint --known {quote(names[0])}")
    raise typer.Exit(flow.exit_status(app, found) if check else 0)
