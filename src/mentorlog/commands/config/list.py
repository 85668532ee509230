"""`mentorlog config list`."""

from mentorlog.commands import options as opt
from mentorlog.flows import settings as flow
from mentorlog.output.screens import settings as screen


def run(ctx: opt.Context) -> None:
    """List your settings and what they mean.

    They are in one file, `config.toml`, which you can also edit; `mentorlog paths` shows where. They are those of this
    machine, for all your journals. A key that is not a setting is named and kept.

    Example: mentorlog config list
    """
    app = ctx.obj
    rows = flow.every(app)
    app.out.page(lambda page: screen.lines(rows, page), rows)
