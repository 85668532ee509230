"""What words mean: records by their ids and names, days, kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from mentorlog import vocabulary
from mentorlog.errors import UnknownId

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mentorlog.models.views import View
    from mentorlog.store.journal import Journal


class Lookup:
    """Finds in a journal, opened on first use, what words mean today."""

    def __init__(self, journal: Callable[[], Journal], today: date) -> None:
        self._journal = journal
        self._today = today

    def mentor(self, text: str, missing: str | None = None) -> View:
        """Return the mentor that the text means: a slug, a unique beginning of it, or of a word of the name.

        `missing` is the hint for a text that means nobody.
        """
        try:
            return self._journal().resolve(text, "mentor", by_name=True)
        except UnknownId as error:
            error.hint = missing or error.hint
            raise

    def goal(self, text: str) -> View:
        """Return the goal that the text means."""
        return self._journal().resolve(text, "goal")

    def task(self, text: str) -> View:
        """Return the task that the text means."""
        return self._journal().resolve(text, "task")

    def meeting(self, text: str) -> View:
        """Return the meeting that the text means."""
        return self._journal().resolve(text, "meeting")

    def note(self, text: str) -> View:
        """Return the note that the text means."""
        return self._journal().resolve(text, "note")

    def mentor_ids(self, words: Sequence[str] | None) -> tuple[str, ...]:
        """Return the ids of the mentors that the texts mean, each once, in their order."""
        return tuple(dict.fromkeys(self.mentor(word)["id"] for word in words or ()))

    def several_mentors(self, text: str) -> tuple[str, ...]:
        """Return the ids of the mentors that a text with commas means."""
        return self.mentor_ids([word.strip() for word in text.split(",") if word.strip()])

    def kinds(self, words: Sequence[str] | None) -> tuple[str, ...]:
        """Return the kinds of records that the words name, in the singular or the plural; BadValue names all kinds."""
        if not words:
            return ()
        from mentorlog.models.rules import among

        return tuple(among(word.removesuffix("s"), "kind", (*vocabulary.RECORD_KINDS, "profile")) for word in words)

    def day_before(self, text: str | None) -> date:
        """Return the day on which something happened, today where none is given; never one to come."""
        if text is None:
            return self._today
        from mentorlog import dates

        return dates.back(text, self._today)

    def day_ahead(self, text: str | None) -> date | None:
        """Return the day on which something is to come; None where none is given."""
        if text is None:
            return None
        from mentorlog import dates

        return dates.ahead(text, self._today)

    def day_text(self, text: str | None) -> str | None:
        """Return a day to look back to as `2027-02-03`; None where none is given."""
        return None if text is None else self.day_before(text).isoformat()

    def format_day(self, day: date | str) -> str:
        """Return the day in words: `Sun 3 Jan 2027`."""
        from mentorlog import dates

        return dates.say(day)

    def completions(self, start: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
        """Return (id, title) for the shell's completion: never an error, and nothing that a shell would act on."""
        try:
            candidates = self._journal().completions(start, kinds)
        except Exception:
            return []
        return [(id, _for_shell(title)) for id, title in candidates if _is_plain(id)]


def _is_plain(id: str) -> bool:
    return id.isascii() and id[:1].isalnum() and id.replace("-", "").isalnum()


def _for_shell(title: str) -> str:
    """Return the title as a shell may show it: the scripts of Typer evaluate what they are given."""
    from mentorlog.output.text import safe

    table = str.maketrans({"'": "’", '"': "’", "`": "’", "\\": "/", "$": "", ":": " ", "\t": " "})
    return " ".join(safe(title).translate(table).split())
