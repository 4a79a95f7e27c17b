"""What raters and subjects are called on a screen: by what they are, never by a name."""

from html import escape

from bot.domain.cases import Case, Rater, Subject
from bot.domain.people import AgeBand, Kind
from bot.i18n import Language

_ICONS = {
    Kind.MOTHER: "👩",
    Kind.FATHER: "👨",
    Kind.CARER: "🏡",
    Kind.SCHOOL: "🏫",
    Kind.PROFESSIONAL: "💼",
}
_CLIENT_ICONS = {AgeBand.CHILD: "🧒", AgeBand.ADOLESCENT: "🧑", AgeBand.EIGHTEEN: "🧑", AgeBand.ADULT: "🧑"}


def rater_name(say: Language, case: Case, rater: Rater) -> str:
    """Young person, Mother, Child 2: as a line or a button begins. A guess says in the name that it is one."""
    name = client_name(say, rater.band) if rater.kind is Kind.CLIENT else collateral_name(say, rater.kind)
    if rater.is_guess:
        return say("{who}, as guessed by: {guesser}", who=name, guesser=rater_name(say, case, case.answers_for(rater)))
    return _numbered(name, case.number_of(rater))


def rater_line(say: Language, case: Case, rater: Rater) -> str:
    """The same with its little picture."""
    return f"{icon(rater)} {rater_name(say, case, rater)}"


def icon(rater: Rater) -> str:
    if rater.is_guess:
        return "💭"
    return _ICONS.get(rater.kind) or _CLIENT_ICONS.get(rater.band, "🧑")


def client_name(say: Language, band: AgeBand) -> str:
    names = {
        AgeBand.UNDER_6: say("Child under 6"),
        AgeBand.CHILD: say("Child"),
        AgeBand.ADOLESCENT: say("Young person"),
        AgeBand.EIGHTEEN: say("Young adult"),
        AgeBand.ADULT: say("Adult"),
    }
    return names[band]


def collateral_name(say: Language, kind: Kind) -> str:
    names = {
        Kind.MOTHER: say("Mother"),
        Kind.FATHER: say("Father"),
        Kind.CARER: say("Carer"),
        Kind.SCHOOL: say("School"),
        Kind.PROFESSIONAL: say("Professional"),
    }
    return names[kind]


def subject_name(say: Language, case: Case, subject: Subject) -> str:
    """Whom a rating is about, inside a sentence: the child, the young person 2."""
    names = {
        AgeBand.UNDER_6: say("the child under 6"),
        AgeBand.CHILD: say("the child"),
        AgeBand.ADOLESCENT: say("the young person"),
        AgeBand.EIGHTEEN: say("the young adult"),
        AgeBand.ADULT: say("the adult"),
    }
    return _numbered(names[subject.band], case.number_of_subject(subject))


def subject_title(say: Language, case: Case, subject: Subject) -> str:
    """The same standing alone: Child, Young person 2."""
    return _numbered(client_name(say, subject.band), case.number_of_subject(subject))


def subject_about(say: Language, case: Case, subject: Subject) -> str:
    """The same after what tells something: about the child, about the young person 2."""
    names = {
        AgeBand.UNDER_6: say("about the child under 6"),
        AgeBand.CHILD: say("about the child"),
        AgeBand.ADOLESCENT: say("about the young person"),
        AgeBand.EIGHTEEN: say("about the young adult"),
        AgeBand.ADULT: say("about the adult"),
    }
    return _numbered(names[subject.band], case.number_of_subject(subject))


def whom_you_rate(say: Language, case: Case, rater: Rater, subject: Subject) -> str:
    """The same for who rates: yourself, or one of the others."""
    return say("yourself") if rater.is_own(subject.id) else subject_name(say, case, subject)


def about_whom(say: Language, case: Case, rater: Rater, subject: Subject) -> str:
    """The same of a rater: of a carer who is a client too, about themself."""
    return say("about themself") if _is_both(rater, subject) else subject_about(say, case, subject)


def whom_on_button(say: Language, case: Case, rater: Rater, subject: Subject) -> str:
    """The same after the rater and a colon, and as short as it can be said."""
    if _is_both(rater, subject):
        return say.within("rater: whom about", "themself")
    return subject_on_button(say, case, subject)


def _is_both(rater: Rater, subject: Subject) -> bool:
    return rater.own_subject_id == subject.id


def subject_on_button(say: Language, case: Case, subject: Subject) -> str:
    """The same after a rater and a colon, and as short as it can be said."""
    names = {
        AgeBand.UNDER_6: say.within("rater: whom about", "the child under 6"),
        AgeBand.CHILD: say.within("rater: whom about", "the child"),
        AgeBand.ADOLESCENT: say.within("rater: whom about", "the young person"),
        AgeBand.EIGHTEEN: say.within("rater: whom about", "the young adult"),
        AgeBand.ADULT: say.within("rater: whom about", "the adult"),
    }
    return _numbered(names[subject.band], case.number_of_subject(subject))


def guess_question(say: Language, case: Case, rater: Rater, subject: Subject) -> str:
    """What would your teacher say about you? For who guesses."""
    asked = _guess_about_you(say, rater.kind)
    if not case.answers_for(rater).is_own(subject.id):
        asked = _guess_about(say, rater.kind, subject_about(say, case, subject))
    return f"💭 <b>{escape(asked)}</b>\n" + say("Answer as you think that they would.")


def _guess_about_you(say: Language, kind: Kind) -> str:
    asked = {
        Kind.MOTHER: say("What would your mother say about you?"),
        Kind.FATHER: say("What would your father say about you?"),
        Kind.CARER: say("What would the adult who looks after you say about you?"),
        Kind.SCHOOL: say("What would your teacher say about you?"),
        Kind.PROFESSIONAL: say("What would your other worker say about you?"),
    }
    return asked[kind]


def _guess_about(say: Language, kind: Kind, about_whom: str) -> str:
    asked = {
        Kind.MOTHER: say("What would the mother say {about_whom}?", about_whom=about_whom),
        Kind.FATHER: say("What would the father say {about_whom}?", about_whom=about_whom),
        Kind.CARER: say("What would the other carer say {about_whom}?", about_whom=about_whom),
        Kind.SCHOOL: say("What would the teacher say {about_whom}?", about_whom=about_whom),
        Kind.PROFESSIONAL: say("What would the other worker say {about_whom}?", about_whom=about_whom),
    }
    return asked[kind]


def guess_of(say: Language, kind: Kind) -> str:
    """As whom somebody guesses, on a button."""
    names = {
        Kind.MOTHER: say.within("a guess", "the mother"),
        Kind.FATHER: say.within("a guess", "the father"),
        Kind.CARER: say.within("a guess", "a carer"),
        Kind.SCHOOL: say.within("a guess", "the teacher"),
        Kind.PROFESSIONAL: say.within("a guess", "the other worker"),
    }
    return f"💭 {names[kind]}"


def _numbered(name: str, number: int | None) -> str:
    return f"{name} {number}" if number else name


def age_name(say: Language, band: AgeBand) -> str:
    """An age as a button."""
    names = {
        AgeBand.UNDER_6: say("Under 6"),
        AgeBand.CHILD: say("6–12 years"),
        AgeBand.ADOLESCENT: say("13–17 years"),
        AgeBand.EIGHTEEN: say("18 years"),
        AgeBand.ADULT: say("19 or older"),
    }
    return names[band]
