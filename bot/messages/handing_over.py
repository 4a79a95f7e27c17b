"""The worker's phone in somebody else's hands: before, meanwhile, and the pad that takes it back.

What is shown meanwhile names no case and no worker, and speaks to whoever has the phone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from bot.actions.handing_over import Before, InHands
from bot.domain.handing_over import PIN_LENGTH, HandOver
from bot.domain.instruments import Measure
from bot.domain.letters import Place, PlaceKind
from bot.i18n import Language
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.people import rater_line

RATING = frozenset({"show", "answer", "back", "change", "only", "skip", "why", "stop", "reopen", "keep", "send"})
"""What may be tapped while the phone is in somebody's hands, besides giving it back."""
_BEFORE_SENDING = frozenset({"answer", "send", "keep"})
_PAD = ("123", "456", "789")


# Before


def before(say: Language, before: Before) -> Message:
    """What happens, what stays reachable, and how the phone comes back."""
    session, rater = before.session.id, before.rater.id
    who = plain(rater_line(say, before.case, before.rater))
    text = paragraphs(
        bold(say("This phone goes to: {who}", who=who)),
        say(
            "This chat is emptied first: messages are deleted or blanked. After that only these questions can be "
            "opened here. What comes for you waits; alerts go to the other workers of the case as well."
        ),
        say("Your chat list and the rest of the phone stay open to whoever holds it. So pin the screen:"),
        say(
            "Android: switch on app pinning in the security settings; then in the overview of apps tap the icon of "
            "Telegram and choose Pin.\niPhone: switch on Guided Access in the accessibility settings; then in "
            "Telegram press the side button three times."
        ),
        say("You take the phone back with your PIN."),
    )
    buttons = [
        ask(say("📱 Hand over now"), "handnow", session, rater),
        ask(say("Change the PIN"), "newpin", session, rater, "", ""),
        ask(say("← Back"), "ways", session, rater),
    ]
    return Message(text, column(buttons))


def not_handed_over(say: Language, before: Before) -> Message:
    """The chat couldn't be cleared: the phone stays with the worker."""
    session = before.session.id
    text = paragraphs(
        bold(say("✋ Don't hand the phone over yet")),
        say("Not everything could be cleared from this chat. What is cleared stays so; try again in a moment."),
    )
    buttons = [
        ask(say("Try again"), "handnow", session, before.rater.id),
        ask(say("← Back"), "meeting", session),
    ]
    return Message(text, column(buttons))


# The PIN


def pin(say: Language, *, chosen: bool) -> Message:
    """In the settings: whether there is one, and how to choose another."""
    text = paragraphs(
        bold(say("🔢 PIN for handing over")),
        say("With it you take your phone back when somebody has answered on it."),
        say("You have a PIN.") if chosen else say("You have none yet."),
        say("If you forget it: ask for a new worker's invitation and open it on this phone."),
    )
    choose = say("Change the PIN") if chosen else say("Choose a PIN")
    return Message(text, column([ask(choose, "newpin", "", "", "", ""), ask(say("← Back"), "settings")]))


def choose_pin(say: Language, to: tuple[str, str], first: str, digits: str, *, said: str = "") -> Message:
    """The pad for a new one, twice. `to`: the hand-over it is for (meeting and rater), or two empty ones."""
    heading = say("Your PIN once more, please.") if first else say("Choose a PIN of four digits.")
    why = say("With it you take your phone back when somebody has answered on it.")
    leave = ask(say("← Back"), "hand", *to) if to[0] else ask(say("← Back"), "pin")
    text = paragraphs(bold(heading), said or why, _dots(digits))
    return Message(text, (*_pad(digits, "newpin", *to, first), (leave,)))


def _dots(digits: str) -> str:
    return " ".join("●" * len(digits) + "○" * (PIN_LENGTH - len(digits)))


