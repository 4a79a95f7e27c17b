"""Which questions somebody gets: those for their age, or the children's."""

from bot.actions.ages import AgeView
from bot.domain.asked_as import can_choose
from bot.domain.cases import Case, Subject
from bot.i18n import Language
from bot.messages.message import Button, Message, Row, ask, bold, paragraphs, plain
from bot.messages.people import subject_title


def chosen(say: Language, subject: Subject) -> str:
    """Said only where it isn't what their age gives."""
    return say("🙂 Asked with the children's questions.") if subject.asked_as_child else ""


def to_choose(say: Language, subject: Subject) -> tuple[Row, ...]:
    """The other kind of questions, where there is one."""
    if not can_choose(subject.band):
        return ()
    if subject.asked_as_child:
        return ((ask(say("The questions for their age"), "asas", subject.id, 0),),)
    return ((ask(say("🙂 The children's questions"), "asas", subject.id, 1),),)


def to_ages(say: Language, case: Case, subject: Subject) -> Button:
    return ask(say("← Back"), "ages", case.id, case.subjects.index(subject))


def other_questions(say: Language, view: AgeView, *, as_child: bool) -> Message:
    """Before they are chosen: what they are like, what changes, and that nothing is lost."""
    heading = f"{bold(view.case.label)} · {plain(subject_title(say, view.case, view.subject))}"
    what = _childrens(say) if as_child else say("They then get the questions that others of their age get.")
    yes = say("🙂 Ask the children's questions") if as_child else say("Ask the questions for their age")
    rows = ((ask(yes, "askedas", view.subject.id, int(as_child)),), (to_ages(say, view.case, view.subject),))
    return Message(paragraphs(heading, what, _what_changes(say)), rows)


def _childrens(say: Language) -> str:
    return say(
        "The children's questions have plainer words, and a sad and a happy face at the ends of each scale. They suit "
        "some older people better too. One asks about school or preschool: say together what it stands for here."
    )


def _what_changes(say: Language) -> str:
    return say(
        "Everybody who answers about them gets these questions too. A new curve begins, or an earlier one with these "
        "questions goes on. What has been answered stays. Who is answering right now finishes as they have begun."
    )
