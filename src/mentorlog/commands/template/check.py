"""`mentorlog template check`."""

from mentorlog.commands import options as opt
from mentorlog.commands.template import options as of_template
from mentorlog.flows import templates


def run(ctx: opt.Context, name: str | None = of_template.name(default=None)) -> None:
    """Check templates for errors.

    Makes two example texts with each template: one where everything is known, and one where nothing is. Without a name,
    checks all templates.

    Example: mentorlog template check
    """
    templates.check(ctx.obj, name)