def _pad(digits: str, verb: str, *names: object) -> tuple[Row, ...]:
    """Each key carries the digits so far: a second tap on it adds none."""
    rows = [tuple(ask(key, verb, *names, digits + key) for key in row) for row in _PAD]
    last: list[Button] = [ask("0", verb, *names, digits + "0")]
    if digits:
        last.append(ask("⌫", verb, *names, digits[:-1]))
    return (*rows, tuple(last))


def easy_pin(say: Language) -> str:
    return say("That one is easy to guess. Please take another.")


def unequal_pins(say: Language) -> str:
    return say("Those were two different ones. Please begin again.")


# Meanwhile


def rating(say: Language, message: Message, in_hands: InHands) -> Message:
    """A screen of the rating as it is shown in somebody's hands: the ways out lead to giving the phone back."""
    rows = tuple(kept for row in message.buttons if (kept := tuple(each for each in row if _stays(each))))
    if any(_verb(each) in _BEFORE_SENDING for row in rows for each in row):
        return replace(message, buttons=rows)
    shown = {each.data for row in rows for each in row}
    onward = [each for each in _onward(say, in_hands) if each.data not in shown]
    rows = (*rows, *column([*onward, give_back_button(say, in_hands.hand_over)]))
    words = "" if in_hands.present else say("You can give the phone back now.")
    return replace(message, text=paragraphs(message.text, words), buttons=rows)


def _stays(button: Button) -> bool:
    return _verb(button) in RATING


def _verb(button: Button) -> str:
    return (button.data or "").split("/")[0]


def _onward(say: Language, in_hands: InHands) -> Sequence[Button]:
    """To what waits next."""
    view = in_hands.present
    if view is None:
        return ()
    closing = view.draft.instrument.measure is Measure.ALLIANCE
    words = say("Next: the meeting →") if closing else say("Go on")
    return (ask(words, "show", view.draft.id),)


def neutral(say: Language, in_hands: InHands) -> Message:
    """Wherever somebody tries to go: how far the rating is, and the way back."""
    view = in_hands.present
    if view is None:
        text = paragraphs(say("🌿 All done here"), say("You can give the phone back now."))
        return Message(text, ((give_back_button(say, in_hands.hand_over),),), place=_place(in_hands))
    scores = view.draft.scores
    done = sum(score is not None for score in scores)
    text = paragraphs(say("🌿 A moment for you"), say("Answered: {done} of {all}", done=done, all=len(scores)))
    rows = column([ask(say("Go on"), "show", view.draft.id), give_back_button(say, in_hands.hand_over)])
    return Message(text, rows, place=_place(in_hands))


def _place(in_hands: InHands) -> Place | None:
    """Where the rating stands: there is one message only."""
    view = in_hands.present or next(iter(in_hands.views), None)
    return Place(PlaceKind.DRAFT, view.draft.id) if view else None


def give_back_button(say: Language, hand_over: HandOver) -> Button:
    return ask(say("📱 Give the phone back"), "giveback", hand_over.session_id)


def give_back(
    say: Language,
    hand_over: HandOver,
    zone: tzinfo,
    digits: str = "",
    *,
    barred: bool = False,
    wrong: bool = False,
) -> Message:
    """The pad for the worker, who takes the phone back; or until when it is closed."""
    back = ask(say("← Back"), "goon", hand_over.session_id)
    heading = bold(say("📱 The phone goes back"))
    if barred and hand_over.barred_until is not None:
        until = say.time(hand_over.barred_until, zone)
        text = paragraphs(heading, say("That was too often for now. The next try is at {time}.", time=until))
        return Message(text, ((ask(say("Try again"), "giveback", hand_over.session_id),), (back,)))
    left = say.plural("That wasn't it. {n} try left.", "That wasn't it. {n} tries left.", hand_over.tries_left)
    words = left if wrong else say("The worker takes the phone and taps the PIN.")
    pad = _pad(digits, "phoneback", hand_over.session_id, hand_over.tries)
    return Message(paragraphs(heading, words, _dots(digits)), (*pad, (back,)))


def clearing(say: Language) -> str:
    return say("One moment: this chat is being cleared.")
