"""Pictures to draw: the usual, the empty, the crowded and the extreme ones, with words of all our languages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from bot.charts.series import (
    Areas,
    Besides,
    Cutoff,
    Ends,
    Event,
    Family,
    How,
    Look,
    Mark,
    Measured,
    Missing,
    Newest,
    Own,
    Picture,
    Ratings,
    Scored,
    SideBySide,
    Strand,
    Summary,
    Team,
    Trend,
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
from bot.domain.figures import Lack, Number, Share
from bot.domain.trajectories import Expected
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
    besides: Besides | None = None,
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
        besides=besides,
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


def wordy_arabic(drawn: Trend) -> Trend:
    """The same with Arabic titles."""
    wellbeing = replace(drawn.wellbeing, title="الرفاهية", change="+١١ منذ المرة الأولى", when="اليوم")
    return replace(drawn, wellbeing=wellbeing, alliance=replace(drawn.alliance, title="اللقاء"))


USUAL: Final = case(
    "en", "Birch 27 · Young person", [184, 212, None, 243, 230, 271, 284], [310, 345, None, 352, 338, 367, 374]
)

_PLAIN: Final[dict[str, Trend]] = {
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


# A trend with all that may be in it


def rich(code: str, heading: str, words: Sequence[str], *, look: Look = Look.LIGHT) -> Trend:
    """Nine meetings: a trajectory, events, gaps of both kinds, and answers given in other ways than by buttons."""
    held = days(9)
    outcome = [Mark(day, total) for day, total in zip(held, (152, 171, 196, 0, 188, 0, 224, 251, 262), strict=True)]
    outcome = [mark for nth, mark in enumerate(outcome) if nth not in (3, 5)]
    outcome[1] = replace(outcome[1], how=How.ALOUD)
    outcome[3] = replace(outcome[3], how=How.PAPER)
    outcome[4] = replace(outcome[4], how=How.HANDED_OVER)
    alliance = [Mark(day, total) for day, total in zip(held, (310, 322, 335, 318, 340, 352, 349, 361), strict=False)]
    turns = (Turn.DOWN, Turn.UP, Turn.NEITHER, Turn.UP)
    at = (held[1] + timedelta(days=5), held[3], held[4] + timedelta(days=9), held[7] + timedelta(days=2))
    return trend(
        language(code),
        heading=heading,
        meetings=held,
        outcome=outcome,
        alliance=alliance,
        outcome_cutoff=280,
        alliance_cutoff=360,
        besides=Besides(
            outcome_missing=[Missing(held[3], Why.SKIPPED), Missing(held[5], Why.INCOMPLETE)],
            alliance_missing=[Missing(held[8], Why.NOT_THERE)],
            events=[Event(day, word, turn) for day, word, turn in zip(at, words, turns, strict=True)],
            expected=[None, *(Expected(190 + 13 * nth, 130 + 9 * nth) for nth in range(6))],
            today=held[8],
            look=look,
        ),
    )


RICH: Final = rich("en", "Birch 27 · Young person", ["school", "new support", "move", "friends"])

CROWDED: Final = case(
    "sv",
    "Björk 27 · ungdom",
    zigzag(20, 120, 260),
    zigzag(20, 281, 400),
    besides=Besides(
        events=[
            Event(FIRST_DAY + timedelta(days=15 * nth), word, Turn.UP if nth % 2 else Turn.DOWN)
            for nth, word in enumerate(["skola", "hemma", "flytt", "sjukdom", "nytt stöd", "kompisar"] * 3)
        ],
        corridor=Expected(170, 70),
        today=days(20)[-1],
    ),
)

TRENDS: Final[dict[str, Trend]] = _PLAIN | {
    "rich": RICH,
    "rich, dark": rich("fi", "Koivu 27 · nuori", ["koulu", "uusi tuki", "muutto", "kaverit"], look=Look.DARK),
    "rich, long words": rich(
        "sv",
        "Björk 27 · Specialpedagogiska skolmyndigheten",
        ["skolfrånvaro och ensamhet på rasterna i flera veckor", "Moniammatillinenperhetyöntukipalvelukokonaisuus"] * 2,
    ),
    "crowded": CROWDED,
    "all skipped": case(
        "en",
        "Birch 27 · Young person",
        [],
        [],
        besides=Besides(
            outcome_missing=[Missing(day, Why.SKIPPED) for day in days(4)],
            alliance_missing=[Missing(day, Why.INCOMPLETE) for day in days(4)],
            events=[Event(FIRST_DAY - timedelta(days=400), "illness", Turn.DOWN)],
        ),
    ),
    "today at zero": case("en", "Birch 27", [210, 0], [400, 400], besides=Besides(today=days(2)[-1])),
    "Cyrillic": rich("en", "Берёза 27 · Подросток", ["школа", "новая поддержка", "переезд", "друзья"]),
    "Arabic": wordy_arabic(rich("en", "شجرة البتولا ٢٧ · الشاب", ["المدرسة", "دعم جديد", "انتقال", "الأصدقاء"])),
}


# All kinds of pictures


def in_other_ways(given: Sequence[Mark]) -> list[Mark]:
    """Every third said aloud, every third on paper."""
    ways = (How.ALOUD, How.BUTTONS, How.PAPER)
    return [replace(mark, how=ways[nth % 3]) for nth, mark in enumerate(given)]


def voices(
    code: str, heading: str, *given: tuple[str, Sequence[int | None], Sequence[int | None]], **more: Any
) -> Family:
    held = days(max(max(len(outcome), len(alliance)) for _, outcome, alliance in given), every=more.pop("every", 14))
    came = in_other_ways if more.pop("other_ways", False) else list
    raters = [Ratings(name, came(marks(held, above)), came(marks(held, below))) for name, above, below in given]
    more = {"all_shown": True} | more
    return family(language(code), heading=heading, meetings=held, raters=raters, **more)


FIVE: Final[tuple[tuple[str, list[int | None], list[int | None]], ...]] = (
    ("Young person", [152, 171, 196, None, 188, 224, 251], [310, 322, 335, None, 318, 340, 361]),
    ("Mother", [201, 187, None, 214, 206, 228, 233], [352, 360, None, 348, 371, 366, 380]),
    ("Father", [None, 240, 236, 251, 244, None, None], [None, 301, 318, 322, 330, None, None]),
    ("School", [118, None, 131, 149, None, 160, 176], []),
    ("Carer", [None, None, 222, 218, 229, 231, 240], [None, None, 365, 371, 362, 377, 374]),
)
FIVE_IN_FINNISH: Final = tuple(
    (name, outcome, alliance)
    for name, (_, outcome, alliance) in zip(("Nuori", "Äiti", "Isä", "Koulu", "Läheinen"), FIVE, strict=True)
)
FAMILIES: Final[dict[str, Family]] = {
    "family of five": voices("en", "Birch 27 · The young person", *FIVE, all_shown=False),
    "family, dark": voices("fi", "Koivu 27 · nuori", *FIVE_IN_FINNISH, look=Look.DARK),
    "family, other ways": voices("en", "Birch 27 · The young person", *FIVE, ("Child", *FIVE[0][1:]), other_ways=True),
    "family of one": voices("sv", "Björk 27 · ungdomen", ("Ungdom", [184, 212, None, 243], [])),
    "family of six on one spot": voices(
        "en",
        "Birch 27",
        *((name, [200] * 3, [360] * 3) for name in ("Child", "Child 2", "Mother", "Father", "School", "Carer")),
    ),
    "family at 40": voices("en", "Birch 27", *((name, [400] * 20, [400] * 20) for name, _, _ in FIVE)),
    "family at 0": voices("en", "Birch 27", *((name, [0] * 20, [0] * 20) for name, _, _ in FIVE), every=40),
    "family of long words": voices(
        "sv",
        "Specialpedagogiska skolmyndighetens och socialtjänstens gemensamma uppföljning av den unga",
        ("Specialpedagogiska skolmyndigheten", [100, 120, 310], [300, 310, 290]),
        ("Moniammatillinenperhetyöntukipalvelu 2", [110, 130, 300], [310, 320, 300]),
        ("والدة الطفل", [115, 125, 305], [315, 325, 305]),
        ("Классный руководитель", [190, 280, 302], []),
        all_shown=False,
    ),
    "family of eight": voices(
        "fi",
        "Koivu 27 · Nuori",
        *FIVE,
        *((f"Moniammatillinen työntekijä {nth}", [200, 210], [360, 370]) for nth in (1, 2, 3)),
        all_shown=False,
    ),
    "family, two years apart": voices(
        "sv", "Björk 27", ("Mamma", [184, 212], [310]), ("Pappa", [180, 300], []), every=730
    ),
    "family without answers": voices("fi", "Koivu 27", ("Äiti", [], []), ("Isä", [], [])),
}

WORDS: Final = ("Own wellbeing", "Closest relationships", "School, work, friends", "Life as a whole")
LONG_WORDS: Final = (
    "Oma hyvinvointi ja se, miltä elämä on viime päivinä tuntunut",
    "Läheisimmätihmissuhteetjaniidenmerkitysarjessa",
    "Школа, работа, друзья и всё остальное, что важно",
    "الحياة بشكل عام",
)


def views(code: str, heading: str, words: Sequence[str], *given: tuple[str, Sequence[int]], **more: Any) -> SideBySide:
    newest = [Newest(name, FIRST_DAY + timedelta(days=3 * nth), scores) for nth, (name, scores) in enumerate(given)]
    more = {"all_shown": True} | more
    return side_by_side(language(code), heading=heading, areas=words, newest=newest, **more)


FOUR: Final = (
    ("Young person", (55, 70, 38, 62)),
    ("Mother", (48, 35, 61, 50)),
    ("Father", (70, 68, 64, 71)),
    ("School", (40, 52, 22, 40)),
)
SIDES: Final[dict[str, SideBySide]] = {
    "side by side": views("en", "Birch 27 · The young person", WORDS, *FOUR, all_shown=False),
    "side by side, dark": views("en", "Birch 27 · The young person", WORDS, *FOUR, look=Look.DARK),
    "side by side, one": views("sv", "Björk 27", WORDS, FOUR[0]),
    "side by side, nobody": views("fi", "Koivu 27", WORDS),
    "side by side, six at the ends": views(
        "en",
        "Birch 27",
        WORDS,
        *((f"{name} {nth}", (0, 100, 100 * (nth % 2), 50)) for nth, (name, _) in enumerate(FOUR + FOUR[:2])),
    ),
    "side by side, eight": views(
        "fi",
        "Koivu 27 · Nuori",
        WORDS,
        *((f"Moniammatillinen työntekijä {nth}", (20, 40, 60, 10 * nth)) for nth in range(8)),
        all_shown=False,
    ),
    "side by side, long words": views(
        "sv",
        "Björk 27 · Nätverksmöte om den unga med skolan, hemmet och socialtjänsten i samma rum",
        LONG_WORDS,
        ("Specialpedagogiska skolmyndigheten", (10, 20, 30, 40)),
        ("Moniammatillinenperhetyöntukipalvelu 2", ()),
        ("والدة الطفل", (33, 44, 55, 66)),
        ("Учитель", (35, 46, 57, 68)),
    ),
}


def items(code: str, heading: str, words: Sequence[str], scores: Sequence[Sequence[int]], **more: Any) -> Areas:
    held = days(len(scores), every=more.pop("every", 14))
    ratings = [Scored(day, each) for day, each in zip(held, scores, strict=True) if each]
    if more.pop("other_ways", False):
        ratings[1:3] = [replace(each, how=How.ALOUD) for each in ratings[1:3]]
        more["missing"] = [Missing(day, Why.SKIPPED) for day, each in zip(held, scores, strict=True) if not each]
    return areas(language(code), heading=heading, names=words, meetings=held, ratings=ratings, **more)


SEVEN: Final = (
    (40, 62, 22, 41),
    (44, 60, 30, 45),
    (),
    (51, 66, 27, 50),
    (50, 71, 38, 55),
    (58, 70, 36, 60),
    (61, 73, 45, 62),
)
AREAS: Final[dict[str, Areas]] = {
    "areas": items("en", "Birch 27 · Young person", WORDS, SEVEN),
    "areas, other ways": items("en", "Birch 27 · Young person", WORDS, SEVEN, other_ways=True),
    "areas, dark": items("fi", "Koivu 27 · nuori", WORDS, SEVEN, look=Look.DARK),
    "areas of twenty": items(
        "en", "Birch 27", WORDS, [tuple((nth * n * 7) % 101 for n in (1, 2, 3, 5)) for nth in range(20)]
    ),
    "areas at the ends": items("sv", "Björk 27", LONG_WORDS, [(0, 100, 0, 100)] * 3, every=730),
    "areas without answers": items("fi", "Koivu 27", WORDS, []),
}


def own_measures(
    code: str, heading: str, *given: tuple[str, int, int, Sequence[int | None]], gaps: bool = True, **more: Any
) -> Areas:
    """`given`: a title, the ends of its scale, and the totals; where there is none, it was skipped."""
    held = days(max(len(totals) for *_, totals in given), every=more.pop("every", 14))
    measured = [
        Measured(
            title,
            [replace(mark, how=How.ALOUD if nth == 1 else How.BUTTONS) for nth, mark in enumerate(marks(held, totals))],
            least,
            full,
            [Missing(day, Why.SKIPPED) for day, total in zip(held, totals, strict=False) if total is None and gaps],
        )
        for title, least, full, totals in given
    ]
    return measures(language(code), heading=heading, meetings=held, measured=measured, **more)


MEASURES: Final[dict[str, Areas]] = {
    "own measures": own_measures(
        "en",
        "Birch 27 · Young person",
        ("Energy", 20, 100, [40, 50, None, 60, 60, 80]),
        ("Evenings at home", 0, 300, [110, 90, None, 160, 190, 180]),
    ),
    "own measures, dark": own_measures(
        "fi", "Koivu 27 · nuori", ("Jaksaminen", 20, 100, [40, 50, None, 60, 60, 80]), look=Look.DARK
    ),
    "own measure of one": own_measures("sv", "Björk 27", ("Ork", 10, 50, [50])),
    "own measures at the ends": own_measures(
        "fi",
        "Koivu 27 · Äiti, nuoresta",
        *((word, 10, 70, [10, 70] * 10) for word in (*LONG_WORDS, "x", "Yön uni", "Ruoka", "Koulumatkat")),
        every=40,
    ),
    "own measures never answered": own_measures("en", "Birch 27", ("Energy", 20, 100, [None] * 3)),
    "own measures, Arabic": own_measures("en", "شجرة البتولا ٢٧ · الشاب", ("النوم", 10, 50, [20, 30, 40, 40])),
}

CURVE: Final = Ends("How I have been", "a hard week", "a good week")
TALK: Final = Ends("How our meetings felt", "not for me", "just right")


def mine(code: str, heading: str, outcome: Sequence[int], alliance: Sequence[int] | None = None, **more: Any) -> Own:
    ends = more.pop("ends", (CURVE, TALK))
    held = days(max(len(outcome), len(alliance or ())), every=more.pop("every", 14))
    below = None if alliance is None else (ends[1], marks(held, alliance))
    return own(language(code), heading=heading, outcome=(ends[0], marks(held, outcome)), alliance=below, **more)


LONG_ENDS: Final = Ends(
    "Vointini kuluneella viikolla " * 3, "kaikki on ollut todella raskasta ja vaikeaa " * 2, "ohimenevä " * 20
)
OWNS: Final[dict[str, Own]] = {
    "my picture": mine("en", "My own answers", [184, 212, 205, 243, 230, 271], [310, 345, 352, 338, 367, 374]),
    "my picture, dark": mine("en", "My own answers", [184, 212, 205, 243], [310, 345, 352, 338], look=Look.DARK),
    "a child's picture": mine("en", "My own answers", [184, 262, 205, 300, 331], [310, 345, 352, 400, 367], faces=True),
    "a child's picture, dark": mine("fi", "Omat vastaukseni", [184, 262, 205], faces=True, look=Look.DARK),
    "my picture of one": mine("sv", "Mina egna svar", [0]),
    "my picture without answers": mine("fi", "Omat vastaukseni", [], []),
    "my picture at 40": mine("en", "My own answers", [400] * 20, [0] * 20),
    "my picture, long words": mine(
        "fi", "Omat vastaukseni " * 9, [20, 390], [400, 0], ends=(LONG_ENDS, LONG_ENDS), every=730
    ),
    "my picture, Arabic": mine("en", "إجاباتي", [184, 212], ends=(Ends("كيف كنت", "أسبوع صعب", "أسبوع جيد"),) * 2),
}

BESIDE_FIRST: Final = ("Clearly higher than at first", "About as at first", "About as at first")


def page(
    code: str, heading: str, *given: tuple[str, Sequence[int | None], Sequence[int | None]], **more: Any
) -> Summary:
    held = days(max([0, *(max(len(outcome), len(alliance)) for _, outcome, alliance in given)]))
    words = more.pop("words", BESIDE_FIRST)
    came = in_other_ways if more.pop("other_ways", False) else list
    outcome = [Strand(n, at, came(marks(held, each)), words[at % len(words)]) for at, (n, each, _) in enumerate(given)]
    alliance = [Strand(n, at, came(marks(held, each))) for at, (n, _, each) in enumerate(given)]
    usual: dict[str, Any] = {"events": (), "met": "7 meetings · 5 Sept 2025 – 28 Nov 2025"}
    return summary(language(code), heading=heading, meetings=held, outcome=outcome, alliance=alliance, **(usual | more))


HAPPENED: Final = tuple(
    Event(FIRST_DAY + timedelta(days=19 * nth + 3), word, turn)
    for nth, (word, turn) in enumerate(
        (("school", Turn.DOWN), ("new support", Turn.UP), ("move", Turn.NEITHER), ("friends", Turn.UP))
    )
)
HAPPENED_IN_FINNISH: Final = tuple(
    replace(each, word=word) for each, word in zip(HAPPENED, ("koulu", "uusi tuki", "muutto", "kaverit"), strict=True)
)
SUMMARIES: Final[dict[str, Summary]] = {
    "summary": page("en", "Our time together", *FIVE[:3], events=HAPPENED, left_out="Not all answers are shown"),
    "summary, other ways": page("en", "Our time together", *FIVE, events=HAPPENED, other_ways=True),
    "summary of six": page(
        "fi",
        "Yhteinen aikamme",
        *FIVE_IN_FINNISH,
        ("Lapsi", *FIVE[0][1:]),
        events=HAPPENED_IN_FINNISH * 5,
        met="7 tapaamista · 5.9.2025 – 28.11.2025",
        words=("Selvästi korkeammalla kuin alussa", "Suunnilleen kuten alussa", "Suunnilleen kuten alussa"),
    ),
    "summary of long words": page(
        "sv",
        "Specialpedagogiska skolmyndighetens och socialtjänstens gemensamma sammanfattning av tiden tillsammans",
        ("Specialpedagogiska skolmyndigheten om den unga 2", [0, 400], [400, 0]),
        ("Moniammatillinenperhetyöntukipalvelu 2", [200] * 20, [360] * 20),
        ("والدة الطفل", [115, 125, 305], []),
        words=("Tydligt högre än i början, ovanför linjen " * 4, "", "Ungefär som i början"),
        events=[Event(FIRST_DAY + timedelta(days=9 * nth), LONG_WORDS[nth % 4], Turn.UP) for nth in range(20)],
        met="Många träffar " * 12,
        left_out="Not all answers are shown",
    ),
    "summary without answers": page("fi", "Yhteinen aikamme", met="Ei vielä tapaamisia.", events=HAPPENED),
    "summary, one answer": page("sv", "Vår tid tillsammans", ("Ungdom", [184], []), met="1 träff"),
    "summary of sixty": page(
        "en", "Our time together", *((name, zigzag(60, 11, 389), zigzag(60, 201, 399)) for name, _, _ in FIVE)
    ),
}

BACK: Final = Number(None, None, lack=Lack.SMALL_GROUP)
SHUT: Final = Share(None, None, lack=Lack.SMALL_GROUP)


def numbers(first: float, latest: float, of: int) -> tuple[Number, Number]:
    return Number(first, of), Number(latest, of)


def months(*percents: int | None) -> list[tuple[date, Share]]:
    begin = [date(2025 + (nth + 9) // 12, (nth + 9) % 12 + 1, 1) for nth in range(len(percents))]
    return [(day, SHUT if each is None else Share(each, 100)) for day, each in zip(begin, percents, strict=True)]


FIGURES: Final = (
    *("Adults", "Young people", "Children"),
    *("Reached the target", "Crossed the cutoff", "Agreed endings"),
)
FIGURES_IN_FINNISH: Final = (
    *("Aikuiset", "Nuoret", "Lapset"),
    *("Saavutti tavoitteen", "Ylitti raja-arvon", "Yhdessä sovittu päätös"),
)
TEAMS: Final[dict[str, Team]] = {
    name: team(
        language(code),
        heading="Itäinen perhetyö · 2026" if code == "fi" else "Family work East · 2026",
        courses=[
            (names[0], *numbers(172.4, 228.1, 41)),
            (names[1], *numbers(231, 249.5, 63)),
            (names[2], BACK, BACK),
        ],
        shares=[(names[3], Share(58, 104)), (names[4], Share(31, 77)), (names[5], SHUT)],
        coverage=months(38, 41, 47, 52, None, 60, 63, 59, 66, 71, 70, 74),
        look=look,
    )
    for name, code, look, names in (
        ("team", "en", Look.LIGHT, FIGURES),
        ("team, dark", "fi", Look.DARK, FIGURES_IN_FINNISH),
    )
} | {
    "team without figures": team(language("sv"), heading="Team", courses=[], shares=[], coverage=[]),
    "team at the ends": team(
        language("sv"),
        heading="Familjearbetets gemensamma team för östra och norra stadsdelarna",
        courses=[
            ("Specialpedagogiska skolmyndigheten", *numbers(0, 400, 12000)),
            ("Barn", *numbers(400, 0, 5)),
            ("Unga", *numbers(200, 200, 5)),
        ],
        shares=[("Kliniskt betydelsefull förändring hos vuxna och unga", Share(1000, 1000)), ("Ingen", Share(0, 1000))],
        coverage=months(*([100] * 13), 0),
    ),
}

ALL: Final[dict[str, Picture]] = {**TRENDS, **FAMILIES, **SIDES, **AREAS, **MEASURES, **OWNS, **SUMMARIES, **TEAMS}
