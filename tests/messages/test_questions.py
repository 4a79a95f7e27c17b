"""The questions with which a worker starts a talk: two or three for each rule and answerer, in every language."""

import re
from collections.abc import Iterator

import pytest

from bot.domain.cases import Rater
from bot.domain.people import AgeBand, Kind
from bot.domain.rules import Rule
from bot.i18n import LANGUAGES, Language, language
from bot.messages.people import client_name, collateral_name
from bot.messages.questions import Answerer, answerer, gist, questions

CHILD_CHARACTERS = 90
"""What a child of seven can listen to in one go; longer, and the beginning is forgotten."""

GIST_CHARACTERS = 60
"""Two lines on a small phone."""

ASKING = tuple(rule for rule in Rule if rule is not Rule.RATING_MISSING)

NEVER = {
    "tells that somebody is safe or at risk": {
        "en": "safe danger risk harm threat emergenc alarm warn",
        "fi": "turva vaara riski uhka hätä hälyt varoit",
        "sv": "trygg säker fara farlig risk hot nöd alarm varna",
    },
    "tells the worker's feeling, which the other then has to carry": {
        "en": "worr concern afraid sorry sad",
        "fi": "huole huoli pelkä pahoill suru",
        "sv": "oro rädd ledsen tyvärr",
    },
    "hints that a mark was wrong": {
        "en": "wrong mistake really sure correct true honest",
        "fi": "väär virhe oikeasti varma todella totta rehelli",
        "sv": "fel misstag verkligen säkert riktigt sant ärlig",
    },
    "asks for a defence": {"en": "why", "fi": "miksi", "sv": "varför"},
    "concludes or names an illness": {
        "en": "diagnos symptom depress anxi problem disorder normal therap patient client",
        "fi": "diagnoo oire masen ahdist ongelm häiriö normaal terap potila asiak",
        "sv": "diagnos symtom depress ångest problem störning normal terap patient klient",
    },
    "is a grade": {
        "en": "score point grade result test target goal",
        "fi": "piste arvosan tulos tulok testi tavoite",
        "sv": "poäng betyg resultat test mål",
    },
    "praises, and so says which answers please": {
        "en": "great excellent perfect wonderful well thank proud glad",
        "fi": "hieno mahtav loistav täydelli kiito kiitä ylpe iloinen ilahdu",
        "sv": "fint utmärk perfekt underbar duktig tack stolt glädj",
    },
    "gives advice": {
        "en": "you should|you must|you need to|you ought|you have to|recommend|advi",
        "fi": "sinun pitäisi|sinun täytyy|sinun kannattaa|kannattaisi|suositte|neuvo",
        "sv": "du borde|du måste|du behöver|rekommend|råd",
    },
}
"""Beginnings of words, or with a bar between them pieces of sentences, that no text here has; the key says why."""

FROM_AFAR = (
    Rule.VERY_LOW,
    Rule.OUTCOME_DROP,
    Rule.SLIDING,
    Rule.SEESAW,
    Rule.RATERS_DIFFER,
    Rule.INTAKE_HIGH,
)
"""Rules about wellbeing without a cutoff: these a school can raise, which is in no meeting."""

MEETING = {"en": "meet", "fi": "tapaa tava tapaami", "sv": "träff ses"}
OTHERS_MARKED = {"en": "mark lower higher differ", "fi": "merki alempa ylempä eri", "sv": "marker lägre högre olik"}

in_every_language = pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)


def every_question(say: Language) -> Iterator[tuple[Rule, Answerer, str]]:
    for rule in ASKING:
        for each in Answerer:
            for question in questions(say, rule, each):
                yield rule, each, question


def every_text(say: Language) -> list[str]:
    return [*(question for _, _, question in every_question(say)), *(gist(say, rule) for rule in Rule)]


