"""Kind, clear words for what isn't done: nothing was lost, nothing has changed."""

from collections.abc import Sequence

from bot.domain.errors import Reason
from bot.domain.people import AgeBand
from bot.i18n import Language
from bot.messages.help_lines import HelpLine, help_text
from bot.messages.message import Message, ask, paragraphs


def words(say: Language, reason: Reason) -> str:
    """One or two sentences; short enough for the note over a chat (200 characters)."""
    said = {
        Reason.NOT_HERE: say("This isn't open any more."),
        Reason.CODE: say("This code doesn't work: it may be mistyped, used or too old. Ask for a new one."),
        Reason.WAIT: say("Too many tries. Please wait a quarter of an hour and try again."),
        Reason.NO_LONGER: say("This has moved on already. Here is how it is now."),
        Reason.INCOMPLETE: say("There is still a question without an answer."),
        Reason.TOO_LATE: say("This can't be answered any more. That's all right."),
        Reason.OWN_INVITATION: say("This is for the family's own phones: as the worker you can't use it yourself."),
        Reason.ALREADY_JOINED: say("This phone is in already, no need to join again."),
        Reason.ALREADY_WORKER: say("This phone belongs to another worker already."),
        Reason.NOBODY_HERE: say("Tick at least one person who is here."),
        Reason.MEETING_OPEN: say("A meeting of this case is going on already."),
        Reason.MEETING_OVER: say("This meeting is over already."),
        Reason.NOTHING_TO_RATE: say("There is nothing to answer right now."),
        Reason.ABOUT_SOMEBODY: say("They answer about one person at least. Tick somebody else first."),
        Reason.IN_OTHER_HANDS: say("This person has a colleague's phone in their hands already."),
        Reason.NO_PICTURE: say("There is no picture yet: it begins with your first answers."),
        Reason.NO_NUMBER: say(
            "That isn't a value that I understand. Write it like this: {example}", example=say.score(75)
        ),
        Reason.OVER_TEN: say("A value goes from 0 to 10. Nothing was changed; please check it on the sheet."),
        Reason.OVER_FORTY: say("A total goes from 0 to 40. Nothing was changed; please check it on the sheet."),
        Reason.NO_DAY: say("That isn't a day that I understand. Write it like this: 21.11.2026"),
        Reason.TOO_LONG: say("That is too long. At most 200 characters; nothing was kept."),
        Reason.DAY_AHEAD: say("That day is still to come. Nothing was changed."),
        Reason.DAY_BEFORE_CASE: say("That day is from before the case was opened here. Nothing was changed."),
        Reason.DAY_TOO_OLD: say("That day is more than two years ago. Nothing was changed."),
        Reason.SAME_DAY: say("There are answers of that day already. Choose another day, or correct those."),
        Reason.DAY: say("This day is in the future, or too long ago."),
        Reason.COLLEAGUE_LEFT: say("This colleague isn't here any more. Choose somebody else."),
        Reason.ONLY_WORKER: say("You are its only worker. Hand it over to a colleague, or close it."),
        Reason.ANSWERS_HERE: say("You answer in this case yourself, so it can't be yours. Tell your colleague so."),
        Reason.PAST: say("This time has passed already. Choose one that is still to come."),
        Reason.TOO_FAR: say("A meeting can be planned for half a year ahead."),
        Reason.AT_NIGHT: say("A meeting can be planned for a time between 6 and 22."),
        Reason.NO_SUCH_DAY: say("There is no such day. Write it like this: 24.11."),
        Reason.NO_SUCH_TIME: say("There is no such time. Write it like this: 14.30"),
        Reason.UNREAD_TIME: say("I couldn't read a day and a time in this. Write them like this: 24.11. 14.30"),
        Reason.NOBODY_COMES: say("Tick at least one person who comes."),
        Reason.PLANNED_ALREADY: say("A meeting is planned for this time already."),
    }
    return said[reason]


def refused(say: Language, reason: Reason) -> Message:
    """As a message of its own, with the way back."""
    return Message(words(say, reason), ((ask(say("Menu"), "home"),),))


def not_understood(say: Language, help_lines: Sequence[HelpLine]) -> Message:
    """To free text, which isn't kept or read by anybody; somebody may have written in distress."""
    text = paragraphs(
        say("🌿 I only understand buttons and codes."),
        say("Nobody reads what is written here, and it isn't kept by us. If you need help now:")
        + "\n"
        + help_text(say, help_lines, AgeBand.ADOLESCENT),
    )
    return Message(text, ((ask(say("Menu"), "home"),),))


def no_media(say: Language) -> Message:
    """To a photo, a voice message, a contact, a location."""
    text = paragraphs(
        say("🌿 I can't take pictures, recordings or files."),
        say("It isn't kept by us. You can delete it from this chat."),
    )
    return Message(text, ((ask(say("Menu"), "home"),),))


def only_in_private(say: Language) -> Message:
    """To a group chat; after this the bot is silent there."""
    return Message(say("I only talk in private, one to one. Write to me there."))


def too_fast(say: Language) -> str:
    """More at once than a person can mean; what was let in of it is kept."""
    return say("That was a lot at once. Wait a moment and go on from there: what you have answered is kept.")


def went_wrong(say: Language) -> str:
    """When it was our fault."""
    return say("Something went wrong with us. Nothing was lost; please try again in a moment.")
