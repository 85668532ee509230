"""Prose in a page: Markdown without images and HTML, then only harmless elements; headings are bold lines.

markdown-it and nh3 are loaded for prose that is more than one plain line.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from mentorlog.export.html.markup import Html, element
from mentorlog.output.text import safe_block

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_PLAIN = re.compile(r"(?!\d+[.)])[^\n\\`*_{}\[\]<>|~#&+=:@-]+")
_LONGEST = 400_000  # longer prose is shown as it was typed: parsing it would take seconds
_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ADDRESS = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_BOX = re.compile(r"(<li>(?:\n?<p>)?)\[([ xX])\](?= )")
_HEADINGS = ((re.compile(r"<h[1-6]>"), "<p><strong>"), (re.compile(r"</h[1-6]>"), "</strong></p>"))


def prose(value: str) -> Html:
    """Return prose as blocks of HTML."""
    clean = safe_block(value, document=True).strip("\n")
    if _PLAIN.fullmatch(clean):
        return element("p", clean)
    if len(clean) > _LONGEST:
        return element("pre", Html(escape(clean)))
    import nh3

    made = _parser().render(clean)
    for pattern, tags in _HEADINGS:
        made = pattern.sub(tags, made)
    kept = nh3.clean(
        made,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_attribute,
        set_tag_attribute_values={"th": {"scope": "col"}},
        link_rel="noreferrer",
    )
    return Html(_BOX.sub(lambda box: box[1] + ("☐" if box[2] == " " else "☑"), kept.strip()))


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute that stays; a path leads nowhere on another machine."""
    return value if name != "href" or _ADDRESS.match(value) else None


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")
