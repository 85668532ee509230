"""`mentorlog profile set`."""

from mentorlog.commands import options as opt
from mentorlog.domain.assign import keys
from mentorlog.output.messages import set as messages


def run(ctx: opt.Context, pairs: opt.Pairs = None, clear: opt.Clear = None) -> None:
    """Set or clear fields of your profile.

    The fields are name, stage (student, intern, resident, fellow …), level (PGY-2), program, institution, aims (where
    you want to go), strengths, growth_areas, values and needs (the support you want). Separate list items with commas.
    Numbers (exams, procedures, hours), your division of time and the entries of your CV are lists of tables: the number
    after the last entry adds one.

    Example: mentorlog profile set stage=fellow strengths="listening, suturing"
    Example: mentorlog profile set time='[{area="clinic", percent=80}]'
    Example: mentorlog profile set cv.1.section=skill cv.1.title=German
    """
    app = ctx.obj
    pairs = app.texts.pairs(pairs, clear)
    fields = keys(pairs, clear or ())
    view = app.journal.assign_profile(pairs, clear or (), name=f"profile set: {', '.join(fields)}")
    app.out.say(["Set your profile", *messages.lines(view, fields, {})], view)
