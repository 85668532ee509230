"""The first words of prose: what a text is about, in one line."""

from __future__ import annotations

import re

_FRONT_MATTER = re.compile(
    r"\s*^(?:---[ \t]*\n[\w-]+[ \t]*:|\+\+\+[ \t]*\n[\w-]+[ \t]*=).*?^(?:---|\.\.\.|\+\+\+)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NO_PROSE = re.compile(r"""```|~~~|\[[^\]]+\]:\s*\S+\s*(?:["'(].*)?$""")  # a fence, the address of a link
_MARKS = re.compile(r"^(?:[>\s]+|[-*+•–]\s+|[0-9]{1,4}[.)]\s+|#{1,6}\s+|\[[ xX]\]\s+)+")
_WORD = re.compile(r"[^\W\d_]+")
_OF_A_DAY = re.compile(
    "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?"
    "|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|(?:nov|dec)(?:ember)?|st|nd|rd|th|of|the|on|at|am|pm"
    "|[htz]|date|day|meeting|minutes|notes|agenda",
    re.IGNORECASE,
)


def first_words(text: str) -> str:
    """Return the first line that says something, without its Markdown marks; "" if there is none.

    Front matter, comments and a line that says no more than the day say nothing.
    """
    text = "\n".join(text.removeprefix("\ufeff").splitlines())
    if front := _FRONT_MATTER.match(text):
        text = text[front.end() :]
    for line in _COMMENT.sub("\n", text).split("\n"):
        is_heading = line.lstrip("> \t").startswith("#")
        words = _MARKS.sub("", line).strip()
        words = words.rstrip("# \t") if is_heading else words
        if any(map(str.isalnum, words)) and not (_NO_PROSE.match(words) or _is_day(words, is_heading)):
            return words
    return ""


def _is_day(line: str, is_heading: bool) -> bool:
    """Return whether a line says no more than a day; a heading may do without digits."""
    if not (is_heading or any(map(str.isdigit, line))):
        return False
    return all(map(_OF_A_DAY.fullmatch, _WORD.findall(line)))
