"""The options shared by the verbs of `mentorlog import` for other programs."""

from datetime import tzinfo
from typing import Annotated

from mentorlog import lookup
from mentorlog.commands import options as opt

_dry_run = opt.flag("--dry-run", help="Show what would be imported, and what not and why", default=...)
DryRun = Annotated[bool, _dry_run]
_replace = opt.flag("--replace", help="Take from the file what differs in records imported before", default=...)
Replace = Annotated[bool, _replace]
_add_mentors = opt.flag("--add-mentors", help="Add unknown people as prospective mentors", rare=True, default=...)
AddMentors = Annotated[bool, _add_mentors]
_zone = opt.option(
    "--zone",
    metavar="ZONE",
    help="Time zone of the dates (default: that of `config`)",
    to=lookup.zone,
    rare=True,
    default=...,
)
Zone = Annotated[tzinfo | None, _zone]


def file(program: str) -> str:
    """Declare the argument with the file that a program wrote."""
    declared: str = opt.argument("FILE", f"File written by {program} (- reads stdin)")
    return declared
