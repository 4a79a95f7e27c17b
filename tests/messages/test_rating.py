"""The screens of a rating: what is asked, with which buttons, and what a lock screen shows of it."""

from dataclasses import replace

import pytest

from bot.actions.ratings import RatingView
from bot.domain.cases import Rater
from bot.domain.instruments import CORS, CSRS, ITEMS, ORS, SRS, Instrument, Measure
from bot.domain.people import AgeBand
from bot.domain.ratings import REVIEW, Draft, DraftState, SkipReason
from bot.i18n import LANGUAGES, Language, language
from bot.messages.help_lines import help_text
from bot.messages.message import Message
from bot.messages.people import subject_name
from bot.messages.rating import RatingScreens
from bot.sandbox.markup import parse
from tests.messages.screens import (
    ABOUT,
    AFTER,
    CASE,
    CHILD,
    CLIENT,
    CODE,
    FULL,
    HELP_LINES,
    MOTHER,
    OWN,
    SUBJECTS,
    id,
)

EN = language("en")
NUMBERS = [str(number) for number in range(11)]
CHILDS = replace(OWN, rater_id=CHILD.id, subject_id=SUBJECTS[1].id, instrument=CORS)
CHILDS_AFTER = replace(AFTER, rater_id=CHILD.id, instrument=CSRS)
EVERY = ((OWN, CLIENT), (CHILDS, CHILD), (ABOUT, MOTHER), (AFTER, MOTHER), (CHILDS_AFTER, CHILD))

in_every_language = pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)


def screens(
    draft: Draft = OWN, rater: Rater = CLIENT, *, say: Language = EN, more: Draft | None = None
) -> RatingScreens:
    return RatingScreens(say, RatingView(draft, CASE, rater, more), HELP_LINES)


def labels(message: Message) -> list[list[str]]:
    return [[button.text for button in row] for row in message.buttons]


def data(message: Message) -> list[list[str | None]]:
    return [[button.data for button in row] for row in message.buttons]


def first_line(message: Message) -> str:
    return parse(message.text).text.splitlines()[0]


# One item


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_has_eleven_buttons_whose_text_is_the_number_and_whose_data_names_all_it_needs(item: int) -> None:
    message = screens(replace(OWN, present=item)).item()
    assert labels(message)[:2] == [NUMBERS[:6], NUMBERS[6:]]
    answers = [f"answer/{OWN.id}/{item}/{number}" for number in NUMBERS]
    assert data(message)[:2] == [answers[:6], answers[6:]]


def test_the_first_item_has_no_way_back() -> None:
    ways = [labels(screens(replace(OWN, present=item)).item())[2] for item in (1, 2)]
    assert ways == [["Skip this time", "Stop"], ["← Back", "Skip this time", "Stop"]]


def test_an_item_says_which_of_the_four_it_is() -> None:
    texts = [parse(screens(replace(OWN, present=item)).item().text).text for item in ITEMS]
    assert [f"{item}/4" in text for item, text in zip(ITEMS, texts, strict=True)] == [True] * 4


def test_an_item_that_was_answered_shows_the_answer() -> None:
    before, zero = screens(OWN).item(), screens(replace(OWN, scores=(0, 70, None, None))).item()
    assert ("Your answer now" in before.text, "Your answer now: 0" in zero.text) == (False, True)


@pytest.mark.parametrize(
    ("draft", "rater", "faces"),
    [(OWN, CLIENT, False), (AFTER, MOTHER, False), (CHILDS, CHILD, True), (CHILDS_AFTER, CHILD, True)],
)
def test_faces_are_at_the_ends_of_a_childs_scale(draft: Draft, rater: Rater, faces: bool) -> None:
    text = screens(draft, rater).item().text
    assert ("🙁 0 –" in text, "🙂 10 –" in text) == (faces, faces)


@in_every_language
@pytest.mark.parametrize("instrument", [ORS, CORS, SRS, CSRS], ids=lambda each: each.code)
def test_an_item_asks_in_the_words_of_its_instrument(say: Language, instrument: Instrument) -> None:
    draft = replace(OWN if instrument.measure is Measure.OUTCOME else AFTER, instrument=instrument)
    for item in ITEMS:
        text = parse(screens(replace(draft, present=item), say=say).item().text).text
        keys = [f"{instrument.code}.{item}.{part}" for part in ("title", "self", "low", "high")]
        assert [key for key in keys if say.instrument(key) not in text] == []


