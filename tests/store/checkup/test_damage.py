"""Which bytes are damaged, and the search for the one bit that is wrong."""

from __future__ import annotations

from mentorlog.store.checkup.damage import BitSearch
from mentorlog.store.disk.files import fingerprint

MOST = 1 << 40


def test_the_search_for_a_bit() -> None:
    """It finds any one bit, and neither two of them, nor another text, nor more than it may hash."""
    whole = b'name = "Curie"\n'
    sha = fingerprint(whole)
    for at in range(8 * len(whole)):
        wrong = bytearray(whole)
        wrong[at // 8] ^= 1 << at % 8
        assert BitSearch(MOST).corrected("profile.toml", bytes(wrong), sha) == whole
        assert BitSearch(4 * len(whole) ** 2 - 1).corrected("profile.toml", bytes(wrong), sha) is None
        wrong[(at // 8 + 3) % len(whole)] ^= 2
        assert BitSearch(MOST).corrected("profile.toml", bytes(wrong), sha) is None
    assert BitSearch(MOST).corrected("profile.toml", b"", sha) is None
    assert BitSearch(MOST).corrected("profile.toml", whole, None) is None

    large = whole + b"#" * (16 * 1024)
    assert BitSearch(MOST).corrected("profile.toml", b"\xee" + large[1:], fingerprint(large)) is None