def beginnings(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b({words if '|' in words else '|'.join(words.split())})", re.IGNORECASE)


def rater(kind: Kind, band: AgeBand = AgeBand.ADULT) -> Rater:
    return Rater("bo", "case", kind, band, ("subject",), None)


def test_a_client_is_asked_by_their_own_age() -> None:
    assert {band: answerer(rater(Kind.CLIENT, band)) for band in AgeBand} == {
        AgeBand.UNDER_6: Answerer.CHILD,
        AgeBand.CHILD: Answerer.CHILD,
        AgeBand.ADOLESCENT: Answerer.ADOLESCENT,
        AgeBand.EIGHTEEN: Answerer.ADULT,
        AgeBand.ADULT: Answerer.ADULT,
    }


def test_parents_are_asked_as_carers_and_professionals_as_adults() -> None:
    assert {kind: answerer(rater(kind)) for kind in Kind if kind is not Kind.CLIENT} == {
        Kind.MOTHER: Answerer.CARER,
        Kind.FATHER: Answerer.CARER,
        Kind.CARER: Answerer.CARER,
        Kind.SCHOOL: Answerer.ADULT,
        Kind.PROFESSIONAL: Answerer.ADULT,
    }


@in_every_language
@pytest.mark.parametrize("rule", ASKING)
def test_every_rule_has_two_or_three_different_questions_for_everybody(say: Language, rule: Rule) -> None:
    for each in Answerer:
        asked = questions(say, rule, each)
        assert len(asked) in (2, 3), each
        assert len(set(asked)) == len(asked), each


@in_every_language
def test_nobody_is_asked_about_answers_they_have_not_given(say: Language) -> None:
    assert {questions(say, Rule.RATING_MISSING, each) for each in Answerer} == {()}


@in_every_language
def test_a_question_ends_with_a_question_mark(say: Language) -> None:
    assert [question for _, _, question in every_question(say) if not question.endswith("?")] == []


@in_every_language
def test_a_child_is_asked_shortly(say: Language) -> None:
    asked = [question for _, each, question in every_question(say) if each is Answerer.CHILD]
    assert [question for question in asked if len(question) > CHILD_CHARACTERS] == []


@in_every_language
def test_a_child_is_never_asked_in_the_words_for_an_adult(say: Language) -> None:
    for rule in ASKING:
        others = {question for each in list(Answerer)[1:] for question in questions(say, rule, each)}
        assert set(questions(say, rule, Answerer.CHILD)) & others <= {say("Who else knows about this?")}, rule


@in_every_language
def test_a_school_is_not_asked_about_meetings_in_which_it_was_not(say: Language) -> None:
    met = beginnings(MEETING[say.code])
    asked = [question for rule in FROM_AFAR for question in questions(say, rule, Answerer.ADULT)]
    assert [question for question in asked if met.search(question)] == []


@in_every_language
def test_nobody_is_told_what_others_have_marked(say: Language) -> None:
    """They may have answered only for their worker."""
    told = beginnings(OTHERS_MARKED[say.code])
    asked = [question for each in Answerer for question in questions(say, Rule.RATERS_DIFFER, each)]
    assert [question for question in asked if told.search(question)] == []


@in_every_language
def test_what_it_starts_from_does_not_say_who(say: Language) -> None:
    names = [collateral_name(say, kind) for kind in Kind if kind is not Kind.CLIENT]
    who = beginnings("|".join([*names, *(client_name(say, band) for band in AgeBand)]))
    assert [gist(say, rule) for rule in Rule if who.search(gist(say, rule))] == []


@in_every_language
def test_what_it_starts_from_is_one_short_line_that_asks_nothing(say: Language) -> None:
    lines = [gist(say, rule) for rule in Rule]
    assert [line for line in lines if not 0 < len(line) <= GIST_CHARACTERS or line[-1] in "?.!" or "\n" in line] == []


@in_every_language
def test_each_rule_starts_from_something_else(say: Language) -> None:
    assert len({gist(say, rule) for rule in Rule}) == len(Rule)


@in_every_language
def test_no_text_has_a_number_or_a_sign_of_html(say: Language) -> None:
    assert [text for text in every_text(say) if re.search(r"[\d<>&{}]", text)] == []


@in_every_language
@pytest.mark.parametrize("why", NEVER)
def test_no_text_says_what_it_must_not(say: Language, why: str) -> None:
    never = beginnings(NEVER[why][say.code])
    assert [text for text in every_text(say) if never.search(text)] == []


def test_a_word_that_must_not_be_said_would_be_noticed() -> None:
    said = {"en": "You are safe, aren't you?", "fi": "Olethan turvassa?", "sv": "Du är väl trygg?"}
    first = next(iter(NEVER.values()))
    assert [bool(beginnings(first[code]).search(text)) for code, text in said.items()] == [True] * 3


def test_the_list_of_words_knows_every_language() -> None:
    assert {tuple(words) for words in NEVER.values()} == {("en", "fi", "sv")}


def test_every_text_is_translated() -> None:
    english = every_text(language("en"))
    for say in LANGUAGES:
        same = [text for text, model in zip(every_text(say), english, strict=True) if text == model]
        assert len(same) == (len(english) if say.code == "en" else 0), say.code
