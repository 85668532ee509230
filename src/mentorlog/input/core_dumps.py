"""No core dumps: the image of a crashed process would hold the text being typed, on the disk and for all to collect."""

from __future__ import annotations

from contextlib import suppress


def forbid() -> None:
    """Let the system write no core dump of this process, nor of an editor that it starts."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
