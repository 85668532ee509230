"""`mentorlog meeting list`, as it is typed."""

from __future__ import annotations

import pytest

from commands.meeting.conftest import Run, data, planned


def test_a_list(invoke: Run) -> None:
    """Newest first; what was called off only with --all or by its status."""
    one, two = planned(invoke), planned(invoke, "curie", "--on", "sat", "-g", "g7k3q", "--tag", "cv", "--kind", "spot")
    invoke("meeting", "cancel", one)
    held = data(invoke, "meeting", "log", "osler", "--on", "-3d")["id"]

    def found(*words: str) -> list[str]:
        return [view["id"] for view in data(invoke, "meeting", "list", *words)]

    assert found() == [two, held]
    assert found("--all") == [two, one, held]
    assert found("--status", "cancelled") == [one]
    assert found("--with", "osler", "--all") == [one, held]
    assert found("--goal", "g7") == found("--tag", "cv") == found("--kind", "spot") == [two]
    assert found("--since", "-4d", "--until", "today") == [held]
    assert invoke("meeting", "list", "--with", "curie").out == (
        "id     day              with   status   kind  about\n"
        f"{two}  Sat 28 Nov 2026  curie  planned  spot  Submit case report\n"
    )


@pytest.mark.parametrize("words", [["--status", "gone"], ["--kind", "lunch"], ["--with", "pasteur"], ["--since", "x"]])
def test_bad_filters(words: list[str], invoke: Run) -> None:
    """A filter that cannot be understood is an error, not an empty list."""
    ran = invoke("meeting", "list", *words)

    assert (ran.exit, ran.out) == (1, "")


def test_an_empty_list(invoke: Run) -> None:
    """It says so, and is an empty list for scripts."""
    assert invoke("meeting", "list").out == "No meetings found.\n"
    assert data(invoke, "meeting", "list") == []
