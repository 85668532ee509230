"""Prose embedded in a Markdown document: it stays Markdown, and cannot affect what is around it.

Headings are moved below ours, HTML is shown as text, an image becomes a link (so that reading contacts no server),
an open code block is closed. What has a name within the prose keeps it to itself: labels of links and footnotes get a
mark of their text, and what names a heading or an abbreviation for the whole document is shown as text. If the parser
finds that this failed, the prose is fenced as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache
from hashlib import sha256
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from mentorlog import ids
from mentorlog.output.text import safe_block

_LEVEL = 3  # of the heading of a record: headings in its prose are moved below it
_LONGEST = 400_000  # longer prose is fenced as typed: parsing it would take seconds
_LAST = "the end of the prose"
_DEEPEST = 6
_OURS = "X"  # the folded label of a ticked box: a link reference must not define it

# Prose without any of these cannot affect what is around it.
_RISKY = re.compile(r"[<`~#\]]|[=-] *$", re.MULTILINE)
_HEADING = re.compile(r"^((?:[ >*+-]|\d{1,9}[.)] )*?)(#{1,6})(?=\s|$)")
_LINK = re.compile(r"<(?:https?://[^\s<>]*|mailto:[^\s<>]*|[\w.+-]+@[\w.-]+)>", re.ASCII)
_ACTING = ("html_", "image")
# The allowed links; another scheme (javascript:) could run in a reader.
_ADDRESS = re.compile(r"(?:https?|mailto|tel):|(?![a-z][\w+.-]*:)", re.IGNORECASE | re.ASCII)
_TICKS = re.compile(r"`+")
# Names for the whole document: a link to a heading, the name of a heading, an abbreviation.
_ANCHOR = re.compile(r"\]\(\s*<?#")
_ABBREVIATION = re.compile(r"\*\[[^\]\n]+\]:")
_BRACKETS = re.compile(r"\[((?:\\.|[^\[\]\\])+)\]", re.DOTALL)
_DEFINITION = re.compile(r"((?:[ >*+-]|\d{1,9}[.)] )*)\[((?:\\.|[^\[\]\\])+)\]:")


def prose(text: str) -> str:
    """Return prose as a block for use below the heading of a record."""
    clean = safe_block(text, document=True).strip("\n")
    if not _RISKY.search(clean):
        return clean
    own = _own_names(clean) if len(clean) <= _LONGEST else None
    if own is not None:
        defined = _defined(own)
        for spans in (True, False):
            shaped = _shaped(own, spans)
            if _is_harmless(shaped, defined):
                return shaped
    ticks = "`" * max(3, 1 + max((len(run[0]) for run in _TICKS.finditer(clean)), default=0))
    return f"{ticks}\n{clean}\n{ticks}"


def inline(text: str) -> str | None:
    """Return prose of one line for use after a label; None if it has more lines."""
    clean = safe_block(text, document=True).strip()
    if "\n" in clean:
        return None
    for spans in (True, False):
        shaped = _without_tags(clean, spans)
        if not _acts(_parser(True).parseInline(shaped)):
            return shaped
    return None


@cache  # making one takes longer than parsing a line, and an export needs thousands
def _parser(html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # others do not validate
    return parser


def _shaped(text: str, spans: bool) -> str:
    lines = text.split("\n")
    tokens = _parser(False).parse(text)
    for token in tokens:
        if token.type == "heading_open" and token.map:
            _push_down(lines, token, min(_DEEPEST, _LEVEL + int(token.tag[1])))
    last = tokens[-1] if tokens else None
    if last and last.type == "fence" and last.map and not last.level:  # a code block at the end
        end = lines[last.map[1] - 1].strip()
        if last.map[1] - 1 == last.map[0] or len(end) < len(last.markup) or end.strip(last.markup[0]):
            lines.append(last.markup)
    return _outside_code(lines, _code_lines(tokens), lambda part: _without_tags(part, spans))


def _code_lines(tokens: Iterable[Token]) -> set[int]:
    """Return the numbers of the lines of code blocks."""
    return {n for token in tokens if token.type in ("fence", "code_block") for n in range(*(token.map or (0, 0)))}


def _outside_code(lines: Iterable[str], code: set[int], change: Callable[[str], str]) -> str:
    """Return a text with its parts between blank lines changed, but for code blocks; a code span is within a part."""
    parts = []
    for is_kept, run in groupby(enumerate(lines), lambda pair: pair[0] in code or not pair[1].strip()):
        part = "\n".join(line for _, line in run)
        parts.append(part if is_kept else change(part))
    return "\n".join(parts)


def _push_down(lines: list[str], token: Token, level: int) -> None:
    first, last = token.map or (0, 0)
    marks = "#" * level
    if token.markup[0] == "#":
        lines[first] = _HEADING.sub(lambda match: match[1] + marks, lines[first], count=1)
    elif token.level == 0:  # a line underlined with === or ---
        words = " ".join(line.strip() for line in lines[first : last - 1])
        lines[first:last] = [f"{marks} {words}", *[""] * (last - first - 1)]


def _without_tags(text: str, spans: bool) -> str:
    """Return the text with tags and images escaped; links in <> and code spans are kept."""
    escaped, at = [], 0
    while at < len(text):
        size = 1
        if text[at] == "\\":
            size = 2
        elif text[at] == "`" and spans:
            size = _span(text, at)
        elif text[at] == "<":
            link = _LINK.match(text, at)
            if link:
                size = len(link[0])
            elif at + 1 < len(text) and (text[at + 1].isalpha() or text[at + 1] in "/!?"):
                escaped.append("\\")
        elif text.startswith(("![", "{#"), at) or (text[at] == "*" and _defines_abbreviation(text, at)):
            escaped.append("\\")
        elif text[at] == "]" and _ANCHOR.match(text, at):
            escaped.append("]\\(")
            at += 2
            continue
        escaped.append(text[at : at + size])
        at += size
    return "".join(escaped)


def _defines_abbreviation(text: str, at: int) -> bool:
    return (at == 0 or text[at - 1] == "\n") and _ABBREVIATION.match(text, at) is not None


def _span(text: str, at: int) -> int:
    """Return the length of the code span that begins at a place, else that of its backticks."""
    runs = _TICKS.finditer(text, at)
    size = len(next(runs)[0])
    return next((end.end() - at for end in runs if len(end[0]) == size), size)


def _is_harmless(text: str, defined: Set[str]) -> bool:
    """Return whether nothing is active, no heading is of our levels, and what follows is unaffected.

    It must define the labels `defined` and no others: an escape may make a definition of what was none.
    """
    env: dict[str, dict[str, object]] = {}
    *tokens, opening, words, _ = _parser(True).parse(f"{text}\n\n# {_LAST}\n", env)
    ends = opening.type == "heading_open" and not opening.level and words.content == _LAST
    labels = env.get("references", {}).keys()
    if not ends or labels != defined or _OURS in labels or _acts(tokens):
        return False
    return all(int(token.tag[1]) > _LEVEL for token in tokens if token.type == "heading_open")


def _defined(text: str) -> Set[str]:
    """Return the labels of links that a text defines."""
    env: dict[str, dict[str, object]] = {}
    if "]:" in text:
        _parser(True).parse(text, env)
    return env.get("references", {}).keys()


def _acts(tokens: Iterable[Token]) -> bool:
    return any(
        token.type.startswith(_ACTING)
        or (token.type == "link_open" and not _ADDRESS.match(str(token.attrs["href"]).lstrip()))
        or _acts(token.children or ())
        for token in tokens
    )


# Labels of links and footnotes.


class _Labels:
    """The labels that a text defines, and the mark that tells them from those of other texts."""

    def __init__(self, text: str) -> None:
        env: dict[str, dict[str, dict[str, str]]] = {}
        tokens = _parser(False).parse(text, env)
        self.links = {label: one["href"] for label, one in env.get("references", {}).items()}
        self.lines = text.split("\n")
        shown = [token.map for token in tokens if token.type in ("inline", "fence", "code_block") and token.map]
        covered = {number for start, end in shown for number in range(start, end)}
        self.code = _code_lines(tokens)
        found = ((n, _DEFINITION.match(line)) for n, line in enumerate(self.lines) if n not in self.code)
        self.definitions = {n: start for n, start in found if start and (n not in covered or start[2][0] == "^")}
        self.notes = {start[2][1:] for start in self.definitions.values() if start[2][0] == "^"}
        self.mark = "".join(ids.ALPHABET[byte % len(ids.ALPHABET)] for byte in sha256(text.encode()).digest()[:4])

    def own(self, label: str) -> str:
        """Return a label of this text as it is called in the document."""
        return f"{label}-{self.mark}" if label[0] == "^" else f"{label} {self.mark}"

    def defines(self, label: str) -> bool:
        """Return whether the text defines a footnote or a link by this label."""
        if label[0] == "^" and label[1:] in self.notes:
            return True
        address = self.links.get(normalizeReference(label))
        return address is not None and not address.startswith("#")


def _own_names(text: str) -> str | None:
    """Return the text with labels that no other text has; None if that would change a link."""
    if "]:" not in text:
        return text
    labels = _Labels(text)
    if not labels.links.keys() <= {normalizeReference(start[2]) for start in labels.definitions.values()}:
        return None
    if not labels.definitions:
        return text
    lines = list(labels.lines)
    for number, start in labels.definitions.items():
        head, label = start[1], start[2]
        rest = lines[number][start.end() :]
        lines[number] = f"{head}[{labels.own(label)}]:{rest}" if labels.defines(label) else f"{head}\\[{label}]:{rest}"
    own = _outside_code(lines, labels.code, lambda part: _with_own_labels(part, labels))
    return own if list(_links(own, labels.mark)) == list(_links(text, labels.mark)) else None


def _with_own_labels(text: str, labels: _Labels) -> str:
    """Return the text in which each use of a label is the text's own; `[a]` becomes `[a][a k3x9]`."""
    done, at = [], 0
    while at < len(text):
        size = 2 if text[at] == "\\" else _span(text, at) if text[at] == "`" else 1
        found = _BRACKETS.match(text, at) if text[at] == "[" else None
        if found and labels.defines(found[1]):
            own = f"[{labels.own(found[1])}]"
            following = text[found.end() : found.end() + 2]
            is_whole = found[1][0] == "^" or text[at - 1 : at] == "]"
            size = len(found[0])
            if is_whole or not following.startswith(("(", "[")) or following == "[]":
                done.append(own if is_whole else found[0] + own)
                at += size + (2 if following == "[]" and not is_whole else 0)
                continue
        done.append(text[at : at + size])
        at += size
    return "".join(done)


def _links(text: str, mark: str) -> Iterator[tuple[str, str, str]]:
    """Yield the address, the title and the words of each link, except to headings."""
    for token in _parser(False).parse(text):
        for number, child in enumerate(token.children or ()):
            address = str(child.attrs.get("href", ""))
            if child.type == "link_open" and not address.startswith("#"):
                words = "".join(one.content for one in _until_end(token.children or (), number))
                yield address, str(child.attrs.get("title", "")), words.replace(f"-{mark}", "")


def _until_end(tokens: Sequence[Token], start: int) -> Iterator[Token]:
    for token in tokens[start + 1 :]:
        if token.type == "link_close":
            return
        yield token
