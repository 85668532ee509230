"""`mentorlog paths`: where everything is."""

from mentorlog.commands import options as opt


def run(ctx: opt.Context) -> None:
    """Show where the journal, configuration and program files are.

    Example: mentorlog paths
    """
    app = ctx.obj
    places = app.places.described()
    app.out.say([f"{key.replace('_', ' '):<11}{_shown(value)}" for key, value in places.items()], places)


def _shown(value: str | bool | None) -> str:
    if value is None:
        return "unknown: there is no home folder"
    return value if isinstance(value, str) else ("no", "yes")[value]
