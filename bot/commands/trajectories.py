"""The command `trajectory`: a file of trajectories is checked, loaded, fitted from our own closed cases, and shown."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import storage
from bot.actions import trajectories as actions
from bot.commands import ground
from bot.commands.ground import CommandError
from bot.config import Settings
from bot.domain.fitting import LEAST_CASES, Band, Fit
from bot.domain.points import in_points
from bot.domain.profiles import Profile
from bot.domain.trajectories import FIRST_RATING, RaterGroup, Trajectories, Trajectory
from bot.domain.trajectory_files import checked, written
from storage import Transaction, Vault
from storage.trajectories import Loaded

CORRIDOR = "zones go by the corridor around the intake"


def add(commands: Any) -> None:
    words = "what is expected from an intake on: check or load a file of it, fit one from closed cases, show it"
    steps = commands.add_parser("trajectory", help=words, description=words).add_subparsers(
        metavar="STEP", required=True
    )
    for name, run, words in (
        ("check", _check, "look whether a file could be loaded"),
        ("load", _load, "put a file in force, from now on"),
        ("fit", _fit, f"make a file from our own closed cases, at least {LEAST_CASES} in a band of intakes"),
        ("show", _show, "what is in force"),
    ):
        step = steps.add_parser(name, help=words, description=words)
        step.set_defaults(run=run)
        if name in ("check", "load"):
            step.add_argument("file", metavar="FILE", type=Path)
        if name == "fit":
            step.add_argument("--to", metavar="FILE", type=Path, help="a new file; without it, it is printed")


# Check and load


def _check(settings: Settings, asked: argparse.Namespace) -> None:
    try:
        found = checked(ground.text_of(asked.file), settings.profile)
    except ValueError as error:
        raise CommandError(f"{asked.file}: {error}") from None
    print(f"{asked.file} is well: {found.name}, for profile {settings.profile.name}.")
    print("\n".join(_summary(found)))


def _load(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    found = asyncio.run(_loaded(settings, asked.file, ground.text_of(asked.file)))
    print(f"In force from now on: {found.name}.")
    print("\n".join(_summary(found)))


async def _loaded(settings: Settings, file: Path, text: str) -> Trajectories:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            try:
                return await actions.load(db, text, profile=settings.profile, now=ground.now())
            except ValueError as error:
                raise CommandError(f"{file}: {error}") from None


def _summary(trajectories: Trajectories) -> Iterator[str]:
    for group in RaterGroup:
        table = trajectories.tables.get(group)
        yield f"  {group:<12}{_extent(table) if table else CORRIDOR}"


def _extent(table: Trajectory) -> str:
    """How far a table goes."""
    last = len(table.rows[0].targets) + FIRST_RATING - 1
    covered = f"{in_points(table.lowest)} to {in_points(table.highest)}"
    return f"rows: {len(table.rows)}; ratings {FIRST_RATING} to {last}; for intakes from {covered}"


# Fit


def _fit(settings: Settings, asked: argparse.Namespace) -> None:
    settings.require("secret_key")
    if asked.to is not None and asked.to.exists():
        raise CommandError(f"--to ({asked.to}): it is there already; expected a new file")
    fit = asyncio.run(_fitted(settings))
    counts = list(_counts(fit.bands))
    if not fit.tables:
        print("\n".join(counts))
        raise CommandError(f"no band of intakes has {LEAST_CASES} closed cases yet, so there is nothing to fit")
    text = written(Trajectories(f"fitted {ground.now():%Y-%m-%d}", fit.tables), [*_how(settings.profile), *counts])
    if asked.to is None:
        print(text, end="")
        return
    _write(asked.to, text)
    print("\n".join(counts))
    print(f"{asked.to} has what was fitted. `python -m bot trajectory load {asked.to}` puts it in force.")


async def _fitted(settings: Settings) -> Fit:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.snapshot() as connection:
            db = Transaction(connection, Vault(settings.secret_key or ""))
            return await actions.fit(db, profile=settings.profile)


def _how(profile: Profile) -> Iterator[str]:
    yield f"Fitted from closed cases that began below the cutoffs of profile {profile.name!r}."
    yield "target: the median; lower: the lower quartile. Who ended earlier counts with the last total."


def _counts(bands: Sequence[Band]) -> Iterator[str]:
    """How many closed cases each band has, and which bands are left out."""
    for each in bands:
        left_out = "" if each.is_kept else f"; left out, for it takes {LEAST_CASES}"
        band = f"{in_points(each.lowest)} to {in_points(each.highest)}"
        yield f"{each.group}, intakes from {band}: closed cases: {each.cases}{left_out}"


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except OSError as error:
        raise CommandError(f"--to ({file}): it can't be written ({type(error).__name__})") from None


# Show


def _show(settings: Settings, _: argparse.Namespace) -> None:
    settings.require("secret_key")
    loaded = asyncio.run(_newest(settings))
    if loaded is None:
        print(f"No trajectory is loaded: {CORRIDOR}.")
        return
    print(f"In force since {loaded.at:%Y-%m-%d %H:%M} UTC: {loaded.trajectories.name}")
    for group in RaterGroup:
        print()
        print("\n".join(_table(group, loaded.trajectories.tables.get(group))))


async def _newest(settings: Settings) -> Loaded | None:
    async with ground.opened(settings) as database:
        await ground.must_be_current(database)
        async with database.transaction() as db:
            return await storage.trajectories.newest(db)


def _table(group: RaterGroup, table: Trajectory | None) -> Iterator[str]:
    """Each row with the target and, in brackets, the lower line of each rating."""
    if table is None:
        yield f"{group}: no table; {CORRIDOR}"
        return
    yield f"{group}; {_extent(table)}"
    numbers = range(FIRST_RATING, FIRST_RATING + len(table.rows[0].targets))
    yield "  intake      n" + "".join(f"{f'rating {number}':>14}" for number in numbers)
    for row in table.rows:
        expected = (row.at(number) for number in numbers)
        cells = (f"{in_points(each.target)} ({in_points(each.lower)})" for each in expected)
        yield f"{in_points(row.intake):>8}{row.n or '–':>7}" + "".join(f"{cell:>14}" for cell in cells)
