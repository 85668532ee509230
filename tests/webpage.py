"""A page as a strict reader sees it: what a page of mentorlog must never hold, and what it must.

`complaints(html)` is empty for a page that runs nothing, fetches nothing and can be read without its pictures.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

VOID = {"meta", "col", "br", "hr"}
ELEMENTS = VOID | {
    *("html", "head", "title", "style", "body", "header", "main", "section", "article", "div", "span", "p", "a"),
    *("h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "thead", "tbody", "tr"),
    *("th", "td", "small", "time", "details", "summary", "b", "strong", "em", "s", "code", "pre", "blockquote"),
    *("svg", "g", "defs", "use", "path", "rect", "circle", "polyline", "text"),
}
POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)

Attributes = dict[str, str | None]


class Page(HTMLParser):
    """The elements of a page in order, its text without drawings, and whether its tags are balanced."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.words: list[str] = []
        self.style = ""
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += [f"<{tag}> is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element without content."""
        self.elements.append((tag, dict(attrs)))
        if not ({"svg"} & {*self._open}):
            self.wrong.append(f"<{tag}/> outside a drawing")

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        """Remember what is read out: the style and the drawings are not."""
        if self._open and self._open[-1] == "style":
            self.style += data
        elif "svg" not in self._open and "title" not in self._open:
            self.words.append(data)

    def handle_decl(self, decl: str) -> None:
        """Expect the doctype of HTML alone."""
        if decl != "doctype html":
            self.wrong.append(f"<!{decl}>")

    def handle_comment(self, data: str) -> None:
        """Expect no comment."""
        self.wrong.append(f"a comment: {data}")

    @property
    def text(self) -> str:
        """What is read out, in one line."""
        return " ".join(" ".join(self.words).split())

    def all(self, *tags: str) -> list[Attributes]:
        """Return the attributes of the elements with these names."""
        return [attributes for tag, attributes in self.elements if tag in tags]


def complaints(html: str) -> list[str]:
    """Return what is wrong with a page."""
    page = Page(html)
    wrong = [*page.wrong, *(f"<{tag}> is not known" for tag, _ in page.elements if tag not in ELEMENTS)]
    for tag, attributes in page.elements:
        wrong += [f"{tag} {name}={value}" for name, value in attributes.items() if _acts(tag, name, value)]
    digest = b64encode(sha256(page.style.encode()).digest()).decode()
    policies = [one.get("content") for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    if policies != [POLICY.format(digest)]:
        wrong.append(f"the policy is {policies}, and the style has the hash {digest}")
    if page.elements.index(("style", {})) < [tag for tag, _ in page.elements].index("meta"):
        wrong.append("a style before the policy")
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    wrong += [f"id {id} twice" for id in {*ids} if ids.count(id) > 1]
    return wrong + _unreadable(page)


def _acts(tag: str, name: str, value: str | None) -> bool:
    """Tell whether an attribute runs, styles or fetches something."""
    if name == "href":
        return not (value or "").startswith("#") if tag == "use" else not (tag == "a" and LINK.match(value or ""))
    fetching = ("src", "srcset", "action", "data", "poster", "background", "ping", "xlink:href", "formaction")
    return name.startswith("on") or name in ("style", *fetching) or "url(" in (value or "").lower()


def _unreadable(page: Page) -> list[str]:
    """Return what a screen reader would miss."""
    counts = {tag: len(page.all(tag)) for tag in ("html", "title", "style", "h1", "main", "caption")}
    wrong = [f"{counts[tag]} <{tag}>" for tag in ("html", "title", "style", "h1", "main") if counts[tag] != 1]
    wrong += ["html without a language"] if page.all("html") != [{"lang": "en"}] else []
    wrong += ["a th without scope" for one in page.all("th") if one.get("scope") not in ("row", "col")]
    wrong += ["a drawing that is read out" for one in page.all("svg") if one.get("aria-hidden") != "true"]
    tables = [one for one in page.all("table") if one]  # one of prose has no attributes
    return wrong + (["a table without caption"] if counts["caption"] != len(tables) else [])
