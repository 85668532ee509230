"""What could not be read in the notes of a meeting: a sentence for each reason, with its lines. Pure."""

from __future__ import annotations

from mentorlog.models.views import joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from mentorlog.errors import MentorlogError

_MOST_LINES = 20  # are named for one reason


class Complaints:
    """Why lines of notes did not do what they seem to be for; lines with the same reason share a sentence.

    Lines that were in the notes `before` cause no complaints.
    """

    def __init__(self, notes: str, before: str | None, *, one: str, several: str) -> None:
        self._lines = tuple(notes.split("\n"))
        self._known = frozenset((before or "").split("\n"))
        self._one, self._several = one, several
        self._found: dict[str, list[int]] = {}

    def known(self, first: int, last: int) -> bool:
        """Return whether these lines were in the notes before."""
        return self._known.issuperset(self._lines[first : last + 1])

    def add(self, error: MentorlogError, first: int, last: int) -> None:
        """Add a reason, unless these lines were in the notes before."""
        if not self.known(first, last):
            reason = f"{error.clause}{f' ({error.hint})' if error.hint else ''}"
            numbers = self._found.setdefault(reason, [])
            if first + 1 not in numbers[-1:]:  # a line may name somebody twice
                numbers.append(first + 1)

    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each reason, in the order of the lines."""
        return tuple(
            f"Line {numbers[0]} of the notes {self._one}: {reason}"
            if len(numbers) == 1
            else f"Lines {_listed(numbers)} of the notes {self._several}: {_of_each(reason)}"
            for reason, numbers in sorted(self._found.items(), key=lambda found: found[1])
        )


def _listed(numbers: Sequence[int]) -> str:
    """Return the numbers of lines, of very many only the first."""
    shown = [str(number) for number in numbers]
    if len(shown) > _MOST_LINES + 1:
        shown[_MOST_LINES:] = [f"{len(numbers) - _MOST_LINES} more"]
    return joined(shown)


def _of_each(reason: str) -> str:
    """Return the reason of one line as that of several: `it names @wei` is `each names @wei`."""
    start, blank, rest = reason.partition(" ")
    return f"each{blank}{rest}" if start == "it" else reason
