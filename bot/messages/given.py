"""What has been given in a case: a rater's ratings by day, one of them, and the question before it is deleted."""

from datetime import tzinfo

from bot.actions.given import AllGiven, Given
from bot.domain.cases import Case, Rater
from bot.domain.instruments import Measure
from bot.domain.ratings import ENTERED, Mode, Rating
from bot.i18n import Language
from bot.messages.message import Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import Page, page_of
from bot.messages.people import rater_line, rater_name, subject_about
from bot.messages.wording import worded

_SIGNS = {Mode.BUTTONS: "📱", Mode.HANDED_OVER: "📱", Mode.ALOUD: "🗣", Mode.PAPER: "📄", Mode.TOTAL_ONLY: "📄"}


def listed(say: Language, given: AllGiven, number: int, zone: tzinfo) -> Message:
    """The newest first, without a number in them."""
    page = page_of(given.ratings, number)
    rows = [ask(_named(say, given, each, zone), "rating", each.draft_id) for each in page.items]
    told = say("What has been answered:") if given.ratings else say("Nobody has answered yet.")
    text = paragraphs(_whose(say, given) + page.place, told)
    return Message(text, (*column(rows), *_turning(given, page), *_onward(say, given)))


def _whose(say: Language, given: AllGiven) -> str:
    if given.rater is None:
        return bold(given.case.label)
    return f"{bold(given.case.label)} · {plain(rater_line(say, given.case, given.rater))}"


def _turning(given: AllGiven, page: Page[Rating]) -> tuple[Row, ...]:
    return page.turning("history", given.case.id) if given.rater is None else page.turning("ratings", given.rater.id)


def _onward(say: Language, given: AllGiven) -> tuple[Row, ...]:
    """To write down a sheet of another day; who doesn't rate any more has none."""
    words, rater = say("📄 From a sheet of another day"), given.rater
    sheet = ask(words, "sheets", given.case.id) if rater is None else ask(words, "sheet", rater.id)
    back = ask(say("← Back"), "more", given.case.id) if rater is None else ask(say("← Back"), "rater", rater.id)
    return ((back,),) if rater is not None and rater.ended_at is not None else ((sheet,), (back,))


def _named(say: Language, given: AllGiven, rating: Rating, zone: tzinfo) -> str:
    """Of several raters with whose it is."""
    rater = given.case.rater(rating.rater_id)
    name = _name(say, given.case, rater, rating, zone)
    return name if given.rater is not None else f"{name} · {rater_name(say, given.case, rater)}"


def _name(say: Language, case: Case, rater: Rater, rating: Rating, zone: tzinfo) -> str:
    """🗣 21 Nov 2026 · before · about the child"""
    when = {Measure.OUTCOME: say.within("card", "before"), Measure.ALLIANCE: say.within("card", "after")}
    day = say.full_date(rating.at.astimezone(zone).date())
    about = _about(say, case, rater, rating)
    return " · ".join(
        part for part in (f"{_SIGNS[rating.mode]} {day}", when[rating.instrument.asked_with], about) if part
    )


def _about(say: Language, case: Case, rater: Rater, rating: Rating) -> str:
    if rating.subject_id is None or len(rater.subject_ids) < 2:
        return ""
    return subject_about(say, case, case.subject(rating.subject_id))


def one(say: Language, given: Given, zone: tzinfo) -> Message:
    """One of them. The values are shown where a worker has written them down, to be compared with the sheet."""
    rating, entered = given.rating, given.rating.mode in ENTERED
    text = paragraphs(
        _heading(say, given, zone),
        _values(say, rating) if entered else say("Given on a phone. Only they can change it, on their own phone."),
        say("🔒 Only for you: left out of what is shown to several people.") if rating.only_worker else "",
    )
    correct = [ask(say("✏️ Correct"), "correct", rating.draft_id)] if entered else []
    delete = ask(say("🗑 Delete"), "drop", rating.draft_id)
    back = ask(say("← Their answers"), "ratings", given.rater.id)
    return Message(text, column([*correct, delete, back]))


def _heading(say: Language, given: Given, zone: tzinfo) -> str:
    name = _name(say, given.case, given.rater, given.rating, zone)
    return f"{bold(given.case.label)} · {plain(rater_line(say, given.case, given.rater))}\n{plain(name)}"


def _values(say: Language, rating: Rating) -> str:
    if rating.whole is not None:
        return say("Total: {total}", total=say.score(rating.whole))
    titles = (worded(say, rating.instrument, f"{item}.title") for item in rating.instrument.items)
    return "\n".join(
        f"{plain(title)}: {bold(say.score(score))}" for title, score in zip(titles, rating.scores, strict=True)
    )


def sure(say: Language, given: Given, zone: tzinfo) -> Message:
    """Before it is deleted for good."""
    text = paragraphs(
        _heading(say, given, zone),
        say("Delete these answers for good?"),
        say(
            "Pictures and alerts follow. That you deleted them and when is written down for your organisation, "
            "not what they were."
        ),
    )
    draft = given.rating.draft_id
    return Message(text, ((ask(say("Yes, delete"), "dropped", draft),), (ask(say("← Back"), "rating", draft),)))


def whose_sheet(say: Language, case: Case) -> Message:
    """Who has filled it in."""
    rows = [ask(rater_line(say, case, each), "sheet", each.id) for each in case.present_raters]
    back: Row = (ask(say("← Back"), "history", case.id),)
    return Message(paragraphs(bold(case.label), say("Who has filled in the sheet?")), (*column(rows), back))


def which_sheet(say: Language, case: Case, rater: Rater) -> Message:
    """Which of the two measures stands on the sheet, and about whom."""
    several = len(rater.subject_ids) > 1
    subjects = [each for each in case.subjects if each.id in rater.subject_ids]
    before, after = say("Before the meeting"), say("After the meeting")
    rows = [
        ask(
            f"{before} · {subject_about(say, case, each)}" if several else before,
            "sheetof",
            rater.id,
            Measure.OUTCOME.value,
            each.id,
        )
        for each in subjects
    ]
    rows.append(ask(after, "sheetof", rater.id, Measure.ALLIANCE.value))
    text = paragraphs(
        f"{bold(case.label)} · {plain(rater_line(say, case, rater))}",
        say("From paper: was it filled in before a meeting or after it? The day comes next."),
    )
    return Message(text, (*column(rows), (ask(say("← Their answers"), "ratings", rater.id),)))
