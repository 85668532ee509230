"""`mentorlog template edit`."""

from mentorlog.commands import options as opt
from mentorlog.commands.template import options as of_template
from mentorlog.flows import templates


def run(
    ctx: opt.Context,
    name: str = of_template.name(),
    file: str | None = opt.option(
        "--file", metavar="FILE", help="File with the text, in place of your editor (- for stdin)"
    ),
    like: str | None = opt.option(
        "--like",
        metavar="TEMPLATE",
        help="Template to copy (default recap)",
        completion=opt.template_names(),
    ),
) -> None:
    """Edit a template in your editor.

    Your first change of a built-in template makes a copy of it in the journal. Another name makes a new template, which
    starts as a copy of another. A template with an error reopens with the error at the top.

    Example: mentorlog template edit recap
    Example: mentorlog template edit clinic --like reflection
    Example: mentorlog template edit short-recap --file recap.txt
    """
    templates.edit(ctx.obj, name, file, like)
