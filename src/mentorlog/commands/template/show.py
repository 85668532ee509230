"""`mentorlog template show`."""

from mentorlog.commands import options as opt
from mentorlog.commands.template import options as of_template
from mentorlog.flows import templates


def run(
    ctx: opt.Context,
    name: str = of_template.name(),
    built_in: bool = opt.flag("--built-in", help="Show the built-in template, even if yours replaces it"),
) -> None:
    """Show a template.

    The comment at the top of a built-in template says what it may name.

    Example: mentorlog template show recap
    """
    templates.show(ctx.obj, name, built_in=built_in)
