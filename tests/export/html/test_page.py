"""The frame of a page: its policy, its style, and colours that can be read in both themes and on paper."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorlog.export.html.markup import Html, element, shape, text
from mentorlog.export.html.page import page, section, style, table
from mentorlog.export.html.prose import prose
from output.payloads import ANY_TEXT
from webpage import Page, complaints

TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.1, 1.4.3 and 1.4.11, level AA


def test_every_text_is_escaped_but_html() -> None:
    """A child or an attribute is text unless it was made by the same functions."""
    made = element("td", "a<b>&", element("b", '"'), None, class_='x"y', data_label="<", role=None)

    assert made == '<td class="x&quot;y" data-label="&lt;">a&lt;b&gt;&amp;<b>&quot;</b></td>'
    assert text("a\x1b[1m\u202e") == "a\\x1b[1m\\u202e"
    assert shape("path", d="M0 0", x=1.25, y=2.0) == '<path d="M0 0" x="1.2" y="2"/>'


def test_a_page_is_complete() -> None:
    """It has a title, one heading, its lines and its sections; what has no content is left out."""
    rows = [("A goal", "70%"), ("<b>", Html("<b>x</b>"))]
    columns = [("what", "Goal"), ("state", "State")]
    made = page(
        "Sample page",
        "Elizabeth Blackwell",
        ["Resident", ""],
        [
            section("Goals", table("All goals", columns, rows, kind="plain", labelled=True), None, id="goals"),
        ],
        title="Sample page, <2026>",
    )
    found = Page(made)

    assert complaints(made) == []
    assert found.text == "Sample page Elizabeth Blackwell Resident Goals All goals Goal State A goal 70% <b> x"
    assert "<title>Sample page, &lt;2026&gt;</title>" in made
    assert found.all("td")[0] == {"class": "state", "role": "cell", "data-label": "State"}


def test_the_kind_of_document_is_printed_on_every_sheet() -> None:
    """It is the only text in the style, and must be plain words."""
    assert '@bottom-left{content:"Semi-annual review"' in style("Semi-annual review")
    with pytest.raises(ValueError, match="evil"):
        style('evil"}*{background:url(http://x)}')


def test_the_style_fetches_nothing() -> None:
    """No import, no address, no font."""
    assert re.findall(r"@import|url\(|@font-face|https?:|expression|behavior", style("Page")) == []


# Contrast


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of each theme by name: those that are not repeated stay as they are."""
    blocks = re.findall(r"(?:@media ([^{]+)\{[^@]*?)?:root\{(--[^}]+)\}", style("Page"))
    found = [(media, dict(re.findall(r"--(\w+):(#\w+)", block))) for media, block in blocks]
    light = found[0][1]
    return {
        "light": light,
        "dark": next(colours for media, colours in found if "dark" in media),
        "print": {**light, **next(colours for media, colours in found if "print" in media)},
    }


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    """Known pairs."""
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_words_and_drawings_can_be_read(theme: str) -> None:
    """Words have a contrast of 4.5 : 1 on the paper and on the tint behind code; the marks of drawings 3 : 1."""
    colours = themes()[theme]
    words = {
        (name, paper): contrast(colours[name], colours[paper])
        for name in ("ink", "muted", "blue")
        for paper in ("paper", "faint")
    }
    marks = {
        name: contrast(colours[name], colours["paper"]) for name in ("blue", "soft", "green", "amber", "muted", "ink")
    }

    assert {pair: round(value, 2) for pair, value in words.items() if value < TEXT} == {}
    assert {name: round(value, 2) for name, value in marks.items() if value < GRAPHIC} == {}
    assert all(contrast(colours[name], colours["paper"]) >= TEXT for name in ("green", "amber"))


def test_colours_are_named_once() -> None:
    """Every rule takes its colours from the themes, so that none is forgotten in one of them."""
    rules = re.sub(r":root\{[^}]+\}", "", style("Page"))

    assert set(re.findall(r"#[0-9a-f]{3,6}\b", rules)) <= {"#555"}  # the margins of a sheet know no variables
    assert set(re.findall(r"var\(--(\w+)\)", rules)) == set(themes()["light"])


# Prose


@given(ANY_TEXT, st.text(st.sampled_from("ab <>&\"'`![]()#*_-|\n:/\\"), max_size=60))
def test_any_prose_keeps_to_its_place(any_text: str, markup: str) -> None:
    """Whatever is typed, the page around it stays whole, and nothing in it acts."""
    for value in (any_text, markup, f"- [ ] {markup}", f"| a |\n|--|\n| {markup} |"):
        made = page("Page", "Heading", [value], [section(value, prose(value), element("b", value))], title=value)

        assert complaints(made) == []


def test_a_plain_line_needs_no_parser() -> None:
    """nh3 and markdown-it are loaded for more than that."""
    code = (
        "import sys; from mentorlog.export.html.prose import prose; print(prose('Ten films, “none” missed.'));"
        "print([name for name in ('nh3', 'markdown_it') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "<p>Ten films, “none” missed.</p>\n[]\n"


@pytest.mark.parametrize(
    "plain", ["1) first", "1. first", "a*b*", "x\n\ny", "- a", "# a", "a_b_", "&lt;", "<b>", "www.x"]
)
def test_a_plain_line_is_what_the_parser_would_make_of_it(plain: str) -> None:
    """What only looks plain goes through the parser."""
    from mentorlog.export.html.prose import _PLAIN, _parser

    if _PLAIN.fullmatch(plain):
        assert _parser().render(plain).strip() == f"<p>{plain}</p>"
    assert not _PLAIN.fullmatch("1) first")


def test_long_prose_is_shown_as_it_was_typed() -> None:
    """Parsing it would take seconds."""
    made = prose("<b>*x*</b>\n" * 50_000)

    assert made.startswith("<pre>&lt;b&gt;*x*&lt;/b&gt;\n&lt;b&gt;") and made.endswith("</pre>")
