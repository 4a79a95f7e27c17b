"""Trends to draw: the usual, the empty, the crowded and the extreme ones, with words of all our languages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.charts.series import Cutoff, Mark, Trend, trend
from bot.i18n import language

FIRST_DAY: Final = date(2025, 9, 5)


def days(count: int, *, every: int = 14) -> list[date]:
    return [FIRST_DAY + timedelta(days=every * nth) for nth in range(count)]


def marks(days: Sequence[date], totals: Sequence[int | None]) -> list[Mark]:
    return [Mark(day, total) for day, total in zip(days, totals, strict=False) if total is not None]


def case(
    code: str,
    heading: str,
    outcome: Sequence[int | None],
    alliance: Sequence[int | None],
    *,
    outcome_cutoff: int | None = 280,
    alliance_cutoff: int | None = 360,
    every: int = 14,
) -> Trend:
    meetings = days(max(len(outcome), len(alliance)), every=every)
    return trend(
        language(code),
        heading=heading,
        meetings=meetings,
        outcome=marks(meetings, outcome),
        alliance=marks(meetings, alliance),
        outcome_cutoff=outcome_cutoff,
        alliance_cutoff=alliance_cutoff,
    )


def zigzag(count: int, low: int, high: int) -> list[int]:
    return [low + (high - low) * (nth * 7 % 11) // 10 for nth in range(count)]


def wordy(drawn: Trend) -> Trend:
    """The same with words as long as Swedish and Finnish have them."""
    title = "Välbefinnandeundersökningens helhetsbedömning under den gångna veckan"
    cutoff = Cutoff(280, "Jämförelsegränsvärdet för ungdomar 28,5")
    wellbeing = replace(drawn.wellbeing, title=title, cutoff=cutoff)
    empty = "Vuorovaikutussuhdearviointeja ei ole vielä yhtään, ensimmäinen kysytään tapaamisen lopussa"
    return replace(drawn, wellbeing=wellbeing, alliance=replace(drawn.alliance, empty=empty))


USUAL: Final = case(
    "en", "Birch 27 · Young person", [184, 212, None, 243, 230, 271, 284], [310, 345, None, 352, 338, 367, 374]
)

ALL: Final = {
    "usual": USUAL,
    "no meetings": case("fi", "Koivu 27", [], []),
    "no alliance yet": case("en", "Birch 27 · Young person", [184, 120, 333], []),
    "no outcome yet": case("sv", "Björk 27 · ungdom", [], [300, 320, 360]),
    "one rating": case("fi", "Koivu 27 · nuori", [184], []),
    "one of each": case("fi", "Koivu 27 · nuori", [400], [0]),
    "two equal": case("sv", "Björk 27 · mamma", [281, 281], [359, 359]),
    "three": case("en", "Birch 27 · Mother", [99, 305, 287], [311, 400, 391]),
    "twenty": case("en", "Birch 27 · Mother", zigzag(20, 83, 319), zigzag(20, 281, 400), every=23),
    "sixty": case("fi", "Koivu 27 · äiti", zigzag(60, 11, 389), zigzag(60, 201, 399), every=9),
    "two hundred": case("sv", "Björk 27 · pappa", zigzag(200, 0, 400), zigzag(200, 0, 400), every=8),
    "two years apart": case("sv", "Björk 27 · pappa", [184, 212, 333], [310, 320, 330], every=730),
    "all at 40": case("fi", "Koivu 27 · lapsi", [400] * 7, [400] * 7, outcome_cutoff=320),
    "all at 0": case("fi", "Koivu 27 · lapsi", [0] * 7, [0] * 7, outcome_cutoff=320),
    "all on the cutoff": case("sv", "Björk 27 · ungdom", [280] * 7, [360] * 7),
    "just under the cutoff": case("sv", "Björk 27 · ungdom", [279] * 7, [359] * 7),
    "newest is not last": case("en", "Birch 27", [184, 290, 276, 281, None], [310, 345, 355, 365, None, None]),
    "gaps everywhere": case("en", "Birch 27", [184, None, 212, None, 243, None], [None, 310, None, 340, None, 365]),
    "without cutoffs": case("en", "Birch 27 · Teacher", [184, 212, 243], [], outcome_cutoff=None, alliance_cutoff=None),
    "cutoff at the top": case("fi", "Koivu 27", [400, 395], [5, 0], outcome_cutoff=400, alliance_cutoff=0),
    "long words": wordy(
        case(
            "sv",
            "Högstadieskolans specialpedagogiska stödverksamhet · mormor och morfar om det yngsta barnet i familjen",
            [184, 212, None, 243, 230, 271, 284],
            [],
        )
    ),
    "one endless word": wordy(case("fi", "Moniammatillinenlapsiperheidenvarhaisentuenpalvelukokonaisuus", [284], [])),
    "signs of other trades": case("en", r"$x_1^2$ \frac{%s} {n} <b>&amp; №", [184, 212], [310, 345]),
}
