"""The frame of a page: its head with a strict content security policy, its style, its title block.

The policy allows one style, by its hash, and nothing else: no script, no style attribute, no image, no request.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from mentorlog.export.html.markup import Html, element, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mentorlog.export.html.markup import Child

_STYLE = Path(__file__).with_name("page.css")


@cache
def style(kind: str) -> str:
    """Return the style of a page; the kind of document is printed at the foot of every sheet."""
    if not kind.replace(" ", "").replace("-", "").isalpha():
        raise ValueError(kind)  # it stands in the style as text
    return _STYLE.read_text(encoding="utf-8").replace("KIND OF DOCUMENT", kind).strip()


def page(kind: str, heading: str, lines: Iterable[Child], body: Iterable[Child], *, title: str) -> str:
    """Return a whole page: above its body the kind of document, the one heading, and lines on what it is."""
    subtitles = [element("p", line, class_="sub") for line in lines if line]
    above = element("p", kind, class_="kind") if kind != heading else None
    header = element("header", above, element("h1", heading), *subtitles)
    content = element("body", header, element("main", *body))
    return f'<!doctype html>\n<html lang="en">\n{_head(kind, title)}\n{content}\n</html>\n'


def section(heading: str, *children: Child, keep: bool = False, id: str | None = None) -> Html:
    """Return a section of a page; `keep` keeps a short one on one sheet."""
    inner = [element("h2", heading), *children]
    return joined([Html("\n"), element("section", *inner, class_="keep" if keep else None, id=id)])


def table(
    caption: str,
    columns: Sequence[tuple[str, Child]],
    rows: Iterable[Sequence[Child]],
    *,
    kind: str,
    labelled: bool = False,
) -> Html:
    """Return a table whose first cells head their rows; `columns` are (class, heading).

    On a narrow screen rows become blocks: roles are written out, because some readers then see no table, and cells
    are `labelled` with the heading of their column where it would be missed.
    """
    heads = [element("th", head, scope="col", class_=name, role="columnheader") for name, head in columns]
    names = [name for name, _ in columns]
    labels = [head if labelled else None for _, head in columns]
    return element(
        "table",
        element("caption", caption),
        element("colgroup", *(element("col", class_=name) for name in names)),
        element("thead", element("tr", *heads, role="row"), role="rowgroup"),
        element("tbody", *(_row(names, labels, row) for row in rows), role="rowgroup"),
        class_=kind,
        role="table",
    )


def _row(names: Sequence[str], labels: Sequence[Child], cells: Sequence[Child]) -> Html:
    first, *others = cells
    head = element("th", first, scope="row", class_=names[0], role="rowheader")
    rest = (
        element("td", cell, class_=name, role="cell", data_label=label)
        for name, label, cell in zip(names[1:], labels[1:], others, strict=True)
    )
    return joined([Html("\n"), element("tr", head, *rest, role="row")])


def _head(kind: str, title: str) -> Html:
    css = style(kind)
    digest = b64encode(sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Html(css)),
    )
