"""A group meeting on the worker's phone: which cases, and the card with a line for each. Never a score."""

from bot.actions.groups import Choice, GroupCard, GroupLine
from bot.domain.cases import SessionState
from bot.domain.letters import Place, PlaceKind
from bot.i18n import Language
from bot.messages.message import Button, Message, Row, ask, bold, column, paragraphs, plain
from bot.messages.paging import page_of

_SIGNS = {SessionState.OPEN: "🟢", SessionState.CLOSING: "🟠", SessionState.ENDED: "⚪️"}


def choose(say: Language, choice: Choice, mask: int, number: int, *, changed: bool = False) -> Message:
    """A page of the worker's cases with a tick each. `changed`: the list isn't the one that was ticked any more."""
    page = page_of(list(enumerate(choice.cases)), number)
    text = paragraphs(
        bold(say("A group of several")) + page.place,
        say("Your list of cases has changed. Please tick again.") if changed else "",
        say("Which of them meet together? Each gets a meeting of its own and sees only itself."),
    )
    ticks = [_tick(choice, mask, page.number, at) for at, _ in page.items]
    before = [ask("‹", "group", page.number - 1, f"{mask:x}", choice.mark)] if page.number else []
    after = [ask("›", "group", page.number + 1, f"{mask:x}", choice.mark)] if page.number < page.last else []
    turning: tuple[Row, ...] = ((*before, *after),) if page.last else ()
    count = mask.bit_count()
    start: tuple[Row, ...] = ()
    if count:
        words = say.plural("▶️ Start {n}", "▶️ Start {n}", count)
        start = ((ask(words, "groupgo", f"{mask:x}", choice.mark),),)
    return Message(text, (*column(ticks), *turning, *start, (ask(say("← Cases"), "cases"),)))


def _tick(choice: Choice, mask: int, page: int, at: int) -> Button:
    sign = "✅" if mask >> at & 1 else "⬜️"
    return ask(f"{sign} {choice.cases[at].label}", "group", page, f"{mask ^ (1 << at):x}", choice.mark)


def card(say: Language, card: GroupCard, number: int = 0) -> Message:
    """How many have answered in each case; its own card behind its button."""
    page = page_of(card.lines, number)
    text = paragraphs(
        bold(say("👪 A group meeting")) + page.place,
        "\n".join(_line(say, each) for each in page.items),
        _left_out(say, card),
    )
    own = [ask(_name(each), "meeting", each.card.session.id) for each in page.items]
    rows = (*_steps(say, card), *column(own), *page.turning("groupcard", card.id), (ask(say("← Menu"), "home"),))
    return Message(text, rows, place=Place(PlaceKind.GROUP, card.id))


def _name(line: GroupLine) -> str:
    return f"{_SIGNS[line.card.session.state]} {line.card.case.label}"


def _line(say: Language, line: GroupLine) -> str:
    answered = say("answered {done} of {asked}", done=line.done, asked=line.asked)
    return plain(f"{_name(line)} – {answered}")


def _left_out(say: Language, card: GroupCard) -> str:
    names = ", ".join(each.label for each in card.left_out)
    if not names:
        return ""
    return say("Left out, as a meeting goes on there already or nobody can be asked: {names}", names=plain(names))


def _steps(say: Language, card: GroupCard) -> tuple[Row, ...]:
    close = ask(say("⏱ Time to close: all"), "groupclose", card.id)
    end = ask(say("⏹ End all"), "groupend", card.id)
    if SessionState.OPEN in card.states:
        return (close,), (end,)
    return ((end,),) if SessionState.CLOSING in card.states else ()


def end_unasked(say: Language, card: GroupCard) -> Message:
    """Before meetings end that nobody has been asked about."""
    text = paragraphs(bold(say("👪 A group meeting")), say("You haven't asked about the meeting in all cases yet."))
    rows = [
        ask(say("⏱ Ask first"), "groupclose", card.id),
        ask(say("⏹ End without asking"), "groupstop", card.id),
        ask(say("← Back"), "groupcard", card.id),
    ]
    return Message(text, column(rows))
