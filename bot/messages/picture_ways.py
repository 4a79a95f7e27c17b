"""The buttons below a case's picture: to the meeting, to all its other pictures, to paper, and back."""

from collections.abc import Sequence

from bot.actions.pictures import Around, Rated
from bot.domain.cases import Case, Subject
from bot.domain.letters import PictureKind
from bot.i18n import Language
from bot.messages.message import Button, Row, ask
from bot.messages.people import rater_name, subject_on_button, whom_on_button

HALF = 18
"""Characters of a button that has half of a row on a small phone."""
MANY = 60
"""Of more curves than these only those about the same subject have a button, since a message has a hundred at most. The
others are reached from everybody's picture of whom they are about."""
SIGNS = {
    PictureKind.TREND: "📈",
    PictureKind.FAMILY: "👪",
    PictureKind.SIDES: "🧩",
    PictureKind.AREAS: "🔎",
    PictureKind.MEASURES: "📏",
}


def ways(say: Language, case: Case, around: Around, kind: PictureKind, about: Rated | Subject) -> tuple[Row, ...]:
    """From the picture of this kind, of a rater or about a subject, which is on the screen."""
    return (
        *_to_meeting(say, around),
        *_to_several(say, case, around, but=(kind, about)),
        *_to_trends(say, case, around, about, kind),
        *_to_parts(say, around, about, kind),
        (_to_print(say, case, about, kind), ask(say("← The case"), "tocase", case.id, around.about_id)),
    )


def _to_meeting(say: Language, around: Around) -> tuple[Row, ...]:
    """The way back: the picture has come below the meeting's card."""
    return ((ask(say("🟢 To the meeting"), "tocard", around.going_on),),) if around.going_on else ()


def _to_print(say: Language, case: Case, about: Rated | Subject, kind: PictureKind) -> Button:
    named = _named(about, "") if isinstance(about, Rated) else [case.id, "", about.id]
    return ask(say("🖨 Print"), "printed", kind.value, named[0], *named[2:])


def _to_trends(say: Language, case: Case, around: Around, about: Rated | Subject, kind: PictureKind) -> tuple[Row, ...]:
    """A button for each rater's curve, but for the one that is shown."""
    others = [each for each in around.rated if kind is not PictureKind.TREND or each != about]
    if len(others) > MANY:
        subject = about.subject if isinstance(about, Rated) else about
        others = [each for each in others if each.subject.id == subject.id][:MANY]
    return _in_rows([_to_trend(say, case, each, around.about_id) for each in others])


def _to_trend(say: Language, case: Case, rated: Rated, about_id: str) -> Button:
    who = rater_name(say, case, rated.rater)
    if len(rated.rater.subject_ids) > 1:
        who = say("{rater}: {subject}", rater=who, subject=whom_on_button(say, case, rated.rater, rated.subject))
    if rated.earlier:
        who = say("{who}, earlier answers", who=who)
    return ask(f"{SIGNS[PictureKind.TREND]} {who}", "picture", *_named(rated, about_id))


def _named(rated: Rated, about_id: str) -> Sequence[str]:
    earlier = [rated.earlier.code] if rated.earlier else []
    return [rated.rater.id, about_id, rated.subject.id, *earlier]


def _to_parts(say: Language, around: Around, about: Rated | Subject, kind: PictureKind) -> tuple[Row, ...]:
    """From a rater's curve to the four items that it is the sum of, and to the service's own measures."""
    if not isinstance(about, Rated):
        return ()
    buttons = []
    if kind is PictureKind.TREND:
        buttons.append(_to(PictureKind.AREAS, say("By area"), "areas", *_named(about, around.about_id)))
    if kind is not PictureKind.MEASURES and about in around.measured:
        buttons.append(_to(PictureKind.MEASURES, say("Own measures"), "measures", *_named(about, around.about_id)))
    return _in_rows(buttons)


def _to(kind: PictureKind, name: str, verb: str, *named: str) -> Button:
    return ask(f"{SIGNS[kind]} {name}", verb, *named)


def _to_several(
    say: Language, case: Case, around: Around, *, but: tuple[PictureKind, Rated | Subject]
) -> tuple[Row, ...]:
    """Everybody together and side by side, for each of whom several have spoken."""
    ways = ((PictureKind.FAMILY, "family", say("All together")), (PictureKind.SIDES, "sides", say("Side by side")))
    buttons = [
        ask(f"{SIGNS[kind]} {_about(say, case, around, name, subject)}", verb, case.id, subject.id, around.about_id)
        for subject in around.together
        for kind, verb, name in ways
        if (kind, subject) != but
    ]
    return _in_rows(buttons)


def _about(say: Language, case: Case, around: Around, name: str, subject: Subject) -> str:
    """Of several subjects, which one."""
    return name if len(around.together) == 1 else f"{name}: {subject_on_button(say, case, subject)}"


def _in_rows(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Two short ones in a row; a long one has a row of its own, so that a phone doesn't cut it off."""
    rows = list[Row]()
    for button in buttons:
        beside = rows and len(rows[-1]) == 1 and max(len(each.text) for each in (*rows[-1], button)) <= HALF
        rows[-1:] = [(*rows[-1], button)] if beside else [*rows[-1:], (button,)]
    return tuple(rows)
