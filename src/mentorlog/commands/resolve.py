"""`mentorlog resolve`: choose between what two machines wrote."""

from mentorlog import lookup
from mentorlog.commands import options as opt
from mentorlog.commands.options import View
from mentorlog.flows import resolve as flow


def run(
    ctx: opt.Context,
    record: View | None = opt.argument("ID", opt.ID_OR_TITLE, opt.ids(), lookup.record(), default=None),
    field: str | None = opt.option("--field", metavar="FIELD", help="Only the choice over this field"),
    keep: bool = opt.flag("--keep", help="Keep what is shown now; of two passages both"),
    take: bool = opt.flag("--take", help="Take the other value"),
    number: int | None = opt.option(
        "--number", "-n", metavar="N", help="Take the answer with this number", to=opt.number()
    ),
    edit: bool = opt.flag("--edit", "-e", help="Enter a value of your own"),
    all_: bool = opt.flag("--all", help="With --keep: all choices of the record, or of all records"),
) -> None:
    """Choose between what two machines wrote.

    Without ID, lists the records that wait for a choice. With ID, shows the value of now and the others, and asks which
    one is right; of two versions of a passage, both may stay. Setting the field in any other way is a choice too.

    Example: mentorlog resolve
    Example: mentorlog resolve g7k3q --take
    Example: mentorlog resolve --all --keep
    """
    wanted = flow.Wanted(field, keep, take, number, edit, all_)
    flow.resolve_all(ctx.obj, wanted) if record is None else flow.resolve_one(ctx.obj, record, wanted)
