"""What else there is to do with a case."""

from bot.domain.cases import Case
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.message import Message, ask, bold, column, paragraphs


def more(say: Language, case: Case, *, packs: bool = False) -> Message:
    """What is done with a case once in a while. `packs`: the service has measures of its own."""
    text = paragraphs(bold(case.label), say("What else can be done with this case?"))
    buttons = [
        ask(say("🗂 All answers"), "history", case.id),
        ask(say("🎲 Another label"), "label", case.id),
        ask(say("🎂 Ages, questions"), "ages", case.id),
        ask(say("🏷 Tags"), "tags", case.id),
        ask(say("🤝 Whose case"), "shared", case.id),
        ask(say("🔎 Look back together"), "review", case.id),
        *([ask(say("📏 Own measures"), "packs", case.id)] if packs else []),
        ask(say("📄 Summary"), "summary", case.id),
        ask(say("📋 For the client record"), "record", case.id),
        ask(say("⏹ Close the case"), "closecase", case.id),
        to_case(say, case),
    ]
    return Message(text, column(buttons))


def another_label(say: Language, case: Case) -> Message:
    """Before a case is called something else than what its worker knows it by."""
    text = say("Draw another label instead of {label}?", label=bold(case.label))
    keep = ask(say("Keep {label}", label=case.label), "case", case.id)
    return Message(text, ((ask(say("🎲 Draw"), "draw", case.id), keep),))
