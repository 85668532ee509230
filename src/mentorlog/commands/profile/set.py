"""`mentorlog profile set`."""

from mentorlog.commands import options as opt
from mentorlog.domain.assign import keys
from mentorlog.output.messages import set as messages


def run(ctx: opt.Context, pairs: opt.Pairs = None, clear: opt.Clear = None) -> None:
    """Set or clear fields of your profile.

    The fields are name, stage (student, intern, resident, fellow …), program, institution, strengths, growth_areas,
    values and needs (the support you want), and for your CV degrees, email, orcid and cv. Separate list items with
    commas. The number after the last entry of the cv adds one.

    Example: mentorlog profile set stage=fellow strengths="listening, suturing"
    Example: mentorlog profile set cv.1.section=skill cv.1.title=German
    """
    app = ctx.obj
    pairs = app.texts.pairs(pairs, clear)
    fields = keys(pairs, clear or ())
    view = app.journal.assign_profile(pairs, clear or (), name=f"profile set: {', '.join(fields)}")
    app.out.say(["Set your profile", *messages.lines(view, fields, {})], view)
