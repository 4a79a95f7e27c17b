"""One person of a case on the worker's screen: who, about whom, from which phone; and what can be changed."""

from datetime import date, tzinfo

from bot.actions.as_whom import CARERS, OWN_AGES, can_be_carer, can_be_client, can_guess
from bot.actions.raters import RaterView, can_be_about, phone_mark
from bot.domain.asked_as import alliance_for, outcome_for
from bot.domain.attachments import UNDO_WITHIN, Attachment
from bot.domain.cases import AddedRole, Case, Rater, Subject
from bot.i18n import LANGUAGES, Language
from bot.messages.cases import rater_status
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.people import age_name, collateral_name, rater_line, subject_name, subject_title

NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def rater(say: Language, view: RaterView, zone: tzinfo) -> Message:
    case, person = view.case, view.rater
    until = view.invited.until.astimezone(zone).date() if view.invited else None
    status = rater_status(say, case, person, invited_until=until, reachable=view.reachable)
    facts = [*_asked(say, case, person), *_reads(say, view)]
    text = paragraphs(bold(case.label), status, "\n".join(facts), _note(say, view, zone))
    answers: Row = (ask(say("🗂 Their answers"), "ratings", person.id),)
    steps = _steps(say, view)
    comes_first = person.joined or not person.own_phone or person.ended_at is not None
    rows = (answers, *steps) if comes_first else (*steps, answers)
    return Message(text, (*rows, (_to_people(say, case),)))


def _to_people(say: Language, case: Case) -> Button:
    return ask(say("← People"), "people", case.id)


def _asked(say: Language, case: Case, person: Rater) -> list[str]:
    """Which instrument they get about whom, and after the meeting."""
    about = [each for each in case.subjects if each.id in person.subject_ids]
    each = [f"{outcome_for(one).code.upper()} – {_whom(say, case, person, one)}" for one in about]
    before = say("Before a meeting: {what}", what=plain(", ".join(each)))
    if person.is_guess:
        return [before]
    after = alliance_for(case, person).code.upper()
    if person.kind.is_family:
        return [before, say("After a meeting: {what}", what=after)]
    return [before, say("After a meeting that they are in: {what}", what=after)]


def _whom(say: Language, case: Case, person: Rater, subject: Subject) -> str:
    return say("themself") if person.is_own(subject.id) else subject_name(say, case, subject)


def _reads(say: Language, view: RaterView) -> list[str]:
    if view.rater.is_guess or view.reads is None:
        return []
    return [say("Language: {language}", language=NAMES[view.reads])]


def _note(say: Language, view: RaterView, zone: tzinfo) -> str:
    """What needs a sentence more."""
    if view.rater.is_guess:
        return say(
            "Who guesses is asked when you tick it for a meeting. A guess stands by itself: it raises no alert and "
            "is never mixed with anybody's own answers."
        )
    if not view.rater.band.can_rate:
        return say("A child under 6 is too young to answer themself: those around them answer.")
    if view.rater.ended_at is not None:
        return say("They are asked nothing any more. What they have given stays.")
    if view.attached is not None:
        return say("They joined by code. It can be undone until {day}.", day=say.date(_last_day(view.attached, zone)))
    if not view.rater.own_phone:
        return say("They answer on your phone, aloud or on paper.")
    return ""


def _last_day(attachment: Attachment, zone: tzinfo) -> date:
    return (attachment.at + UNDO_WITHIN).astimezone(zone).date()


def _steps(say: Language, view: RaterView) -> tuple[Row, ...]:
    person, id = view.rater, view.rater.id
    if person.ended_at is not None:
        return ((ask(say("↩️ Takes part again"), "returns", id),),) if person.band.can_rate else ()
    leave = (ask(say("⏹ No longer takes part"), "leaves", id),)
    if person.is_guess:
        return (leave,)
    return (*_phone(say, view), *_roles(say, view), leave)


def _phone(say: Language, view: RaterView) -> tuple[Row, ...]:
    person, id = view.rater, view.rater.id
    if view.attached is not None:
        undo = ask(say("↩️ It was somebody else"), "somebody", id, view.attached.id)
        return ((undo,), (ask(say("🔁 Another phone"), "newphone", id),))
    if person.joined:
        return ((ask(say("🔁 Another phone"), "newphone", id),),)
    reads = ask(say("🌐 Language"), "reads", id)
    if not person.own_phone:
        return ((ask(say("📱 Has a phone after all"), "phone", id, 1), reads),)
    return (_invitation(say, view), (ask(say("📵 No phone of their own"), "phone", id, 0), reads))


def _invitation(say: Language, view: RaterView) -> Row:
    if view.invited is None:
        return (ask(say("✉️ Invite"), "invite", view.rater.id),)
    again = ask(say("✉️ A new invitation"), "invite", view.rater.id, view.invited.id)
    return again, ask(say("✖️ Withdraw"), "withdraw", view.rater.id, view.invited.id)


