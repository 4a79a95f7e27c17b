"""Commands that only show: `settings`."""

import argparse
from typing import Any

from bot.config import Settings


def add(commands: Any) -> None:
    words = "what is in force, without secrets"
    commands.add_parser("settings", help=words, description=words).set_defaults(run=_settings)


def _settings(settings: Settings, _: argparse.Namespace) -> None:
    print("\n".join(settings.described()))
