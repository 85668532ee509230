"""`mentorlog template check`."""

from mentorlog.commands import options as opt
from mentorlog.commands.template import options as of_template
from mentorlog.flows import templates


def run(ctx: opt.Context, name: str | None = of_template.name(default=None)) -> None:
    """Check templates for errors.

    Uses each template for two example meetings: one with everything, and one with nothing decided or promised. Without
    a name, checks all templates.

    Example: mentorlog template check
    """
    templates.check(ctx.obj, name)
