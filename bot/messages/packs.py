"""The service's own measures on a case: which are asked, and what was answered."""

from bot.actions.packs import PacksView
from bot.domain.packs import Pack
from bot.domain.series import Series
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.message import Button, Message, ask, bold, column, paragraphs, plain
from bot.messages.people import rater_line, subject_about
from bot.messages.wording import worded

IN_A_ROW, SERIES = 8, 12


def packs(say: Language, view: PacksView) -> Message:
    """A tick for each; a tap switches it for this case, from the next meeting on."""
    explained = say("Measures of your own service, asked besides the four questions. Tick those that this case needs.")
    text = paragraphs(f"{bold(view.case.label)}", explained, _answers(say, view))
    pictures = [ask(say("📈 Pictures"), "pictures", view.case.id)] if view.series else []
    buttons = [*(_switch(say, view, each) for each in view.packs), *pictures, to_case(say, view.case)]
    return Message(text, column(buttons))


def _switch(say: Language, view: PacksView, pack: Pack) -> Button:
    """Names what the tap makes of it, so that a second one changes nothing."""
    on = pack.code in view.switched_on
    return ask(f"{'✅' if on else '⬜️'} {pack.called(say.code)}", "pack", view.case.id, pack.code, 0 if on else 1)


def _answers(say: Language, view: PacksView) -> str:
    """Sums one after another, covered."""
    lines = [_line(say, view, each) for each in view.series[-SERIES:]]
    shown = "\n".join(lines)
    return f"<tg-spoiler>{shown}</tg-spoiler>" if lines else ""


def _line(say: Language, view: PacksView, series: Series) -> str:
    rater = view.case.rater(series.rater_id)
    who = rater_line(say, view.case, rater)
    subject = next((each for each in view.case.subjects if each.id == series.subject_id), None)
    if subject is not None and len(rater.subject_ids) > 1:
        who = f"{who}, {subject_about(say, view.case, subject)}"
    totals = " → ".join(say.score(each) for each in series.totals[-IN_A_ROW:])
    return plain(f"{worded(say, series.instrument, 'title')} · {who}: {totals}")
