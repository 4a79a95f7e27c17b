"""Tags: ticked on a case, chosen for the list. They are the team's words, and none of ours."""

from bot.actions.tagging import CaseList, TagsView
from bot.domain.tags import Tag
from bot.i18n import Language
from bot.messages.cases import to_case
from bot.messages.message import Button, Message, ask, bold, column, paragraphs
from bot.messages.paging import page_of


def on_case(say: Language, view: TagsView, number: int = 0) -> Message:
    """All that can be ticked, a page of them."""
    page = page_of(view.tags, number)
    none = say("Your team has no tags yet. Ask the team's lead for them.")
    text = paragraphs(bold(view.case.label) + page.place, say("🏷 Which tags fit?") if view.tags else none)
    rows = column([_box(view, each, page.number) for each in page.items])
    return Message(text, (*rows, *page.turning("tags", view.case.id), (to_case(say, view.case),)))


def _box(view: TagsView, tag: Tag, page: int) -> Button:
    ticked = tag.id in view.ticked
    return ask(f"{'✅' if ticked else '⬜️'} {tag.name}", "tag", view.case.id, tag.id, int(not ticked), page)


def choose(say: Language, found: CaseList, number: int = 0) -> Message:
    """Those that the worker's cases have, each with how many."""
    page = page_of(list((found.tags or {}).items()), number)
    buttons = [ask(f"🏷 {tag.name} ({count})", "cases", 0, tag.id) for tag, count in page.items]
    text = paragraphs(bold(say("Your cases")) + page.place, say("With which tag?"))
    return Message(text, (*column(buttons), *page.turning("bytag"), (ask(say("All"), "cases"),)))
