"""A person's settings."""

from bot.domain.people import Worker
from bot.i18n import Language
from bot.messages.home import to_languages, who
from bot.messages.message import Message, ask, bold, paragraphs


def settings(say: Language, worker: Worker) -> Message:
    """A worker's."""
    text = paragraphs(bold(say("Settings")), who(say, worker))
    return Message(text, ((to_languages(say),), (ask(say("← Menu"), "home"),)))


def settings_of_client(say: Language) -> Message:
    """Of whoever isn't a worker."""
    text = paragraphs(bold(say("Settings")), say("Which language you read here, what is kept of you, and deleting it."))
    rows = (
        (to_languages(say),),
        (ask(say("🔒 What is kept"), "privacy"), ask(say("🗂 My data"), "mydata")),
        (ask(say("🗑 Delete all my answers"), "forget"),),
        (ask(say("← Menu"), "home"),),
    )
    return Message(text, rows)
