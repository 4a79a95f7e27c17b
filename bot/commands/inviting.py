"""The command `invite`: a link and a code for somebody who becomes a worker."""

import argparse
import asyncio
import json
from typing import Any

from bot import app
from bot.actions import invitations
from bot.actions.invitations import INVITATION_DAYS, Secrets
from bot.commands import ground
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.domain.codes import spaced, worker_code
from bot.domain.people import Role, Worker

TEAM_LENGTH = 64


def add(commands: Any) -> None:
    words = "invite a person to become a worker; team and worker are made where there are none"
    invite = commands.add_parser("invite", help=words, description=words)
    invite.set_defaults(run=_invite)
    invite.add_argument("whom", choices=["worker"])
    invite.add_argument("--team", required=True)
    invite.add_argument("--code", required=True, help="the code that clients type, such as KOIVU-27")
    invite.add_argument("--role", choices=[role.value for role in Role])
    invite.add_argument("--json", action="store_true", help="print one JSON object")


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
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        try:
            async with database.transaction() as db:
                worker, made = await invitations.invite_worker(db, team=team, code=code, role=role, now=ground.now())
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
