"""The commands: `python -m bot migrate | poll | courier | sandbox | settings | invite`."""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

from bot import app, i18n, log
from bot.actions import invitations
from bot.actions.invitations import INVITATION_DAYS, Secrets
from bot.config import SettingError, Settings
from bot.domain.codes import spaced, worker_code
from bot.domain.people import Role, Worker
from bot.i18n import WordingError
from bot.messages import help_lines
from bot.running import UnknownTokenError, running
from bot.sandbox.run import sandbox
from storage import Database, UnreachableError, Vault
from storage.migrations import is_current, migrate

STOPPING = (signal.SIGTERM, signal.SIGINT)
TEAM_LENGTH = 64


class CommandError(Exception):
    """What was asked for can't be done; one line says why."""


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
    for name, run, words in (
        ("migrate", _migrate, "bring the database to today's schema"),
        ("poll", _poll, "serve: take updates from Telegram and send letters, until stopped"),
        ("courier", _courier, "send letters only, beside other processes on PostgreSQL"),
        ("sandbox", _sandbox, "the whole bot on a page of phones, without Telegram"),
        ("settings", _settings, "what is in force, without secrets"),
    ):
        commands.add_parser(name, help=words, description=words).set_defaults(run=run)
    _add_invite(commands)
    return parser


def _add_invite(commands: Any) -> None:
    words = "invite a person to become a worker; team and worker are made where there are none"
    invite = commands.add_parser("invite", help=words, description=words)
    invite.set_defaults(run=_invite)
    invite.add_argument("whom", choices=["worker"])
    invite.add_argument("--team", required=True)
    invite.add_argument("--code", required=True, help="the code that clients type, such as KOIVU-27")
    invite.add_argument("--role", choices=[role.value for role in Role])
    invite.add_argument("--json", action="store_true", help="print one JSON object")


# Commands


def _settings(settings: Settings, _: argparse.Namespace) -> None:
    print("\n".join(settings.described()))


def _migrate(settings: Settings, _: argparse.Namespace) -> None:
    asyncio.run(_migrated(settings))
    print("The database is up to date.")


async def _migrated(settings: Settings) -> None:
    async with _database(settings) as database:
        await migrate(database)


def _poll(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("bot_token", "secret_key")
    _check_files(settings)
    asyncio.run(_until_stopped(_serve(settings)))


async def _serve(settings: Settings) -> None:
    async with _database(settings) as database:
        await _must_be_current(database)
        try:
            async with running(settings, database, now=_now) as bot:
                log.event(log.Event.STARTED, command="poll")
                await bot.serve()
        finally:
            log.event(log.Event.STOPPED, command="poll")


def _courier(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("bot_token", "secret_key")
    _check_files(settings)
    asyncio.run(_until_stopped(_carry(settings)))


async def _carry(settings: Settings) -> None:
    async with _database(settings) as database:
        if database.is_sqlite:
            print("On SQLite the courier runs inside `poll`; this process has nothing to do and waits.", flush=True)
            await asyncio.Event().wait()
        await _must_be_current(database)
        async with running(settings, database, now=_now) as bot:
            log.event(log.Event.STARTED, command="courier")
            await bot.courier.run()


def _sandbox(settings: Settings, _: argparse.Namespace) -> None:
    _check_files(settings)
    asyncio.run(_until_stopped(sandbox(settings)))


def _invite(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    code = worker_code(asked.code)
    if code is None:
        raise CommandError(
            f"--code ({asked.code!r}) is expected to be letters, a hyphen and a number, such as KOIVU-27"
        )
    if not 1 <= len(asked.team.strip()) <= TEAM_LENGTH:
        raise CommandError(f"--team is expected to be a name of 1-{TEAM_LENGTH} characters")
    role = Role(asked.role) if asked.role else None
    worker, made, bot_name = asyncio.run(_invited(settings, asked.team.strip(), code, role))
    print(_as_json(worker, made, bot_name) if asked.json else _as_text(worker, made, bot_name))


async def _invited(settings: Settings, team: str, code: str, role: Role | None) -> tuple[Worker, Secrets, str | None]:
    bot_name = await _bot_name(settings)
    async with _database(settings) as database:
        await _must_be_current(database)
        try:
            async with database.transaction() as db:
                worker, made = await invitations.invite_worker(db, team=team, code=code, role=role, now=_now())
        except ValueError as error:
            raise CommandError(str(error)) from None
    return worker, made, bot_name


async def _bot_name(settings: Settings) -> str | None:
    """The bot's user name, asked of the Bot API server; None when it can't be asked now."""
    if settings.bot_token is None:
        return None
    return await app.user_name(settings.bot_token, settings.bot_api_url)


def _link(made: Secrets, bot_name: str | None) -> str | None:
    return f"https://t.me/{bot_name}?start={made.link}" if bot_name else None


def _as_json(worker: Worker, made: Secrets, bot_name: str | None) -> str:
    return json.dumps(
        {
            "team": worker.team,
            "worker": worker.code,
            "role": worker.role.value,
            "link": _link(made, bot_name),
            "start": made.link,
            "code": spaced(made.code),
            "days": INVITATION_DAYS,
        }
    )


def _as_text(worker: Worker, made: Secrets, bot_name: str | None) -> str:
    link = _link(made, bot_name) or f"(the bot couldn't be asked for its name: send it /start {made.link})"
    lines = [
        f"An invitation to become {worker.code} ({worker.role.value}) of team {worker.team}.",
        f"Link:  {link}",
        f"Code:  {spaced(made.code)}  (to be typed to the bot)",
        f"It works once, for {INVITATION_DAYS} days; earlier ones for {worker.code} no longer do.",
    ]
    return "\n".join(lines)


# What they share


def _now() -> datetime:
    return datetime.now(UTC)


@contextlib.asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    """The database of the settings; one that can't be reached is said in one line."""
    database = Database(settings.database_url, Vault(settings.secret_key or ""))
    try:
        await database.reach()
        yield database
    except UnreachableError as error:
        raise CommandError(f"DATABASE_URL: {error}") from None
    finally:
        await database.close()


async def _must_be_current(database: Database) -> None:
    if not await is_current(database):
        raise CommandError("the database isn't at today's schema: run `python -m bot migrate` first")


def _check_files(settings: Settings) -> None:
    try:
        help_lines.load(settings.help_lines)
    except (OSError, ValueError) as error:
        raise CommandError(f"HELP_LINES {error}") from None


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work ends, or a signal asks us to stop; then it is cancelled and tidies up."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        log.event(log.Event.STOPPING)
        task.cancel()

    for each in STOPPING:
        loop.add_signal_handler(each, stop)
    with contextlib.suppress(asyncio.CancelledError):
        await task
