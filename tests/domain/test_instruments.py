"""Who rates what with which instrument, and the keys of its words."""

import pytest

from bot.domain.instruments import (
    CORS,
    CSRS,
    INSTRUMENTS,
    ITEM_COUNT,
    ITEM_MAXIMUM,
    ITEMS,
    ORS,
    SRS,
    TOTAL_MAXIMUM,
    Instrument,
    Measure,
    alliance_instrument,
    keys,
    outcome_instrument,
)
from bot.domain.people import AgeBand
from bot.i18n import LANGUAGES, Language

KEYS_OF_ORS = (
    "ors.intro.self ors.intro.about "
    "ors.1.title ors.1.self ors.1.about ors.1.low ors.1.high ors.2.title ors.2.self ors.2.about ors.2.low ors.2.high "
    "ors.3.title ors.3.self ors.3.about ors.3.low ors.3.high ors.4.title ors.4.self ors.4.about ors.4.low ors.4.high"
).split()
KEYS_OF_SRS = (
    "srs.intro.self srs.1.title srs.1.self srs.1.low srs.1.high srs.2.title srs.2.self srs.2.low srs.2.high "
    "srs.3.title srs.3.self srs.3.low srs.3.high srs.4.title srs.4.self srs.4.low srs.4.high"
).split()


@pytest.mark.parametrize(
    ("band", "outcome", "alliance"),
    [
        (AgeBand.UNDER_6, CORS, CSRS),
        (AgeBand.CHILD, CORS, CSRS),
        (AgeBand.ADOLESCENT, ORS, SRS),
        (AgeBand.EIGHTEEN, ORS, SRS),
        (AgeBand.ADULT, ORS, SRS),
    ],
)
def test_the_age_decides_the_instrument(band: AgeBand, outcome: Instrument, alliance: Instrument) -> None:
    assert (outcome_instrument(band), alliance_instrument(band)) == (outcome, alliance)


def test_the_four_instruments_are_known_by_their_codes() -> None:
    assert INSTRUMENTS == {"ors": ORS, "cors": CORS, "srs": SRS, "csrs": CSRS}


def test_outcome_comes_before_the_meeting_and_alliance_after_it() -> None:
    measures = {code: each.measure for code, each in INSTRUMENTS.items()}
    outcome, alliance = Measure.OUTCOME, Measure.ALLIANCE
    assert measures == {"ors": outcome, "cors": outcome, "srs": alliance, "csrs": alliance}


def test_only_the_childrens_scales_have_faces() -> None:
    assert [code for code, each in INSTRUMENTS.items() if each.faces] == ["cors", "csrs"]


def test_four_items_of_100_mm_make_400() -> None:
    assert (ITEMS, ITEM_COUNT, ITEM_MAXIMUM, TOTAL_MAXIMUM) == ((1, 2, 3, 4), 4, 100, 400)


def test_under_six_nobody_rates_themself() -> None:
    assert [band for band in AgeBand if not band.can_rate] == [AgeBand.UNDER_6]


def test_the_keys_are_an_introduction_and_for_each_item_a_title_a_question_and_two_ends() -> None:
    assert list(keys()) == [
        *KEYS_OF_ORS,
        *(key.replace("ors.", "cors.") for key in KEYS_OF_ORS),
        *KEYS_OF_SRS,
        *(key.replace("srs.", "csrs.") for key in KEYS_OF_SRS),
    ]


@pytest.mark.parametrize("say", LANGUAGES, ids=str)
def test_every_key_has_words_in_every_language(say: Language) -> None:
    assert [key for key in keys() if say.instrument(key).strip() in ("", key)] == []
