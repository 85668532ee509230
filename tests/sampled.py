"""The sample year of the tour as views, for tests of what is made of a whole journal."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from typing import Any

from factories import TODAY
from mentorlog.domain import sample
from mentorlog.flows.tour import SAMPLE
from mentorlog.models.record import view
from mentorlog.store.format.document import profile_view
from world import NOW


@cache
def views() -> tuple[Any, list[Any]]:
    """Return the profile and the records of a year that ends today."""
    data = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))
    profile, records = sample.year(data, TODAY, datetime.fromisoformat(NOW))
    return profile_view(profile), [view(record) for record in records]
