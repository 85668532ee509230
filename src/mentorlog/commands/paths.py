"""`mentorlog paths`: where everything is."""

from mentorlog.commands import options as opt


def run(ctx: opt.Context) -> None:
    """Show where the journal, configuration and program files are.

    Example: mentorlog paths
    """
    places = ctx.obj.places.described()
    labels: dict[str | bool | None, str] = {None: "unknown: there is no home folder", True: "yes", False: "no"}
    lines = [f"{key.replace('_', ' '):<11}{labels.get(value, value)}" for key, value in places.items()]
    ctx.obj.out.say(lines, places)
