"""A team as figures: from intake to latest by age band, shares with their n, and coverage by month.

What is kept back because a group is small comes without a value, and is a dash here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.charts.series import told
from bot.charts.series.curves import Look, one_line
from bot.domain.figures import Number, Share
from bot.i18n import Language

KEPT_BACK = "–"


@dataclass(frozen=True)
class Course:
    """One age band: means of intake and latest total in mm and in words, and of how many."""

    name: str
    of: str
    intake: int | None
    latest: int | None
    intake_label: str
    latest_label: str


@dataclass(frozen=True)
class Bar:
    """One share in whole percent and in words, and its count of how many."""

    name: str
    percent: int | None
    label: str
    of: str


@dataclass(frozen=True)
class Month:
    """Coverage of one month; its number and its year are said under it."""

    number: str
    year: str
    percent: int | None
    label: str
    of: str


@dataclass(frozen=True)
class Titles:
    """Of the three charts, and of the two points of a course."""

    courses: str
    intake: str
    latest: str
    shares: str
    coverage: str


@dataclass(frozen=True)
class Team:
    """Everything in the picture of a team; a chart without rows says `empty`."""

    heading: str
    titles: Titles
    courses: tuple[Course, ...]
    shares: tuple[Bar, ...]
    months: tuple[Month, ...]
    empty: str
    look: Look = Look.LIGHT


def team(
    say: Language,
    *,
    heading: str,
    courses: Sequence[tuple[str, Number, Number]],
    shares: Sequence[tuple[str, Share]],
    coverage: Sequence[tuple[date, Share]],
    look: Look = Look.LIGHT,
) -> Team:
    """Word the picture from figures that have gone through `small_groups.shown`.

    `courses`: an age band's name, the mean intake and the mean latest total of the same clients (mm). `coverage`: the
    first day of a month, and the share of its meetings with an outcome rating; the newest twelve are drawn.
    """
    return Team(
        heading=one_line(heading),
        titles=Titles(
            courses=say("From the first to the latest"),
            intake=say.within("point", "first"),
            latest=say.within("point", "latest"),
            shares=say("Shares of clients"),
            coverage=say("Meetings with an answer, % by month"),
        ),
        courses=tuple(_course(say, *each) for each in courses),
        shares=tuple(Bar(one_line(name), share.percent, _percent(share), _of(say, share)) for name, share in shares),
        months=tuple(
            Month(str(day.month), str(day.year), share.percent, _bare_percent(share), _of(say, share))
            for day, share in sorted(coverage, key=lambda each: each[0])[-12:]
        ),
        empty=say("Nothing to show yet"),
        look=look,
    )


def _course(say: Language, name: str, intake: Number, latest: Number) -> Course:
    first, last = _whole(intake), _whole(latest)
    return Course(
        name=one_line(name),
        of=KEPT_BACK if intake.of is None else say("n {count}", count=intake.of),
        intake=first,
        latest=last,
        intake_label=KEPT_BACK if first is None else say.score(first),
        latest_label=KEPT_BACK if last is None else say.score(last),
    )


def _whole(number: Number) -> int | None:
    """In whole mm, a half upwards."""
    if number.value is None:
        return None
    return int(Decimal(repr(number.value)).quantize(Decimal(1), ROUND_HALF_UP))


def _percent(share: Share) -> str:
    return KEPT_BACK if share.percent is None else f"{share.percent}\N{NO-BREAK SPACE}%"


def _bare_percent(share: Share) -> str:
    return KEPT_BACK if share.percent is None else str(share.percent)


def _of(say: Language, share: Share) -> str:
    if share.count is None or share.of is None:
        return KEPT_BACK
    return say("{count} of {of}", count=share.count, of=share.of)


def caption(team: Team) -> str:
    """The heading, then each age band's means, and the newest month's coverage. Plain text."""
    courses = [
        f"{told.name(each.name)}: {each.intake_label} → {each.latest_label} ({each.of})" for each in team.courses
    ]
    months = [f"{team.titles.coverage}: {each.label} ({each.number}/{each.year})" for each in team.months[-1:]]
    return "\n".join([told.heading(team.heading), *(courses + months or [team.empty])])


def table(team: Team) -> str:
    """All figures as plain text."""
    courses = [f"{each.name}: {each.intake_label} → {each.latest_label} ({each.of})" for each in team.courses]
    shares = [f"{each.name}: {each.label} ({each.of})" for each in team.shares]
    months = [f"{each.number}/{each.year}: {each.label} ({each.of})" for each in team.months]
    charts = ((team.titles.courses, courses), (team.titles.shares, shares), (team.titles.coverage, months))
    return "\n".join(
        [told.heading(team.heading), *(line for title, rows in charts for line in ("", title, *(rows or [team.empty])))]
    )
