"""`mentorlog letter packet`."""

from datetime import date

from mentorlog.commands import options as opt
from mentorlog.commands.letter.options import Letter
from mentorlog.flows import letter_packet, letters


def run(
    ctx: opt.Context,
    letter: Letter,
    output: str | None = opt.output(),
    sent: bool = opt.flag("--sent", help="Record that you sent the packet; writes none"),
    on: date | None = opt.day("--on", help="Date you sent it, if not today"),
    template: opt.Template = None,
    despite_lint: opt.DespiteLint = False,
    yes: opt.Yes = False,
) -> None:
    """Write the packet for the writer of a letter.

    It is plain text for an e-mail: what the letter is for, when it is due and how to send it, your aims, and what you
    did together, as far as the writer may see it. It never names your other mentors.

    Example: mentorlog letter packet t4m2x -o packet.txt
    Example: mentorlog letter packet t4m2x --sent
    """
    if sent or on:
        of_text = {"--output": output, "--template": template, "--despite-lint": despite_lint}
        letters.mark_sent(ctx.obj, letter, on, of_text)
    else:
        letter_packet.write_packet(ctx.obj, letter, template, output, yes=yes, despite_lint=despite_lint)
