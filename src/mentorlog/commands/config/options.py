"""The argument shared by the verbs of `mentorlog config`."""

from typing import Annotated

from mentorlog.app import App
from mentorlog.commands import options as opt
from mentorlog.config import SETTINGS
from mentorlog.models.rules import among


def setting(app: App, text: str) -> str:
    """Return the key of a setting; BadValue lists them."""
    return among(text, "setting", list(SETTINGS))


Key = Annotated[str, opt.argument("KEY", "Setting (see: mentorlog config list)", opt.choices(*SETTINGS), setting)]
