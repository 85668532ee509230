"""The options shared by the verbs of `mentorlog export`."""

from functools import partial
from typing import Annotated

from mentorlog import lookup
from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.domain.audience import SELF, Audience
from mentorlog.domain.query import About
from mentorlog.errors import Usage
from mentorlog.export.document import Request
from mentorlog.flows.write_export import AUDIENCES, usual_audience

output = opt.output


def _audience(app: App, text: str) -> Audience:
    """Return the audience for a word: self, program, or a mentor."""
    if named := AUDIENCES.get(text):
        return named
    return Audience("mentor", lookup.mentor(app, text, lookup.AUDIENCES)["id"])


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
    """Return the request for an export; --include-private is the same as --for self.

    Without either it is for the audience that the user has set; a wrong one is refused, whatever it would give.
    """
    if include_private and audience not in (None, SELF):
        raise Usage("--include-private and --for cannot be used together.", "use only one of them")
    who = SELF if include_private else audience or usual_audience(app)
    added = tuple(view["id"] for view in add or ())
    return Request(app.today, app.now, about, who, added, preview, despite_lint, rules=app.rules)
