"""`mentorlog meeting recap`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.commands.meeting import options as of_meeting
from mentorlog.commands.options import View
from mentorlog.flows import recap


def run(
    ctx: opt.Context,
    meeting: View | None = of_meeting.held(),
    output: str | None = opt.output(),
    template: str | None = opt.option(
        "--template", metavar="TEMPLATE", help="Name of the template", completion=opt.template_names()
    ),
    sent: bool = opt.flag("--sent", help="Record that you sent the recap; writes none"),
    on: date | None = opt.day("--on", help="Date you sent it, if not today"),
    despite_lint: opt.DespiteLint = False,
    yes: opt.Yes = False,
) -> None:
    """Write a recap of a meeting for the mentors who were there.

    It is plain text for an e-mail: what you decided, who does what, and when you meet next. Your notes, questions and
    private records never go in, nor does a task that one of the mentors may not see.

    Example: mentorlog meeting recap osler
    Example: mentorlog meeting recap m4k2p -o recap.txt
    Example: mentorlog meeting recap m4k2p --sent
    """
    if sent or on:
        of_text = {"--output": output, "--template": template, "--despite-lint": despite_lint}
        recap.mark_sent(ctx.obj, meeting, on, of_text)
    else:
        recap.write_recap(ctx.obj, meeting, template or "recap", output, yes=yes, despite_lint=despite_lint)
