"""Numbers over time: a line for each series, with a small bar for each number and the numbers themselves."""

from __future__ import annotations

from mentorlog.output.text import fit, pad, safe, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mentorlog.output.page import Page

_BARS = "▁▂▃▄▅▆▇█"
_MOST, _FEWER = 12, 6
"""The most numbers in a line, and those on a narrow page."""
_NARROW = 60


def sparkline(values: Sequence[float], least: float, most: float) -> str:
    """Return a bar for each number: the lowest for `least`, the highest for `most`."""
    top, span = len(_BARS) - 1, most - least
    return "".join(_BARS[min(max(round((one - least) / span * top), 0), top)] for one in values)


def lines(series: Mapping[str, Sequence[float]], least: int, most: int, page: Page) -> list[str]:
    """Return a line for each series of two numbers or more, the oldest first; none if there are no such series.

    If there are many numbers, only the last have bars, and of those between the first and the last there is a count.
    On a narrow page the numbers are below the bars.
    """
    known = {safe(name): values for name, values in series.items() if len(values) > 1}
    if not known:
        return []
    is_narrow = page.terminal and page.width < _NARROW
    shown, column = (_FEWER, 14) if is_narrow else (_MOST, 24)
    column = min(column, max(map(width, known)))
    bars = min(shown, max(map(len, known.values())))
    found = []
    for name, values in known.items():
        bar = sparkline(values[-shown:], least, most)
        numbers = f"{', '.join(f'{one:g}' for one in values)} of {most}"
        if len(values) > _MOST:
            numbers = f"{values[0]:g} to {values[-1]:g} of {most} ({len(values)} times)"
        head = f"  {pad(fit(name, column), column)}  {bar}"
        line = f"{head}{' ' * (bars - len(bar))}  {numbers}"
        is_wide = page.terminal and width(line) > page.width
        found += [head, *page.wrap(numbers, indent="    ", first="    ")] if is_wide else [line]
    return found
