"""Words of pictures that several kinds share: the heading, first and newest values, rows of a table."""

from collections.abc import Sequence
from textwrap import shorten

from bot.charts.series.curves import Meeting, Panel, Spot, Why
from bot.i18n import Language

CAPTION_HEADING = 120
"""Characters of the heading that a caption keeps, so that the whole stays far under Telegram's 1024."""

TABLE_ROWS = 80
"""Meetings that a table lists at most, the newest: a message of Telegram ends at 4096 characters."""

NAME = 40
"""Characters of a rater's name in a caption."""


def heading(words: str) -> str:
    return _shortened(words, CAPTION_HEADING)


def name(words: str) -> str:
    return _shortened(words, NAME)


def _shortened(words: str, most: int) -> str:
    """Whole words, and three dots for the others; of one endless word its beginning."""
    kept = shorten(words, most, placeholder="…")
    return kept if kept != "…" else f"{words[: most - 1]}…"


def first_and_newest(say: Language, title: str, spots: Sequence[Spot]) -> str:
    """One line: the newest value and the first."""
    if not spots:
        return say("{title}: no answers yet", title=title)
    first, newest = spots[0], spots[-1]
    if first == newest:
        return say("{title} {score}", title=title, score=newest.label)
    return say("{title} {score} (first {first})", title=title, score=newest.label, first=first.label)


def rows(say: Language, meetings: Sequence[Meeting], columns: Sequence[Panel], *, most: int = TABLE_ROWS) -> list[str]:
    """One line a meeting, oldest first; a dash is no answer. Of more than `most` the newest, after three dots."""
    why = {Why.SKIPPED: say("skipped"), Why.INCOMPLETE: say("not finished"), Why.NOT_THERE: say("not there")}
    scores = [
        {gap.at: why[gap.why] for gap in panel.gaps} | {spot.at: spot.label for spot in panel.spots}
        for panel in columns
    ]
    found = [
        " · ".join([say.full_date(meeting.day), *(score.get(at, "–") for score in scores)])
        for at, meeting in enumerate(meetings)
    ]
    left_out = ["…"] if len(found) > most else []
    titles = " · ".join([say("Date"), *(name(panel.title) for panel in columns)])
    return [titles, *left_out, *found[-most:]]
