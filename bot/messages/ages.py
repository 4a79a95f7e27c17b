"""How old somebody of a case is: what is known, whether it is still right, what changes with it."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from bot.actions.ages import AgeView
from bot.domain.ages import is_to_be_asked, months_of_birth
from bot.domain.cases import Subject
from bot.domain.people import AgeBand
from bot.i18n import Language
from bot.messages import asked_as
from bot.messages.asked_as import to_ages
from bot.messages.cases import to_case
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.older import changes
from bot.messages.people import age_name, subject_title

_IN_ROW, _MONTHS_IN_ROW = 4, 3


def age(say: Language, view: AgeView, *, now: datetime, zone: tzinfo) -> Message:
    """One subject of the case; the others are a page further."""
    subject = view.subject
    asked = is_to_be_asked(subject, now=now, today=now.astimezone(zone).date())
    line = f"{plain(_name(say, view))}: {bold(age_name(say, subject.band))}"
    right = say("🎂 Is that still right?") if asked else ""
    text = paragraphs(bold(view.case.label), line, _known(say, subject, zone), right, asked_as.chosen(say, subject))
    still = [ask(say("✓ Still {age}", age=_in_words(say, subject.band)), "aged", *_from(subject), subject.band.value)]
    others = [ask(age_name(say, each), "older", *_from(subject), each.value) for each in view.others]
    rows = (
        *column(still if asked else []),
        *_rows(others, 2),
        *column(_born(say, subject)),
        *asked_as.to_choose(say, subject),
        *_turning(say, view),
    )
    return Message(text, (*rows, (to_case(say, view.case),)))


def _in_words(say: Language, band: AgeBand) -> str:
    """Inside a sentence, where it begins small: under 6."""
    name = age_name(say, band)
    return name[:1].lower() + name[1:]


def _name(say: Language, view: AgeView) -> str:
    return subject_title(say, view.case, view.subject)


def _from(subject: Subject) -> tuple[str, str]:
    """Whom a button is about, and as how old they were shown there."""
    return subject.id, subject.band.value


def _known(say: Language, subject: Subject, zone: tzinfo) -> str:
    """When it was said last; and that the month of birth is kept, but not which it is: others may look on."""
    since = subject.band_known_at
    said = say("Last said: {day}", day=say.full_date(since.astimezone(zone).date())) if since else ""
    kept = say("The month of birth is known. When the age changes by it, you are asked.") if subject.born else ""
    return paragraphs(said, kept)


def _rows(buttons: Sequence[Button], in_row: int) -> tuple[Row, ...]:
    return tuple(tuple(buttons[at : at + in_row]) for at in range(0, len(buttons), in_row))


def _born(say: Language, subject: Subject) -> list[Button]:
    if subject.band is AgeBand.ADULT:
        return []
    if subject.born is not None:
        return [ask(say("Take the month of birth away"), "unborn", subject.id)]
    return [ask(say("Give the month of birth"), "year", subject.id)]


def _turning(say: Language, view: AgeView) -> tuple[Row, ...]:
    """To the one before and the one after, by name."""
    subjects = view.case.subjects
    at = subjects.index(view.subject)
    before = [(f"‹ {subject_title(say, view.case, subjects[at - 1])}", at - 1)] if at > 0 else []
    after = [(f"{subject_title(say, view.case, each)} ›", at + 1) for each in subjects[at + 1 : at + 2]]
    row = tuple(ask(text, "ages", view.case.id, number) for text, number in (*before, *after))
    return (row,) if row else ()


def another_band(say: Language, view: AgeView, band: AgeBand) -> Message:
    """What changes with it, and that nothing is lost."""
    asked = say("Are they {age} now?", age=_in_words(say, band))
    text = paragraphs(bold(view.case.label), f"{plain(_name(say, view))}: {asked}", changes(say, view.subject, band))
    yes = ask(say("Yes, {age}", age=_in_words(say, band)), "aged", *_from(view.subject), band.value)
    return Message(text, ((yes,), (_back(say, view),)))


def _back(say: Language, view: AgeView) -> Button:
    return to_ages(say, view.case, view.subject)


def year_of_birth(say: Language, view: AgeView, today: date) -> Message:
    """Only years in which somebody of this age can have been born."""
    text = paragraphs(
        bold(view.case.label),
        say("In which year were they born? Only year and month are kept, sealed, until the age changes by them."),
    )
    years = sorted({each.year for each in months_of_birth(view.subject.band, today)})
    buttons = [ask(str(each), "month", view.subject.id, each) for each in years]
    return Message(text, (*_rows(buttons, _IN_ROW), (_back(say, view),)))


def month_of_birth(say: Language, view: AgeView, year: int, today: date) -> Message:
    months = [each for each in months_of_birth(view.subject.band, today) if each.year == year]
    text = paragraphs(bold(view.case.label), say("And in which month of {year}?", year=str(year)))
    buttons = [ask(say.month(each), "born", view.subject.id, each.year, each.month) for each in months]
    return Message(text, (*_rows(buttons, _MONTHS_IN_ROW), (ask(say("← Back"), "year", view.subject.id),)))
