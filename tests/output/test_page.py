"""What a layout knows of where it is shown."""

from __future__ import annotations

from mentorlog.output.page import Page


def test_pages_on_a_pipe_have_no_limit() -> None:
    """Only a terminal has a width to keep to."""
    assert Page(40).limit is None
    assert Page(40, terminal=True).limit == 40
