"""Write a text to a mentor from a template: a request to meet, thanks, or an agenda. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mentorlog.app import App
from mentorlog.domain import audience, writing
from mentorlog.domain.lint import KnownNames
from mentorlog.export import letters as layout
from mentorlog.flows import exclusive, templates
from mentorlog.flows.lint import check_text
from mentorlog.flows.write_export import write_text
from mentorlog.models.mentor import must_allow
from mentorlog.output.messages import writing as messages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mentorlog.domain.audience import Selection
    from mentorlog.export.templates import Names
    from mentorlog.models.view_types import MentorView

    Part = tuple[str, str, str]


class Sources:
    """What a text to some mentors is made of: for each of them, what they may see."""

    def __init__(self, app: App, mentors: Sequence[str]) -> None:
        contents = app.journal.contents()
        self.profile, self.views = contents.profile_view(), contents.views()
        self.selections = [self._seen_by(one) for one in mentors]
        self.known = KnownNames.of(self.profile, self.views)

    def _seen_by(self, mentor: str) -> Selection:
        return audience.select(self.profile, self.views, audience.Audience("mentor", mentor))

    @property
    def people(self) -> Names:
        """The names of the readers and of the writer."""
        mentors = {view["id"]: view["name"] for view in self.views if view["record"] == "mentor"}
        readers = [mentors[one.audience.mentor] for one in self.selections]
        return layout.people(self.selections[0].profile, readers)

    @property
    def others(self) -> writing.OtherNames:
        """The names of the mentors who do not read it."""
        return writing.OtherNames(self.views, self.selections[0].audience.mentor)


def refuse_with(options: Mapping[str, Any]) -> None:
    """Raise Usage if --draft is given together with an option that records something."""
    exclusive.refuse_with("--draft", options, "--draft records nothing; run the command twice")


def write_request(app: App, mentor: MentorView, template: str | None, *, despite_lint: bool) -> None:
    """Write a request to meet somebody who may become a mentor."""
    must_allow("invited", mentor)
    sources = Sources(app, [mentor["id"]])
    selection = sources.selections[0]
    profile, seen = selection.profile, [one for one in selection.of("mentor") if one["id"] == mentor["id"]]
    purpose = seen[0]["purpose"] if seen else None
    parts = [("profile", "aims", profile["aims"] or ""), (mentor["id"], "purpose", purpose or "")]
    parts += [("profile", "growth_areas", area) for area in profile["growth_areas"]]
    text = _text(app, "ask", template, sources, layout.of_request(profile, purpose), parts, despite_lint)
    _show(app, text, "ask", template, [mentor["id"]], messages.blanks(text, profile))


def write_thanks(app: App, mentor: MentorView, template: str | None, *, despite_lint: bool) -> None:
    """Write thanks to a mentor."""
    sources = Sources(app, [mentor["id"]])
    work = writing.work(sources.selections[0], sources.others)
    names = {**layout.of_work(work), "in_touch": mentor["status"] == "stay_in_touch"}
    text = _text(app, "thanks", template, sources, names, work.texts, despite_lint)
    notes = [*messages.blanks(text, sources.profile), *messages.left_out(work.left_out)]
    _show(app, text, "thanks", template, [mentor["id"]], notes)


def write_agenda(app: App, mentor: MentorView, template: str | None, *, despite_lint: bool) -> None:
    """Write the agenda of the next meeting with a mentor, for all who will be there."""
    planned = writing.next_meeting(mentor["id"], app.reading.everything(), app.today)
    readers = planned["mentors"] if planned else [mentor["id"]]
    sources = Sources(app, readers)
    agenda = writing.agenda(readers, planned["id"] if planned else "", sources.selections, sources.views)
    text = _text(app, "agenda", template, sources, layout.of_agenda(agenda), agenda.texts, despite_lint)
    notes = [*messages.no_points(mentor["id"], planned)] if not agenda.points else []
    _show(app, text, "agenda", template, readers, [*notes, *messages.unseen(agenda.unseen)])


def _text(
    app: App, kind: str, template: str | None, sources: Sources, names: Names, parts: Iterable[Part], despite_lint: bool
) -> str:
    """Return the text that a template makes; MentorlogError if it may identify a patient."""
    text = templates.filled(app, kind, template, {**sources.people, **names})
    if not despite_lint:
        check_text(app, text, parts, sources.known, template or kind)
    return text


def _show(app: App, text: str, kind: str, template: str | None, mentors: Sequence[str], notes: Sequence[str]) -> None:
    data = {"mentors": list(mentors), "template": template or kind, "text": text}
    write_text(app, None, text, "", data)
    app.out.note(*notes)
