"""The options shared by the verbs of `mentorlog export`."""

from functools import partial
from typing import Annotated

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain.audience import OTHERS, PROGRAM, SELF, Audience
from mentorlog.domain.query import About
from mentorlog.errors import Usage
from mentorlog.export.document import Request

output = opt.output


def _audience(app: App, text: str) -> Audience:
    """Return the audience for a word: self, program, or a mentor."""
    if named := {"self": SELF, "program": PROGRAM}.get(text):
        return named
    hint = "use program, self or a mentor; see: mentorlog mentor list"
    return Audience("mentor", lookup.mentor(app, text, hint)["id"])


_reader = partial(opt.person, to=_audience, completion=opt.ids("mentor", also=["program", "self"]))
_for = _reader("--for", metavar="MENTOR|program|self", help="Who it is for", rare=False, default=...)
For = Annotated[Audience | None, _for]
Yes = Annotated[bool, opt.flag("--yes", help="Do not ask for confirmation", rare=True, default=...)]
_private = opt.flag("--include-private", help="Include private records and fields", rare=True, default=...)
IncludePrivate = Annotated[bool, _private]
_record_ids = lookup.each_once(lookup.record(by_name=False))
_records = partial(opt.option, metavar="ID", completion=opt.ids(), to=_record_ids)
_add = _records("--add", help="Also this record (repeatable)", rare=True, default=...)
Add = Annotated[list[opt.View] | None, _add]

_preview = opt.flag("--preview", help="Only show what would be included, and what not and why", rare=True, default=...)
Preview = Annotated[bool, _preview]
_despite = opt.flag("--despite-lint", help="Export it even if it may identify a patient", rare=True, default=...)
DespiteLint = Annotated[bool, _despite]


def request(
    app: App,
    about: About,
    audience: Audience | None,
    include_private: bool = False,
    add: list[opt.View] | None = None,
    preview: bool = False,
    despite_lint: bool = False,
) -> Request:
    """Return the request for an export; --include-private is the same as --for self."""
    if include_private and audience not in (None, SELF):
        raise Usage("--include-private and --for cannot be used together.", "use only one of them")
    who = SELF if include_private else audience or OTHERS
    return Request(app.today, app.now, about, who, tuple(view["id"] for view in add or ()), preview, despite_lint)
