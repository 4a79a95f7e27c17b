"""Alerts: each that had to be raised was, and none was silent. It came once; or again, marked, with the same number."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Row

from bot.domain.instruments import INSTRUMENTS, Measure
from bot.domain.letters import LetterKind
from bot.domain.rules import Bounds, Level, Rule
from storage.outbox import LetterState
from tests.faults.kills.telegram import Telegram
from tests.faults.kills.town import Town

NUMBER: Final = re.compile(r"^🔔 Something to talk about together \(alert (\d+)\)")
LINE: Final = re.compile(r"^· .*\(alert (\d+)\)$", re.MULTILINE)
BOUNDS: Final = Bounds()
MARK: Final = "Sent once more: it may have arrived before."

Rows = Sequence[Row[Any]]


def silent(town: Town, telegram: Telegram, letters: Rows, alerts: Rows) -> Iterator[str]:
    """Alerts that nobody heard of, or that came again like new."""
    heard, changed, touched = _heard(telegram), _changed(town), _touched(town)
    sent = {int(number): row for row in letters if row.kind == LetterKind.ALERT.value for number in _numbers(row)}
    phones = {worker.case: worker.phone.id for worker in town.workers}
    for alert in (each for each in alerts if each.level == Level.ALERT.value):
        letter, came = sent.get(alert.number), heard[phones[alert.case_id], alert.number]
        taken_back = alert.draft_id in touched and letter is not None and letter.state == LetterState.VOID.value
        if letter is None:
            yield f"alert {alert.number} has no letter"
        elif letter.state != LetterState.SENT.value and not taken_back:
            yield f"alert {alert.number} is {letter.state}"
        if not came and not taken_back and alert.draft_id not in changed:
            yield f"alert {alert.number} reached nobody"
        if came.count(False) > 1:
            yield f"alert {alert.number} came {len(came)} times, unmarked"
    yield from (f"alert {number} isn't known" for _, number in heard if number not in {each.number for each in alerts})


def _numbers(letter: Row[Any]) -> Sequence[str]:
    """Of the alerts that it tells of: some come in the letter of a graver one of the same rating."""
    return [letter.about["alert"], *letter.about.get("others", "").split()]


def _changed(town: Town) -> frozenset[str]:
    """The drafts that somebody has sent again with other answers: what they raised may be gone from them."""
    return frozenset(draft for rater in town.raters for draft, mind in rater.answers.items() if mind.sends > 1)


def _touched(town: Town) -> frozenset[str]:
    """All drafts of those who have sent one again: an alert is weighed beside the ratings before it, too."""
    raters = (rater for rater in town.raters if any(mind.sends > 1 for mind in rater.answers.values()))
    return frozenset(draft for rater in raters for draft in rater.answers)


def _heard(telegram: Telegram) -> defaultdict[tuple[int, int], list[bool]]:
    """By chat and number: for each time that it came, whether it was marked, or stood in another letter."""
    heard: defaultdict[tuple[int, int], list[bool]] = defaultdict(list)
    for bubble in telegram.shown:
        if found := NUMBER.match(bubble.text):
            heard[bubble.chat, int(found[1])].append(MARK in bubble.text)
            for number in LINE.findall(bubble.text):
                heard[bubble.chat, int(number)].append(True)
    return heard


def missing(town: Town, ratings: Rows, alerts: Rows) -> Iterator[str]:
    """Ratings that are very low, or fall far, by the handbook's words, and have raised nothing; or the other way round.
    Those that were changed are left out, and those beside them: what they raised may be gone from them."""
    changed = _changed(town)
    raised = {(row.draft_id, row.rule) for row in alerts}
    series: defaultdict[Any, list[Row[Any]]] = defaultdict(list)
    for row in sorted(ratings, key=lambda each: each.rated_at):
        series[row.rater_id, row.instrument, row.subject_id].append(row)
    for rows in series.values():
        for at, row in enumerate(rows):
            newest = rows[max(0, at - 2) : at + 1]
            if not changed & {each.draft_id for each in newest} and not _go_together(newest, raised):
                yield f"the rating of {row.draft_id} and its alert don't go together"


def _go_together(newest: Rows, raised: set[tuple[str, str]]) -> bool:
    """The last of these rows with what it has raised; before it stand at most two, the oldest first."""
    row, before = newest[-1], newest[-2] if len(newest) > 1 else None
    if INSTRUMENTS[row.instrument].measure is Measure.ALLIANCE:
        fell = before is not None and before.total - row.total >= BOUNDS.alliance_drop_fall
        fell_before = len(newest) > 2 and newest[0].total - newest[1].total >= BOUNDS.alliance_drop_fall
        rang = (row.draft_id, Rule.ALLIANCE_DROP.value) in raised
        return rang == fell if not fell_before else fell or not rang
    very_low = _very_low(row) and not (before is not None and _very_low(before))
    return very_low == ((row.draft_id, Rule.VERY_LOW.value) in raised)


def _very_low(row: Row[Any]) -> bool:
    return row.total <= BOUNDS.very_low_total or 0 in (row.item1, row.item2, row.item3, row.item4)
