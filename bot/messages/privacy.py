"""What is kept and who sees it, in plain words; and being forgotten."""

from collections.abc import Sequence

from bot.domain.people import AgeBand
from bot.i18n import Language
from bot.messages.help_lines import HelpLine, help_text
from bot.messages.message import Message, ask, bold, paragraphs


def privacy(say: Language, help_lines: Sequence[HelpLine], *, free_text: bool = False) -> Message:
    text = paragraphs(
        bold(say("Your privacy here")),
        say(
            "We keep: the numbers you tap, when you tapped them, your age group, and who your worker is. "
            "All of it under random ids."
        ),
        say(
            "We keep the number of your Telegram account (not your phone number) only encrypted, "
            "so that the bot can write to you. "
            "No name, no phone number, no pictures, no messages."
        ),
        say("Your worker may give a month of birth. It is kept encrypted, and goes when the age group changes by it."),
        say("Your worker may write a few words to a note about your case. Only its workers see them, kept encrypted.")
        if free_text
        else "",
        say("Your answers are seen by the workers of your case in this bot, and by nobody else here."),
        say(
            "Chats with a bot are not end-to-end encrypted: Telegram can see them. "
            "That is why there are only numbers and made-up labels."
        ),
        say(
            "/forget deletes all that you have given. Messages on Telegram's servers that are older than 48 hours "
            "stay in your chat until you delete them."
        ),
        say("Nobody reads the answers around the clock. If you need help now:")
        + "\n"
        + help_text(say, help_lines, AgeBand.ADOLESCENT),
    )
    return Message(text, ((ask(say("← Menu"), "home"),),))


def forget(say: Language) -> Message:
    """The one question before everything goes."""
    text = paragraphs(
        bold(say("Delete all my answers?")),
        say(
            "All your answers are deleted, and this phone is no longer part of this. It can't be undone. "
            "Your worker sees only that this phone has left."
        ),
    )
    yes, no = ask(say("Yes, delete everything"), "forgetme"), ask(say("No, keep it"), "home")
    return Message(text, ((yes,), (no,)))


def nothing_own(say: Language) -> Message:
    """To a worker, who has given no answers."""
    text = say("There are no answers of your own here. The families' answers aren't touched by this.")
    return Message(text, ((ask(say("Menu"), "home"),),))


def forgotten(say: Language) -> Message:
    return Message(say("Deleted. Thank you for having been here. With /start you can begin anew."))
