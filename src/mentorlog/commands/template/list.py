"""`mentorlog template list`."""

from mentorlog.commands import options as opt
from mentorlog.flows import templates
from mentorlog.output.table import ALWAYS, Column

COLUMNS = (
    Column("template", "name", keep=ALWAYS),
    Column("source", lambda row: "built-in" if row["source"] == "built-in" else "yours", keep=ALWAYS),
    Column("file", "path", shrink=True, say=lambda path: path or ""),
)


def run(ctx: opt.Context) -> None:
    """List the templates.

    Yours are in the folder `templates` of the journal. One with the name of a built-in template replaces it.

    Example: mentorlog template list
    """
    app = ctx.obj
    app.out.listing([templates.data(app, name) for name in templates.names(app)], COLUMNS)
