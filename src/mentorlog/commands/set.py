"""`mentorlog set`: set or clear any field of any record."""

from mentorlog.commands import options as opt
from mentorlog.domain.assign import keys
from mentorlog.flows import edit_record
from mentorlog.models.fields import mentions
from mentorlog.output.messages import set as messages


def run(ctx: opt.Context, record: opt.ExactRecord, pairs: opt.Pairs = None, clear: opt.Clear = None) -> None:
    """Set or clear fields of a record or your profile.

    The value is everything after the equals sign. Dates may be in words; separate list items with commas. An unknown
    field is rejected with a list of the valid ones. New action items in the notes of a meeting become tasks.

    Example: mentorlog set osler email=osler@example.org cadence.every_days=28
    Example: mentorlog set g7k3q --clear measure
    """
    app = ctx.obj
    pairs = app.texts.pairs(pairs, clear)
    view, added = edit_record.set_fields(app, record, pairs, clear or ())
    names = app.reading.titles([target for _, target in mentions(view)])
    lines = messages.lines(view, keys(pairs, clear or ()), names)
    app.out.say([messages.sentence(record, view), *lines, *added], view)