@in_every_language
def test_who_rates_another_reads_about_whom_and_the_question_about_them(say: Language) -> None:
    text = parse(screens(ABOUT, MOTHER, say=say).item().text).text
    who = subject_name(say, CASE, SUBJECTS[1])
    assert (who in text, say.instrument("cors.1.about") in text, say.instrument("cors.intro.about") in text) == (
        True,
        True,
        True,
    )


@in_every_language
def test_who_rates_themself_or_a_meeting_reads_about_nobody(say: Language) -> None:
    names = [subject_name(say, CASE, each) for each in SUBJECTS]
    for draft, rater in ((OWN, CLIENT), (CHILDS, CHILD), (AFTER, MOTHER)):
        text = parse(screens(draft, rater, say=say).item().text).text
        assert [name for name in names if f": {name}" in text] == []


# What a lock screen shows


@in_every_language
def test_the_first_line_is_the_same_whoever_rates_whatever_about_whomever(say: Language) -> None:
    """So it names no service, worker, child or kind of rating."""
    new = {first_line(screens(draft, rater, say=say).item()) for draft, rater in EVERY}
    begun = {first_line(screens(draft.answered(1, 70), rater, say=say).item()) for draft, rater in EVERY}
    assert (len(new), len(begun)) == (1, 1)


@in_every_language
def test_no_first_line_of_any_screen_names_what_it_is_about(say: Language) -> None:
    telling = ["kuulolla", CODE, CASE.label, *(subject_name(say, CASE, each) for each in SUBJECTS)]
    telling += [say("Wellbeing"), say("The meeting"), *("ors", "srs")]
    telling += [say.instrument(f"{each.code}.{item}.title") for each in (ORS, CORS, SRS, CSRS) for item in ITEMS]
    for draft, rater in EVERY:
        of = screens(draft, rater, say=say)
        full = screens(replace(draft, scores=FULL, present=REVIEW), rater, say=say)
        skipped = screens(replace(draft, state=DraftState.SKIPPED), rater, say=say)
        shown = [of.item(), of.paused(), full.review(), full.thanks(), full.given(), skipped.skipped()]
        words = [set(first_line(each).lower().replace(".", " ").replace(",", " ").split()) for each in shown]
        for line, told in zip((first_line(each).lower() for each in shown), words, strict=True):
            assert [each for each in telling if each.lower() in told or (" " in each and each.lower() in line)] == []


@in_every_language
def test_a_notification_of_a_request_has_no_room_for_more_than_its_first_line(say: Language) -> None:
    """About 100 characters are what phones show."""
    assert all(len(first_line(screens(draft, rater, say=say).item())) >= 90 for draft, rater in EVERY)


# After the fourth


def test_the_review_shows_all_four_with_a_bar_each() -> None:
    text = screens(replace(OWN, scores=FULL, present=REVIEW)).review().text
    bars = [line for line in text.splitlines() if "▱" in line or "▰" in line]
    assert bars == ["▰▰▰▰▰▰▰▰▰▰ <b>10</b>", "▱▱▱▱▱▱▱▱▱▱ <b>0</b>", "▰▰▰▰▰▰▰▱▱▱ <b>7</b>", "▰▰▰▰▰▱▱▱▱▱ <b>5</b>"]


def test_each_line_of_the_review_can_be_changed_or_all_sent() -> None:
    message = screens(replace(OWN, scores=FULL, present=REVIEW)).review()
    titles = [EN.instrument(f"ors.{item}.title") for item in ITEMS]
    lines = [f"✏️ {item} · {title}: {score}" for item, title, score in zip(ITEMS, titles, (10, 0, 7, 5), strict=True)]
    assert labels(message) == [
        ["✓ Send"],
        *([line] for line in lines),
        ["🔒 Only for my worker"],
        ["← Back", "Skip this time", "Stop"],
    ]
    assert data(message)[:5] == [[f"send/{OWN.id}"], *([f"change/{OWN.id}/{item}"] for item in ITEMS)]


def test_a_change_can_be_given_up_and_not_skipped() -> None:
    changing = replace(OWN, scores=FULL, state=DraftState.CHANGING)
    shown = [
        screens(replace(changing, present=REVIEW)).review(),
        screens(replace(changing, present=1)).item(),
        screens(replace(changing, present=2)).item(),
    ]
    verbs = [{(button or "").split("/")[0] for row in data(each) for button in row} for each in shown]
    assert verbs == [{"change", "send", "only", "keep"}, {"answer", "back", "keep"}, {"answer", "back", "keep"}]


