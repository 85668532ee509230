"""The kinds of templates, each with its built-in one; a new kind is a line here."""

from __future__ import annotations

from mentorlog.errors import MentorlogError
from mentorlog.export import letters, note_text, recap
from mentorlog.export.plain_text import TemplateKind, check
from mentorlog.export.templates import Template, TemplateFault

KINDS: dict[str, TemplateKind] = {
    "recap": recap.RECAP,
    "agenda": letters.AGENDA,
    "ask": letters.ASK,
    "thanks": letters.THANKS,
    "letter-packet": letters.PACKET,
    "reflection": note_text.NOTE,
}
"""The kinds by the name of their built-in template."""


def kind_for(template: Template, start: str = "recap") -> str:
    """Return the kind of a template: the one of that name, else the first, from `start`, for which it has no errors.

    Raises the error that comes latest in its text if it has errors for every kind.
    """
    if template.name in KINDS:
        check(template, KINDS[template.name])
        return template.name
    faults = []
    for name in dict.fromkeys((start, *KINDS)):
        try:
            check(template, KINDS[name])
        except MentorlogError as fault:
            faults.append(fault)
        else:
            return name
    raise max(faults, key=lambda fault: (fault.line or 0) if isinstance(fault, TemplateFault) else 0)
