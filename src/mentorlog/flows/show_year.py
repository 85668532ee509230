"""Show a year at a glance: `timeline --year`."""

from __future__ import annotations

from mentorlog.app import App

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from mentorlog.domain.query import About


def show_year(app: App, about: About, since: date | None, until: date | None) -> None:
    """Show the year from or until a day, else the current one."""
    from mentorlog.domain import audience, roadmap  # only this view of the timeline needs them
    from mentorlog.output.screens import roadmap as layout

    profile, views = app.reading.profile(), app.reading.everything()
    days = roadmap.year(since, until, profile.get("year_starts"), app.today)
    mine = [view for view in views if not view.get("whose")]  # the goals of mentees are theirs
    selection = audience.select(profile, mine, audience.SELF, about)
    reviews = [view for view in views if view["record"] == "review"]
    year = roadmap.of(selection, reviews, app.reading.first_day(), days, app.today, app.rules)
    app.out.page(
        lambda page: layout.lines(year, page, app.first_weekday, app.rules.drift_days), year, app.reading.problems
    )
