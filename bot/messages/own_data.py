"""What is kept of a person, in their words: what they are here, and all answers that they have given, with dates."""

from collections.abc import Sequence
from datetime import tzinfo

from bot.actions.own_data import Own, OwnData
from bot.domain.cases import CaseState
from bot.domain.instruments import Measure
from bot.i18n import Language
from bot.messages.home import LANGUAGE_NAMES, who
from bot.messages.message import Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of
from bot.messages.people import rater_name, subject_about
from bot.messages.wording import worded

LENGTH = 5


def own_data(say: Language, own: OwnData, number: int, zone: tzinfo) -> Message:
    """A page of it; what they are here is on the first."""
    page = page_of(own.ratings, number, LENGTH)
    about = _about(say, own) if page.number == 0 else ()
    head = bold(say("My data")) + page.place
    given = bold(say.plural("Answered {n} time", "Answered {n} times", len(own.ratings))) if own.ratings else ""
    nothing = say("You have given no answers here.") if not own.ratings else ""
    text = paragraphs(head, *about, given, nothing, *(_given(say, each, zone) for each in page.items))
    return Message(text, (*page.turning("mydata"), *_ways(say, own)))


def _about(say: Language, own: OwnData) -> Sequence[str]:
    account = say("Your Telegram account's number is kept encrypted, so that the bot can write to you. No name.")
    language = say("Language: {language}", language=LANGUAGE_NAMES[own.person.language])
    ground = "\n" + say("Pictures are on dark ground.") if own.person.dark else ""
    return [f"{account}\n{language}{ground}", _as_worker(say, own), _as_rater(say, own)]


def _as_worker(say: Language, own: OwnData) -> str:
    if own.worker is None:
        return ""
    words = say(
        "About you as a worker: code, team and role with its dates; which cases are yours; your quiet hours, leave and "
        "deputy. And for two years who did what in which case."
    )
    return f"{who(say, own.worker)}\n{words}"


def _as_rater(say: Language, own: OwnData) -> str:
    codes = sorted({each.worker.code for each in own.seats})
    return say("Your worker: {codes}", codes=bold(", ".join(codes))) if codes else ""


def _given(say: Language, own: Own, zone: tzinfo) -> str:
    """A rating: when, what it was, and its numbers as they were tapped."""
    rating = own.rating
    day = bold(say.full_date(rating.at.astimezone(zone).date()))
    return "\n".join(
        part for part in (f"{day} · {plain(_what(say, own))}", _numbers(say, own), _kept_for(say, own)) if part
    )


def _what(say: Language, own: Own) -> str:
    case, rating = own.case, own.rating
    if rating.measure is Measure.ALLIANCE or rating.subject_id is None:
        said = say("after the meeting")
    elif own.rater.is_own(rating.subject_id) and not own.rater.is_guess:
        said = say("before the meeting")
    else:
        said = say(
            "before the meeting, {about_whom}", about_whom=subject_about(say, case, case.subject(rating.subject_id))
        )
    if rating.measure is Measure.OWN:
        said = f"{worded(say, rating.instrument, 'title')}, {said}"
    return f"{said} ({_guess(say, own)})" if own.rater.is_guess else said


def _guess(say: Language, own: Own) -> str:
    return say("your guess: {who}", who=rater_name(say, own.case, own.rater))


def _numbers(say: Language, own: Own) -> str:
    rating = own.rating
    if not rating.scores:
        return say("Together: {score}", score=say.score(rating.total))
    its = rating.instrument
    titles = [plain(worded(say, its, f"{item}.title")) for item in its.items]
    return " · ".join(f"{title} {say.score(score)}" for title, score in zip(titles, rating.scores, strict=True))


def _kept_for(say: Language, own: Own) -> str:
    return "🔒 " + say("only for your worker") if own.rating.only_worker else ""


def _ways(say: Language, own: OwnData) -> tuple[Row, ...]:
    some = ((ask(say("🗑 Delete one of these"), "mydrop"),),) if _deletable(own) else ()
    delete = ((ask(say("🗑 Delete all my answers"), "forget"),),) if own.ratings or own.seats else ()
    return (*some, *delete, (ask(say("← Help"), "help"), ask(say("← Menu"), "home")))


def _deletable(own: OwnData) -> Sequence[Own]:
    """One by one, while their case is open; of a closed one all together."""
    return [each for each in own.ratings if each.case.state is not CaseState.CLOSED]


def which_one(say: Language, own: OwnData, number: int, zone: tzinfo) -> Message:
    """Which answers of one time are to be deleted; it is asked once more before."""
    page = page_of(_deletable(own), number)
    rows = [ask(_short(say, each, zone), "dropown", each.rating.draft_id) for each in page.items]
    text = paragraphs(bold(say("My data")) + page.place, say("Which answers do you want to delete?"))
    back: Row = (ask(say("← My data"), "mydata"),)
    return Message(text, (*column(rows), *page.turning("mydrop"), back))


def _short(say: Language, own: Own, zone: tzinfo) -> str:
    """`21 Nov 2026 · before the meeting`"""
    return f"{say.full_date(own.rating.at.astimezone(zone).date())} · {_what(say, own)}"
