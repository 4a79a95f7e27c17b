"""The hard cases of every kind of picture: the same few troubles, given to each kind in turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.charts.series import (
    Besides,
    Ends,
    Event,
    How,
    Look,
    Mark,
    Measured,
    Missing,
    Newest,
    Picture,
    Ratings,
    Scored,
    Strand,
    Turn,
    Why,
    areas,
    family,
    measures,
    own,
    side_by_side,
    summary,
    team,
    trend,
)
from bot.domain.figures import Number, Share
from bot.domain.trajectories import Expected
from bot.i18n import Language, language
from tests.charts.cases import FIRST_DAY

ENGLISH: Final = language("en")
SHORT: Final = ("Young person", "Mother", "Father", "School", "Carer")
LONG: Final = (
    "Specialpedagogiska skolmyndigheten",
    "Moniammatillinenlapsiperheidenvarhaisentuenpalvelu",
    "Högstadieskolans elevhälsa och kurator",
    "Классный руководитель и социальный педагог",
    "والدة الطفل والأخصائية الاجتماعية في المدرسة",
)
ARABIC: Final = ("الشاب", "والدة الطفل", "الأب", "المدرسة", "الجدة")
CYRILLIC: Final = ("Подросток", "Мама", "Папа", "Школа", "Бабушка")
SWEDISH: Final = ("Ungdomen", "Mamma", "Pappa", "Skolan", "Närstående")
FINNISH: Final = ("Nuori", "Äiti", "Isä", "Koulu", "Läheinen")


@dataclass(frozen=True)
class Hard:
    """`totals`: of the nth rater at the nth meeting, in mm of 400. `names`: of raters, areas, events and all else."""

    say: Language = ENGLISH
    meetings: int = 7
    every: int = 14
    raters: int = 5
    names: Sequence[str] = SHORT
    totals: Callable[[int, int], int] = lambda rater, meeting: (60 + 37 * rater + 53 * meeting) % 401
    look: Look = Look.LIGHT
    how: How = How.BUTTONS

    @property
    def days(self) -> list[date]:
        return [FIRST_DAY + timedelta(days=self.every * nth) for nth in range(self.meetings)]

    @property
    def heading(self) -> str:
        return f"Birch 27 · {self.names[0]}"

    def marks(self, rater: int) -> list[Mark]:
        return [Mark(day, self.totals(rater, nth), self.how) for nth, day in enumerate(self.days)]

    def events(self) -> list[Event]:
        turns = list(Turn)
        return [
            Event(FIRST_DAY + timedelta(days=self.every * nth + 3), name, turns[nth % len(turns)])
            for nth, name in enumerate(self.names)
        ]


HARD: Final = {
    "one meeting": Hard(meetings=1),
    "three meetings": Hard(meetings=3),
    "twenty meetings": Hard(meetings=20),
    "one rater": Hard(raters=1),
    "five raters": Hard(),
    "all at 40": Hard(totals=lambda *_: 400),
    "all at 0": Hard(totals=lambda *_: 0),
    "equal scores on one spot": Hard(totals=lambda *_: 280),
    "up and down": Hard(meetings=20, totals=lambda _, meeting: 400 * (meeting % 2)),
    "a gap of two years": Hard(meetings=3, every=730),
    "very long labels": Hard(language("sv"), names=LONG),
    "very long labels, one meeting": Hard(language("fi"), meetings=1, names=LONG),
    "Finnish": Hard(language("fi"), names=FINNISH),
    "Swedish": Hard(language("sv"), names=SWEDISH),
    "Cyrillic": Hard(names=CYRILLIC),
    "Arabic": Hard(names=ARABIC),
    "dark": Hard(look=Look.DARK),
    "in another way": Hard(how=How.TOTAL_ONLY),
}


def _trend(hard: Hard) -> Picture:
    days = hard.days
    return trend(
        hard.say,
        heading=hard.heading,
        meetings=[*days, days[-1] + timedelta(days=hard.every)],
        outcome=hard.marks(0),
        alliance=hard.marks(1),
        outcome_cutoff=280,
        alliance_cutoff=360,
        besides=Besides(
            outcome_missing=[Missing(days[-1] + timedelta(days=hard.every), Why.SKIPPED)],
            alliance_missing=[Missing(days[-1] + timedelta(days=hard.every), Why.INCOMPLETE)],
            events=hard.events(),
            corridor=Expected(min(hard.totals(0, 0) + 50, 400), max(hard.totals(0, 0) - 50, 0)),
            today=days[-1],
            look=hard.look,
        ),
    )


def _family(hard: Hard) -> Picture:
    raters = [Ratings(hard.names[nth], hard.marks(nth), hard.marks(nth)) for nth in range(hard.raters)]
    return family(hard.say, heading=hard.heading, meetings=hard.days, raters=raters, all_shown=False, look=hard.look)


def _sides(hard: Hard) -> Picture:
    newest = [
        Newest(hard.names[nth], hard.days[-1], [hard.totals(nth, item) // 4 for item in range(4)])
        for nth in range(hard.raters)
    ]
    return side_by_side(
        hard.say, heading=hard.heading, areas=hard.names[1:], newest=newest, all_shown=False, look=hard.look
    )


def _areas(hard: Hard) -> Picture:
    ratings = [
        Scored(day, [hard.totals(item, nth) // 4 for item in range(4)], hard.how) for nth, day in enumerate(hard.days)
    ]
    return areas(
        hard.say,
        heading=hard.heading,
        names=hard.names[1:],
        meetings=hard.days,
        ratings=ratings,
        missing=[Missing(hard.days[-1] + timedelta(days=hard.every), Why.NOT_THERE)],
        look=hard.look,
    )


def _measures(hard: Hard) -> Picture:
    measured = [Measured(name, hard.marks(nth), 0, 400) for nth, name in enumerate(hard.names[: hard.raters])]
    return measures(hard.say, heading=hard.heading, meetings=hard.days, measured=measured, look=hard.look)


def _own(hard: Hard, *, faces: bool = False) -> Picture:
    ends = Ends(hard.names[0], hard.names[1], hard.names[2])
    curves = {"outcome": (ends, hard.marks(0)), "alliance": (ends, hard.marks(1))}
    return own(hard.say, heading=hard.names[3], faces=faces, look=hard.look, **curves)


def _child(hard: Hard) -> Picture:
    return _own(hard, faces=True)


def _summary(hard: Hard) -> Picture:
    strands = [Strand(hard.names[nth], nth, hard.marks(nth), hard.names[-1]) for nth in range(hard.raters)]
    drawn = summary(
        hard.say,
        heading=hard.heading,
        met=hard.names[1],
        meetings=hard.days,
        outcome=strands,
        alliance=strands,
        events=hard.events(),
        left_out=hard.names[2],
    )
    return replace(drawn, look=hard.look)


def _team(hard: Hard) -> Picture:
    said = [
        (name, Number(hard.totals(nth, 0), 41), Number(hard.totals(nth, 1), 41))
        for nth, name in enumerate(hard.names[: hard.raters])
    ]
    part = [hard.totals(0, nth) // 4 for nth in range(hard.meetings)]
    return team(
        hard.say,
        heading=hard.heading,
        courses=said,
        shares=[(name, Share(each, 100)) for name, each in zip(hard.names, part, strict=False)],
        coverage=[(date(2025 + nth // 12, nth % 12 + 1, 1), Share(each, 100)) for nth, each in enumerate(part)],
        look=hard.look,
    )


KINDS: Final[dict[str, Callable[[Hard], Picture]]] = {
    "trend": _trend,
    "family": _family,
    "side by side": _sides,
    "areas": _areas,
    "own measures": _measures,
    "my picture": _own,
    "a child's picture": _child,
    "summary": _summary,
    "team": _team,
}
