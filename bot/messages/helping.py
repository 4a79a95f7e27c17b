"""How it goes, for whoever asks: a worker, a client, or somebody who isn't in yet; and who sees what."""

from collections.abc import Sequence

from bot.domain.people import AgeBand
from bot.i18n import Language
from bot.messages.help_lines import HelpLine, help_text
from bot.messages.message import Message, Row, ask, bold, paragraphs


def to_worker(say: Language) -> Message:
    """The way of working in short, and where to read on."""
    text = paragraphs(
        bold(say("Help")),
        say(
            "A meeting goes like this: open the case and tap Start a meeting. Those who are here say how things have "
            "been; look at it together. Before you part, tap Time to close, and they say how the meeting worked."
        ),
        say("The picture is a start for talking. It says nothing for sure about anybody."),
        say("Write the label of a case, such as koivu 42, and its card comes. What you write isn't kept."),
        say("Nobody watches the answers around the clock."),
    )
    return Message(text, (*_for_workers(say), (ask(say("← Menu"), "home"),)))


def _for_workers(say: Language) -> tuple[Row, ...]:
    return (
        (ask(say("👣 First steps"), "firststeps"),),
        (ask(say("💬 How to introduce this to a family"), "introduce"),),
        (ask(say("🔒 What is kept"), "privacy"), ask(say("🗂 My data"), "mydata")),
    )


def to_client(say: Language, help_lines: Sequence[HelpLine]) -> Message:
    """What to tap when, and whom to turn to."""
    text = paragraphs(
        bold(say("Help")),
        say(
            "Before a meeting you say how things have been, after it how the meeting worked for you: four taps each. "
            "You may skip it, stop, and change your answers."
        ),
        say("Talk with your worker about what comes to your mind. The answers are a start for that."),
        say("Nobody reads the answers around the clock. If you need help now:")
        + "\n"
        + help_text(say, help_lines, AgeBand.ADOLESCENT),
    )
    rows = (
        (ask(say("👀 Who sees what"), "seen"),),
        (ask(say("🔒 What is kept"), "privacy"), ask(say("🗂 My data"), "mydata")),
        (ask(say("← Menu"), "home"),),
    )
    return Message(text, rows)


def to_stranger(say: Language, help_lines: Sequence[HelpLine]) -> Message:
    """How to come in."""
    text = paragraphs(
        bold(say("Help")),
        say("You get a link or a code from your worker. Open the link, or send the code here."),
        say("Nobody reads the answers around the clock. If you need help now:")
        + "\n"
        + help_text(say, help_lines, AgeBand.ADOLESCENT),
    )
    rows = (
        (ask(say("I have a code"), "code"),),
        (ask(say("🔒 What is kept"), "privacy"), ask(say("🗂 My data"), "mydata")),
        (ask(say("← Menu"), "home"),),
    )
    return Message(text, rows)


def seen(say: Language) -> Message:
    """To a client: who sees what, as it was said when they came in."""
    text = paragraphs(
        bold(say("Who sees what")),
        "👤 " + say("You see your own answers, as a picture and as a list, and nobody else's."),
        "🧑‍💼 "
        + say("Your worker sees your answers, and so do the other workers of your case, and who stands in for them."),
        "👪 "
        + say(
            "The others of your family don't see your answers in this bot. Your worker may show answers together in a "
            "meeting: then they are talked about by all who are there."
        ),
        "🏫 " + say("School and other professionals see only what they answer themselves."),
        "📊 " + say("Leads see numbers of many people together, never one person's."),
    )
    back = (ask(say("🔒 What is kept"), "privacy"), ask(say("← Menu"), "home"))
    return Message(text, ((ask(say("🗂 My data"), "mydata"),), back))
