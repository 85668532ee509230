"""`mentorlog meeting prep`."""

from mentorlog.commands import options as opt
from mentorlog.flows.meetings import prepare
from mentorlog.output.screens import prep as layout


def run(
    ctx: opt.Context,
    mentor: opt.Mentor,
    draft: bool = opt.draft("Print an agenda to send ahead"),
    template: opt.Template = None,
    despite_lint: opt.DespiteLint = False,
) -> None:
    """Show what to prepare for a meeting with a mentor.

    Shows what they expect of you, what you owe, what they promised, drafts that they have, open questions, what they do
    not know yet of each goal, and a suggested agenda. --draft prints an agenda for an e-mail, without what its readers
    may not see.

    Example: mentorlog meeting prep osler
    Example: mentorlog meeting prep osler --draft
    """
    app = ctx.obj
    if draft or template:
        from mentorlog.flows import writing  # the screen does not need it

        return writing.write_agenda(app, mentor, template, despite_lint=despite_lint)
    sheet = prepare(app, mentor)
    app.out.page(lambda page: layout.lines(sheet, page, app.today), sheet, problems=app.reading.problems)
    return None
