"""What cannot be given together with an option of a kind of its own, such as one that records nothing."""

from __future__ import annotations

from collections.abc import Mapping

from mentorlog.errors import Usage


def refuse_with(option: str, others: Mapping[str, object], hint: str) -> None:
    """Raise Usage, which names both, if one of the others is given together with an option."""
    for other, given in others.items():
        if given:
            raise Usage(f"{option} and {other} cannot be used together.", hint)
