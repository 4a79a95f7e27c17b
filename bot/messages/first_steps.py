"""A new worker's first three steps, ticked as they are done; and words for introducing this to a family."""

from bot.domain.preferences import FirstSteps
from bot.i18n import Language
from bot.messages.message import Message, Row, ask, bold, paragraphs


def listed(say: Language, steps: FirstSteps) -> str:
    """The three, each with its tick."""
    lines = [
        (steps.opened, say("Open a case: it gets a made-up label")),
        (steps.invited, say("Invite those who are in it")),
        (steps.met, say("Start a meeting: who is there is asked on their own phone")),
    ]
    ticked = [f"{'✅' if done else '▫️'} {number}. {words}" for number, (done, words) in enumerate(lines, 1)]
    return "\n".join([bold(say("First steps")), *ticked])


def first_steps(say: Language, steps: FirstSteps) -> Message:
    """The three with where each is done, and a way to put them away."""
    text = paragraphs(
        listed(say, steps),
        say("Add the others of the family under People, and invite each: by link, by QR picture or by code."),
        say("Tap Start a meeting on the card of the case. Tap the name of anybody who isn't here."),
    )
    introduce = (ask(say("💬 How to introduce this to a family"), "introduce"),)
    hide = (ask(say("✓ Take them off the menu"), "stepsaway"),)
    return Message(
        text, (*_next(say, steps), introduce, hide, (ask(say("← Help"), "help"), ask(say("← Menu"), "home")))
    )


def _next(say: Language, steps: FirstSteps) -> tuple[Row, ...]:
    """Where the first step is done that isn't yet."""
    if not steps.opened:
        return ((ask(say("New case"), "new"),),)
    return () if steps.all_done else ((ask(say("Cases"), "cases"),),)


def introduce(say: Language) -> Message:
    """Words that one can say to a family the first time."""
    text = paragraphs(
        bold(say("How to introduce this to a family")),
        say("Say it in your own words. For example:"),
        "💬 "
        + say("“I want to hear from each of you, at every meeting, how it goes and whether this is of use to you.”"),
        "💬 " + say("“There are no right answers. When something doesn't work, I'd like to know, and we change it.”"),
        "💬 " + say("“It takes under a minute, on your own phone. You may skip it whenever you like.”"),
        "💬 " + say("“We look at it together before you go. It is yours too: you can see and delete what you gave.”"),
        say("Then invite each, wait until they are in, and let them try it once while you are there."),
    )
    return Message(text, ((ask(say("← Help"), "help"), ask(say("← Menu"), "home")),))
