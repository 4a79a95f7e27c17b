"""Alerts: each that had to be raised was, and none was silent. It came once; or again, marked, with the same number."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Row

from bot.domain.instruments import INSTRUMENTS, Measure
from bot.domain.letters import LetterKind
from storage.outbox import LetterState
from tests.faults.kills.telegram import Telegram
from tests.faults.kills.town import Town

NUMBER: Final = re.compile(r"^🔔 Something to talk about together \(alert (\d+)\)")
VERY_LOW_TOTAL: Final = 100
ALLIANCE_FALL: Final = 30
MARK: Final = "Sent once more: it may have arrived before."

Rows = Sequence[Row[Any]]


def silent(town: Town, telegram: Telegram, letters: Rows, alerts: Rows) -> Iterator[str]:
    """Alerts that nobody heard of, or that came again like new."""
    heard = _heard(telegram)
    sent = {int(row.about["alert"]): row for row in letters if row.kind == LetterKind.ALERT.value}
    phones = {worker.case: worker.phone.id for worker in town.workers}
    for alert in alerts:
        letter, came = sent.get(alert.number), heard[phones[alert.case_id], alert.number]
        if letter is None:
            yield f"alert {alert.number} has no letter"
        elif letter.state != LetterState.SENT.value:
            yield f"alert {alert.number} is {letter.state}"
        if not came:
            yield f"alert {alert.number} reached nobody"
        if came.count(False) > 1:
            yield f"alert {alert.number} came {len(came)} times, unmarked"
    yield from (f"alert {number} isn't known" for _, number in heard if number not in {each.number for each in alerts})


def _heard(telegram: Telegram) -> defaultdict[tuple[int, int], list[bool]]:
    """By chat and number: for each time that it came, whether it was marked."""
    heard: defaultdict[tuple[int, int], list[bool]] = defaultdict(list)
    for bubble in telegram.shown:
        if found := NUMBER.match(bubble.text):
            heard[bubble.chat, int(found[1])].append(MARK in bubble.text)
    return heard


def missing(town: Town, ratings: Rows, alerts: Rows) -> Iterator[str]:
    """Ratings that raise an alert by the handbook's words, and have none. Those that were changed are left out: what
    they raised may be gone from them."""
    changed = {draft for rater in town.raters for draft, mind in rater.answers.items() if mind.sends > 1}
    raised = {row.draft_id for row in alerts}
    series: defaultdict[Any, list[Row[Any]]] = defaultdict(list)
    for row in sorted(ratings, key=lambda each: each.rated_at):
        series[row.rater_id, row.instrument, row.subject_id].append(row)
    for rows in series.values():
        for before, row in zip([None, *rows], rows, strict=False):
            certain = row.draft_id not in changed and (before is None or before.draft_id not in changed)
            if certain and _rings(row, before) != (row.draft_id in raised):
                yield f"the rating of {row.draft_id} and its alert don't go together"


def _rings(row: Row[Any], before: Row[Any] | None) -> bool:
    if INSTRUMENTS[row.instrument].measure is Measure.ALLIANCE:
        return before is not None and before.total - row.total >= ALLIANCE_FALL
    return _very_low(row) and not (before is not None and _very_low(before))


def _very_low(row: Row[Any]) -> bool:
    return row.total <= VERY_LOW_TOTAL or 0 in (row.item1, row.item2, row.item3, row.item4)
