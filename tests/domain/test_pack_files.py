"""A service's own measure: what its file says, and what is refused with the place."""

import re

import pytest

from bot.domain.instruments import ORS, Measure
from bot.domain.pack_files import parsed
from bot.domain.packs import Asked, in_language
from bot.domain.people import Kind

ENERGY = """
code = "energy"
asked = "before"
from = 1
to = 5
raters = ["client", "carer"]
title = { fi = "Jaksaminen", en = "Energy" }

[[items]]
title = { fi = "Uni", en = "Sleep" }
self = { fi = "Miten olet nukkunut?", en = "How have you slept?" }
about = { fi = "Miten hän on nukkunut?", en = "How have they slept?" }
low = { fi = "huonosti", en = "badly" }
high = { fi = "hyvin", en = "well" }

[[items]]
title = { fi = "Voimat" }
self = { fi = "Paljonko on voimia?" }
low = { fi = "vähän" }
high = { fi = "paljon" }
"""


def test_a_file_is_an_instrument_with_its_own_items_scale_and_words() -> None:
    pack = parsed(ENERGY)
    its = pack.instrument
    assert (its.code, its.measure, its.asked_with, its.items) == ("energy", Measure.OWN, Measure.OUTCOME, (1, 2))
    assert (its.points, its.lowest, its.highest) == ((1, 2, 3, 4, 5), 10, 50)
    assert pack.code == its.code
    assert its.words is not None
    assert its.words["energy.1.about"]["en"] == "How have they slept?"
    assert its.words["energy.2.about"] == its.words["energy.2.self"] == {"fi": "Paljonko on voimia?"}
    assert its.words["energy.intro.self"] == its.words["energy.title"] == {"fi": "Jaksaminen", "en": "Energy"}


def test_the_widest_scale_one_question_and_the_longest_texts_are_taken() -> None:
    first, _, _ = ENERGY.partition("[[items]]")
    scale = first.replace("from = 1", "from = 0").replace("to = 5", "to = 10")
    words = "\n".join(
        f"{name} = {{ fi = '{'x' * most}' }}" for name, most in (("self", 300), ("low", 80), ("high", 80))
    )
    its = parsed(f"{scale}[[items]]\ntitle = {{ fi = '{'y' * 40}' }}\n{words}").instrument
    assert (its.low, its.high, its.items, its.faces) == (0, 10, (1,), False)
    assert its.words is not None
    assert its.words["energy.1.about"] == {"fi": "x" * 300}


def test_it_has_a_title_in_each_language_it_knows_and_the_first_one_elsewhere() -> None:
    assert [parsed(ENERGY).called(each) for each in ("fi", "sv", "en")] == ["Jaksaminen", "Jaksaminen", "Energy"]
    assert in_language({"en": "Energy"}, "sv") == "Energy"


def test_it_says_who_is_asked() -> None:
    pack = parsed(ENERGY)
    assert pack.raters == {Asked.CLIENT, Asked.CARER}
    asked = [each for each in Kind if pack.asks(each)]
    assert asked == [Kind.CLIENT, Kind.MOTHER, Kind.FATHER, Kind.CARER]


def test_without_raters_the_clients_are_asked_and_an_introduction_may_be_its_own() -> None:
    text = ENERGY.replace('raters = ["client", "carer"]', 'intro = { fi = "Viime viikko." }')
    pack = parsed(text.replace('"before"', '"after"'))
    assert pack.raters == {Asked.CLIENT}
    assert pack.instrument.asked_with is Measure.ALLIANCE
    assert pack.instrument.perspectives == ("self",)
    assert pack.instrument.words is not None
    assert pack.instrument.words["energy.intro.about"] == {"fi": "Viime viikko."}


def test_an_instrument_is_the_same_with_other_words_and_another_one_with_another_scale() -> None:
    first = parsed(ENERGY).instrument
    assert parsed(ENERGY.replace("Voimat", "Jaksu")).instrument == first
    assert parsed(ENERGY.replace("to = 5", "to = 6")).instrument != first
    assert first != ORS
    assert hash(first) == hash(parsed(ENERGY.replace("Voimat", "Jaksu")).instrument)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "energy"', 'code = "ors"', "code is 'ors'"),
        ('code = "energy"', 'code = "Energy!"', "expected 2 to 12"),
        ('code = "energy"', "code = 7", "code is 7"),
        ('asked = "before"', 'asked = "daily"', "asked is 'daily'"),
        ('asked = "before"', "asked = 1", "asked is 1"),
        ("from = 1", "from = 5", "from 5 to 5"),
        ("to = 5", "to = 11", "from 1 to 11"),
        ("to = 5", "to = true", "from 1 to True"),
        ("from = 1", 'from = "1"', "from '1' to 5"),
        ('["client", "carer"]', '["teacher"]', "raters is ['teacher']"),
        ('["client", "carer"]', "[]", "raters is []"),
        ('title = { fi = "Jaksaminen", en = "Energy" }', 'title = "Energy"', "title: expected its words"),
        ('title = { fi = "Jaksaminen", en = "Energy" }', "title = { fi = '' }", "title, fi: expected 1 to 40"),
        ('title = { fi = "Jaksaminen", en = "Energy" }', "title = { de = 'Kraft' }", "unknown 'de'"),
        ('title = { fi = "Voimat" }', 'title = { fi = "a\\nb" }', "item 2, title, fi: expected"),
        ('title = { fi = "Voimat" }', 'title = { fi = "Voimat" }\nweight = 2', "item 2 has an unknown 'weight'"),
        ('self = { fi = "Paljonko on voimia?" }', "", "item 2, self: expected its words"),
        ('code = "energy"', 'code = "energy"\ncutoff = 9', "the file has an unknown 'cutoff'"),
        ('code = "energy"', "code = ", "is no TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(old: str, new: str, says: str) -> None:
    assert old in ENERGY
    with pytest.raises(ValueError, match=re.escape(says)):
        parsed(ENERGY.replace(old, new, 1))


@pytest.mark.parametrize("items", ["", "items = []", "items = [1]"])
def test_there_is_at_least_one_item(items: str) -> None:
    head = ENERGY[: ENERGY.index("[[items]]")]
    with pytest.raises(ValueError, match="1 to 8 of them"):
        parsed(head + items)


def test_there_are_at_most_eight_items() -> None:
    item = ENERGY[ENERGY.rindex("[[items]]") :]
    assert parsed(ENERGY + item * 6).instrument.count == 8
    with pytest.raises(ValueError, match="1 to 8 of them"):
        parsed(ENERGY + item * 7)
