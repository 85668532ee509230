"""`mentorlog paths`: show where mentorlog stores its files."""

from mentorlog.commands import options as opt


def run(ctx: opt.Context) -> None:
    """Show where mentorlog stores its files.

    Example: mentorlog paths
    """
    places = ctx.obj.places.described()
    labels: dict[str | bool | None, str] = {None: "unknown (no home folder)", True: "yes", False: "no"}
    lines = [f"{key.replace('_', ' '):<11}{labels.get(value, value)}" for key, value in places.items()]
    ctx.obj.out.say(lines, places)
