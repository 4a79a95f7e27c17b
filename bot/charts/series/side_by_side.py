"""Each rater's newest outcome rating by area, rater beside rater: how a network meeting begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.charts.series import told
from bot.charts.series.curves import Look, one_line
from bot.charts.series.family import VOICES, note
from bot.domain.instruments import ITEM_COUNT, ITEM_MAXIMUM
from bot.i18n import Language


@dataclass(frozen=True)
class Newest:
    """A rater's newest outcome rating: four scores in mm (0-100), none of them where only a total is known."""

    name: str
    day: date
    scores: Sequence[int] = ()

    def __post_init__(self) -> None:
        if len(self.scores) not in (0, ITEM_COUNT) or not all(0 <= each <= ITEM_MAXIMUM for each in self.scores):
            raise ValueError(f"an area's score is 0-{ITEM_MAXIMUM} mm, and there are {ITEM_COUNT} or none")


@dataclass(frozen=True)
class View:
    """One rater in one area: how it looks (0-5), score in mm and in words; None and a dash where there is none."""

    name: str
    nth: int
    score: int | None
    label: str


@dataclass(frozen=True)
class Area:
    """One area, rater beside rater."""

    title: str
    views: tuple[View, ...]


@dataclass(frozen=True)
class SideBySide:
    """`raters` are names with the day of the rating, in the order of the views; without any, `empty` is said."""

    heading: str
    raters: tuple[tuple[str, str], ...]
    areas: tuple[Area, ...]
    empty: str
    note: str = ""
    look: Look = Look.LIGHT


def side_by_side(
    say: Language,
    *,
    heading: str,
    areas: Sequence[str],
    newest: Sequence[Newest],
    all_shown: bool,
    look: Look = Look.LIGHT,
) -> SideBySide:
    """Word the picture; `areas` are the four items in words, and which ratings are new enough the caller says.

    Of more than six raters the first six are drawn, and the note says who isn't.

    Raises:
        ValueError: there are not four areas.
    """
    newest, without = newest[:VOICES], newest[VOICES:]
    if len(areas) != ITEM_COUNT:
        raise ValueError(f"there are {ITEM_COUNT} areas")
    return SideBySide(
        heading=one_line(heading),
        raters=tuple((one_line(each.name), say.date(each.day)) for each in newest),
        areas=tuple(Area(one_line(title), _views(say, item, newest)) for item, title in enumerate(areas)),
        empty=say("No answers in the last 30 days"),
        note=note(say, all_shown=all_shown, without=[each.name for each in without]),
        look=look,
    )


def _views(say: Language, item: int, newest: Sequence[Newest]) -> tuple[View, ...]:
    scores = [each.scores[item] if each.scores else None for each in newest]
    return tuple(
        View(one_line(each.name), nth, score, "–" if score is None else say.score(score))
        for nth, (each, score) in enumerate(zip(newest, scores, strict=True))
    )


def caption(picture: SideBySide) -> str:
    """The heading, who has rated when, then a line for each area. Plain text."""
    who = ", ".join(f"{told.name(name)} {day}" for name, day in picture.raters)
    note = [picture.note] if picture.note else []
    if not picture.raters:
        return "\n".join([told.heading(picture.heading), picture.empty, *note])
    lines = [f"{told.name(area.title)}: {' · '.join(view.label for view in area.views)}" for area in picture.areas]
    return "\n".join([told.heading(picture.heading), who, *lines, *note])


def table(picture: SideBySide) -> str:
    """The numbers as plain text: a line for each rater in each area."""
    lines = [told.heading(picture.heading), *(f"{told.name(name)}, {day}" for name, day in picture.raters)]
    for area in picture.areas if picture.raters else ():
        lines += ["", told.name(area.title), *(f"{told.name(view.name)} {view.label}" for view in area.views)]
    return "\n".join([*lines, *([] if picture.raters else [picture.empty]), *([picture.note] if picture.note else [])])
