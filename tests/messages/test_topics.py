"""What there is to talk about on a meeting's card: few lines, grouped by rule; all questions on a page of their own."""

from bot.actions.topics import Topic, Voice
from bot.domain.rules import Level, Rule
from bot.i18n import language
from bot.messages import topics
from bot.messages.questions import Answerer, gist, questions
from bot.sandbox.markup import parse
from tests.messages.screens import CASE, CHILD, CLIENT, MOTHER, SESSION, SUBJECTS

EN = language("en")
ABOUT = tuple(Voice(MOTHER, each) for each in SUBJECTS[:3])
OF_INFO = (
    Rule.RATERS_DIFFER,
    Rule.ALLIANCE_CEILING,
    Rule.ALLIANCE_FIRST,
    Rule.CROSSED_UP,
    Rule.PLATEAU_ABOVE,
)


def on_card(*found: Topic) -> list[str]:
    return parse(topics.on_card(EN, CASE, found)).text.splitlines()


def asks(rule: Rule, answerer: Answerer) -> str:
    return f"You could ask: “{questions(EN, rule, answerer)[0]}”"


def test_where_there_is_nothing_there_is_no_heading_and_no_button() -> None:
    assert (on_card(), topics.to_questions(EN, SESSION, ())) == ([], ())


def test_an_alert_has_its_number_a_notice_its_question_and_an_info_its_line() -> None:
    found = (
        Topic(Rule.VERY_LOW, Level.ALERT, (Voice(CLIENT),), (12,)),
        Topic(Rule.ALLIANCE_DROP, Level.NOTICE, (Voice(CLIENT),)),
        Topic(Rule.ALLIANCE_FIRST, Level.INFO, (Voice(MOTHER),)),
    )
    assert on_card(*found) == [
        "To talk about together",
        f"🔔 {gist(EN, Rule.VERY_LOW)} – Young person · alert 12",
        f"💬 {gist(EN, Rule.ALLIANCE_DROP)} – Young person",
        asks(Rule.ALLIANCE_DROP, Answerer.ADOLESCENT),
        f"· {gist(EN, Rule.ALLIANCE_FIRST)} – Mother",
    ]


def test_a_notice_of_several_has_a_question_in_words_for_each_kind_of_rater_two_at_most() -> None:
    lines = on_card(Topic(Rule.ALLIANCE_LOW, Level.NOTICE, (Voice(CLIENT), Voice(CHILD), Voice(MOTHER))))
    assert lines[2:] == [asks(Rule.ALLIANCE_LOW, each) for each in (Answerer.ADOLESCENT, Answerer.CHILD)]


def test_of_many_names_three_are_said_and_whom_they_are_about() -> None:
    (_, line) = on_card(Topic(Rule.INTAKE_HIGH, Level.INFO, (Voice(CLIENT), *ABOUT)))
    about = "Mother (about the young person), Mother (about the child 1)"
    assert line == f"· {gist(EN, Rule.INTAKE_HIGH)} – Young person, {about}, 1 more"


def test_of_infos_three_lines_are_shown_and_how_many_more_there_are() -> None:
    lines = on_card(*(Topic(each, Level.INFO, (Voice(CLIENT),)) for each in OF_INFO))
    assert (len(lines), lines[-1]) == (5, "… and 2 more")


def test_all_questions_are_on_pages_with_a_way_back() -> None:
    found = [Topic(each, Level.INFO, (Voice(CLIENT), Voice(MOTHER))) for each in OF_INFO]
    pages = [topics.what_to_ask(EN, CASE, SESSION, found, number) for number in (0, 1)]
    text = "\n".join(parse(each.text).text for each in pages)
    all_of_them = {
        one for rule in OF_INFO for who in (Answerer.ADOLESCENT, Answerer.CARER) for one in questions(EN, rule, who)
    }
    assert {each for each in all_of_them if f"· “{each}”" not in text} == set()
    assert [button.data for button in pages[1].buttons[-1]] == [f"meeting/{SESSION.id}"]
    assert [button.data for button in pages[0].buttons[0]] == [f"topics/{SESSION.id}/1"]