def _roles(say: Language, view: RaterView) -> tuple[Row, ...]:
    case, person, id = view.case, view.rater, view.rater.id
    found = []
    if len(can_be_about(case, person)) > 1:
        found.append(ask(say("👀 About whom"), "whom", id))
    if view.undoable is not None:
        words = {AddedRole.CLIENT: say("➖ Not a client after all"), AddedRole.CARER: say("➖ Not a carer after all")}
        found.append(ask(words[view.undoable], "undorole", id, view.undoable.value))
    if can_be_client(person):
        found.append(ask(say("➕ Also a client"), "alsoclient", id))
    if can_be_carer(case, person):
        found.append(ask(say("➕ Also a carer"), "alsocarer", id))
    if can_guess(case, person):
        found.append(ask(say("💭 Let them guess"), "guesses", id))
    return (*column(found), *_age(say, case, person))


def _age(say: Language, case: Case, person: Rater) -> tuple[Row, ...]:
    """Where how old they are and which questions they get is changed, of whom the case follows."""
    own = next(
        (at for at, each in enumerate(case.subjects) if person.is_own(each.id) and each.id in person.subject_ids), None
    )
    return () if own is None else ((ask(say("🎂 Ages, questions"), "ages", case.id, own),),)


# Questions before something changes


def _heading(say: Language, case: Case, person: Rater) -> str:
    return f"{bold(case.label)} · {plain(rater_line(say, case, person))}"


def _back(say: Language, person: Rater) -> Row:
    return (ask(say("← Back"), "rater", person.id),)


def about_whom(say: Language, case: Case, person: Rater) -> Message:
    """A tick for each; each tap counts at once."""
    rows = [_tick(say, case, person, each) for each in can_be_about(case, person)]
    text = paragraphs(_heading(say, case, person), say("About whom are they asked? What they have given stays."))
    return Message(text, (*column(rows), _back(say, person)))


def _tick(say: Language, case: Case, person: Rater, subject: Subject) -> Button:
    asked = subject.id in person.subject_ids
    name = subject_title(say, case, subject)
    return ask(f"{'✅' if asked else '⬜️'} {name}", "asks", person.id, subject.id, 0 if asked else 1)


def languages(say: Language, case: Case, person: Rater) -> Message:
    rows = [ask(NAMES[each.code], "readsin", person.id, each.code) for each in LANGUAGES]
    text = paragraphs(
        _heading(say, case, person),
        say("What do they read? Their invitation comes in it, and the questions on your phone."),
    )
    return Message(text, (*column(rows), _back(say, person)))


def another_phone(say: Language, case: Case, person: Rater) -> Message:
    text = paragraphs(
        _heading(say, case, person),
        say(
            "Is it another phone now, or was it lost? The one they have is let go at once. What they have given stays."
        ),
    )
    replace = ask(say("🔁 Let it go, and invite anew"), "replace", person.id, phone_mark(person))
    return Message(text, ((replace,), _back(say, person)))


def also_client(say: Language, case: Case, person: Rater) -> Message:
    """How old a carer is who is a client too."""
    rows = [ask(age_name(say, band), "isclient", person.id, band.value) for band in OWN_AGES]
    text = paragraphs(
        _heading(say, case, person),
        say(
            "Is their own wellbeing followed too? They then answer about themself as well; nobody else is asked about "
            "them. How old are they?"
        ),
    )
    return Message(text, (*column(rows), _back(say, person)))


def also_carer(say: Language, case: Case, person: Rater) -> Message:
    rows = [ask(collateral_name(say, kind), "iscarer", person.id, kind.value) for kind in CARERS]
    text = paragraphs(
        _heading(say, case, person),
        say("Do they look after a child of this case? They then answer about the child too. Who are they?"),
    )
    return Message(text, (*column(rows), _back(say, person)))


def guesses(say: Language, case: Case, person: Rater) -> Message:
    """As whom somebody may be asked to guess."""
    rows = [ask(collateral_name(say, kind), "guess", person.id, kind.value) for kind in can_guess(case, person)]
    text = paragraphs(
        _heading(say, case, person),
        say("“What would your teacher say about you?” Whose answer do they guess? You tick it for a meeting."),
    )
    return Message(text, (*column(rows), _back(say, person)))


def leaves(say: Language, case: Case, person: Rater) -> Message:
    text = paragraphs(
        _heading(say, case, person),
        say(
            "Don't they take part any more? They are asked and invited no longer, and what isn't sent yet is closed. "
            "What they have given stays, and you can take them back in."
        ),
    )
    return Message(text, ((ask(say("⏹ No longer takes part"), "ended", person.id),), _back(say, person)))


# Somebody who joined by code


def attached(say: Language, case: Case, person: Rater, attachment: Attachment, zone: tzinfo) -> Message:
    """Who they are in the case now; it can be taken back."""
    text = paragraphs(
        say("✅ They are in"),
        f"{bold(case.label)}\n{plain(rater_line(say, case, person))}",
        say("Was it somebody else? You can undo it until {day}.", day=say.date(_last_day(attachment, zone))),
    )
    undo = ask(say("↩️ It was somebody else"), "somebody", person.id, attachment.id)
    return Message(text, ((ask(say("To the case"), "case", case.id),), (undo,)))


def somebody_else(say: Language, case: Case, person: Rater, attachment_id: str) -> Message:
    """Before it is undone."""
    text = paragraphs(
        _heading(say, case, person),
        say(
            "Was it somebody else? All that this phone has given goes out of the case with it, and they wait for your "
            "yes again, with a new word and number."
        ),
    )
    undo = ask(say("↩️ Undo it"), "undo", person.id, attachment_id)
    return Message(text, ((undo,), _back(say, person)))
