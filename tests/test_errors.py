"""How errors repeat what somebody typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mentorlog.errors import shortened
from world import Ran


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("case", "'case'"),
        ("it's", '"it\'s"'),
        ("a\\b", "'a\\\\b'"),
        ("x" * 41, f"'{'x' * 39}…'"),
        ("a\x1bb\u202ec", "'a\\x1bb\\u202ec'"),
        ("می\u200cخواهم", "'می\u200cخواهم'"),
        ('it\'s "👨\u200d⚕️"\n\u200b', "'it\\'s \"👨\u200d⚕️\"\\n\\u200b'"),
        ("\ud800\u00ad", "'\\ud800\u00ad'"),
    ],
)
def test_text_in_quotes(text: str, shown: str) -> None:
    """It is cut and escaped as in Python; joiners are left to the sanitiser, which knows where they belong."""
    assert shortened(text) == shown


@pytest.mark.parametrize(
    "words",
    [
        ("goal", "show", "WORD"),
        ("show", "WORD"),
        ("task", "add", "Draft", "--due", "WORD"),
        ("task", "add", "Draft", "--priority", "WORD"),
        ("mentor", "add", "Osler", "--every", "WORD"),
        ("goal", "add", "Case report", "--with", "WORD"),
    ],
)
def test_an_error_repeats_a_word_as_it_is_shown_elsewhere(words: tuple[str, ...], invoke: Callable[..., Ran]) -> None:
    """A Persian word and an emoji are printed as typed, what hides is escaped, a soft hyphen is not shown."""
    typed = "می\u200cخو\u00adاهم👨\u200d⚕️\u200b"
    ran = invoke(*(typed if word == "WORD" else word for word in words))

    assert ran.exit in (1, 2)
    assert "می\u200cخواهم👨\u200d⚕️\\u200b" in ran.err