def test_what_is_only_for_the_worker_says_so_before_and_after_it_is_sent() -> None:
    full = replace(OWN, scores=FULL, present=REVIEW, only_worker=True)
    review, thanks = screens(full).review(), screens(replace(full, state=DraftState.SENT)).thanks()
    assert [each.text.count("🔒 Only for your worker") for each in (review, thanks)] == [1, 1]
    assert ["👀 May be shown together"] in labels(review)
    assert [f"only/{OWN.id}/0"] in data(review)


# Thanks


@in_every_language
@pytest.mark.parametrize(("draft", "rater"), EVERY)
def test_the_thanks_show_no_answer_and_end_with_the_help_lines(say: Language, draft: Draft, rater: Rater) -> None:
    sent = replace(draft, scores=(70, 60, 80, 90), state=DraftState.SENT)
    text = screens(sent, rater, say=say).thanks().text
    lines = help_text(say, HELP_LINES, rater.band)
    assert text.endswith(lines)
    above = text.removesuffix(lines)
    assert [sign for sign in (*"0123456789", "▰", "▱") if sign in above] == []
    assert "112" in lines


def test_after_the_thanks_there_is_the_menu_or_the_next_child() -> None:
    more = replace(ABOUT, id=id(15), subject_id=SUBJECTS[2].id)
    sent = replace(ABOUT, scores=FULL, state=DraftState.SENT)
    alone, followed = (screens(sent, MOTHER, more=each).thanks() for each in (None, more))
    assert labels(alone) == [["📈 My picture", "Menu"]]
    assert labels(followed) == [["Next: the child 2 →"], ["📈 My picture", "Menu"]]
    assert data(followed)[0] == [f"show/{more.id}"]


def test_what_was_given_before_is_shown_with_change() -> None:
    message = screens(replace(OWN, scores=FULL, state=DraftState.SENT)).given()
    assert "▰▰▰▰▰▰▰▰▰▰ <b>10</b>" in message.text
    assert labels(message)[0] == ["✏️ Change my answers"]


def test_of_several_that_were_given_one_is_chosen_by_whom_it_is_about() -> None:
    views = [RatingView(replace(ABOUT, id=id(n), subject_id=SUBJECTS[n].id), CASE, MOTHER) for n in range(2)]
    message = screens(ABOUT, MOTHER).choice(views)
    assert labels(message) == [["the young person"], ["the child 1"], ["Menu"]]
    assert data(message)[:2] == [[f"given/{id(0)}"], [f"given/{id(1)}"]]


# Not this time


@in_every_language
def test_after_a_skip_a_reason_may_be_given_once_and_the_help_lines_follow(say: Language) -> None:
    for reason, more in ((SkipReason.NONE, True), (SkipReason.NO_TIME, False), (SkipReason.NOT_IN_THE_MOOD, False)):
        message = screens(replace(OWN, state=DraftState.SKIPPED, skip_reason=reason), say=say).skipped()
        reasons = [button for row in data(message) for button in row if (button or "").startswith("why/")]
        assert bool(reasons) is more
        assert message.text.endswith(help_text(say, HELP_LINES, AgeBand.ADOLESCENT))


def test_a_pause_leads_back_to_the_same_item() -> None:
    assert data(screens().paused()) == [[f"show/{OWN.id}"], ["home"]]


@pytest.mark.parametrize(
    ("draft", "shown"),
    [
        (OWN, "item"),
        (replace(OWN, scores=FULL, present=REVIEW), "review"),
        (replace(OWN, scores=FULL, present=2), "item"),
        (replace(OWN, scores=FULL, present=REVIEW, state=DraftState.CHANGING), "review"),
        (replace(OWN, scores=FULL, present=REVIEW, state=DraftState.SENT), "thanks"),
        (replace(OWN, state=DraftState.SKIPPED, skip_reason=SkipReason.NONE), "skipped"),
    ],
)
def test_what_is_shown_is_what_the_draft_is_at(draft: Draft, shown: str) -> None:
    of = screens(draft)
    assert of.present() == getattr(of, shown)()


def test_every_screen_of_a_draft_stands_where_the_draft_stands() -> None:
    of, sent = screens(), screens(replace(OWN, scores=FULL, state=DraftState.SENT))
    places = {each.place for each in (of.item(), of.paused(), sent.thanks(), sent.given(), sent.review())}
    assert places == {of.item().place}
    assert of.item().place is not None
