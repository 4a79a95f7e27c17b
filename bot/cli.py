"""`python -m bot COMMAND`: reads what was asked for, and runs it; the commands are in `bot/commands`."""

import argparse
import sys
from collections.abc import Sequence

from bot import i18n, log
from bot.commands import (
    deputies,
    explaining,
    inviting,
    keeping,
    letters,
    looking,
    packs,
    serving,
    tagging,
    trajectories,
)
from bot.commands.ground import CommandError
from bot.config import SettingError, Settings
from bot.i18n import WordingError
from bot.running import UnknownTokenError

GROUPS = (keeping, serving, looking, inviting, deputies, tagging, letters, explaining, trajectories, packs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, or 1 with one line that says what is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        settings = Settings.from_env()
        log.begin(secrets=settings.secrets())
        i18n.use_wording(settings.wording_dir)
        asked.run(settings, asked)
    except (SettingError, WordingError, CommandError, UnknownTokenError) as error:
        print(f"kuulolla: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kuulolla", description="Feedback-informed work in a chat.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for group in GROUPS:
        group.add(commands)
    return parser
