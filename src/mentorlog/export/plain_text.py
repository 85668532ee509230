"""Plain texts for e-mails, made from templates: lines of at most 72 cells, and what each kind of template is."""

from __future__ import annotations

import re
from typing import NamedTuple

from mentorlog.export.templates import Template, TemplateFault, render
from mentorlog.output.text import safe_block, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentorlog.export.templates import Names

_WIDTH = 72
_LINK = "://"
_TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_LONGEST = 2000  # a longer line of a template is taken as it is


class TemplateKind(NamedTuple):
    """What a template is for: the built-in one, what it may name, and the command that uses it."""

    built_in: str
    names: Mapping[str, str]
    examples: Sequence[Names]
    """What templates are checked with: a text with every part, and one with none."""
    command: str


def check(template: Template, kind: TemplateKind) -> None:
    """Raise TemplateFault if a template is not allowed or fails with one of the examples of its kind."""
    for names in kind.examples:
        fill(template, names)


def fill(template: Template, names: Names) -> str:
    """Return what a template makes as a safe plain text, wrapped, with at most one empty line in a row."""
    text = safe_block(render(template._replace(text=_with_line_ends(template.text)), names), document=True)
    if not text.strip():
        raise TemplateFault(template.name, None, "it makes no text")
    lines = [wrapped for line in text.split("\n") for wrapped in _wrapped(line.rstrip())]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _with_line_ends(text: str) -> str:
    """Return a template in which a line that has more than tags keeps its end, even if a tag is last in it."""
    return "\n".join(map(_with_line_end, text.split("\n")))


def _with_line_end(line: str) -> str:
    start, end = line.rstrip()[:-2], line.rstrip()[-2:]
    is_tag = end in ("%}", "#}") and start[-1:] not in ("-", "+") and len(line) <= _LONGEST
    if not is_tag or ("{" + end[0]) not in line or not _TAGS.sub("", line).strip():
        return line
    return f"{start}+{end}"


def _wrapped(line: str) -> Sequence[str]:
    """Return a line in several of at most 72 cells; an address that is longer stays whole, on a line of its own."""
    bullet = line[:2] if line.startswith(("- ", "* ")) else ""
    indent = " " * len(bullet)
    address = next((word for word in line.split(" ") if _LINK in word and width(word) > _WIDTH - 2), None)
    if address is None:
        return wrap(line.removeprefix(bullet), _WIDTH, indent, bullet)
    before, _, after = line.partition(address)
    first = wrap(before.rstrip(), _WIDTH) if before.strip() else []
    return [*first, indent + address, *_wrapped(f"{indent}{after.strip()}".rstrip())]
