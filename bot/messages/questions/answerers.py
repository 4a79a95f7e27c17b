"""Who is asked: a question is worded for who answered, not for whom it is about."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.cases import Rater
from bot.domain.people import AgeBand, Kind


class Answerer(StrEnum):
    """CARER rates about a child or young person; ADULT about themself or, as school or professional, about a child.

    An outcome question to ADULT therefore fits both, and doesn't speak of meeting: a school isn't there. Only where a
    rule names a cutoff it needn't: such rules are silent for school and professional.
    """

    CHILD = "child"
    ADOLESCENT = "adolescent"
    CARER = "carer"
    ADULT = "adult"


Asked = Mapping[Answerer, tuple[str, ...]]
"""The questions of one rule, the best first; in English, to be said in the worker's language."""

_CLIENTS = {
    AgeBand.UNDER_6: Answerer.CHILD,
    AgeBand.CHILD: Answerer.CHILD,
    AgeBand.ADOLESCENT: Answerer.ADOLESCENT,
    AgeBand.EIGHTEEN: Answerer.ADULT,
    AgeBand.ADULT: Answerer.ADULT,
}


def answerer(rater: Rater, subject_id: str | None = None) -> Answerer:
    """Of a carer who is a client too it depends on about whom (None: the meeting)."""
    if rater.kind_about(subject_id) is Kind.CLIENT:
        return _CLIENTS[rater.band]
    return Answerer.CARER if rater.kind.is_carer else Answerer.ADULT
