"""Commands that only show: `settings`, `profile`."""

import argparse
from typing import Any

from bot.config import Settings
from bot.domain.profile_files import written


def add(commands: Any) -> None:
    for name, run, words in (
        ("settings", _settings, "what is in force, without secrets"),
        ("profile", _profile, "the profile in force as a file, to begin one's own with"),
    ):
        commands.add_parser(name, help=words, description=words).set_defaults(run=run)


def _settings(settings: Settings, _: argparse.Namespace) -> None:
    print("\n".join(settings.described()))


def _profile(settings: Settings, _: argparse.Namespace) -> None:
    print(written(settings.profile), end="")
