"""What holds for every screen, in every language, whatever stands in it."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import get_type_hints

import pytest

import bot.messages as rooms
from bot.app import PRESSES
from bot.domain.errors import Reason, Refusal
from bot.i18n import LANGUAGES, Language
from bot.messages import joining, refusals
from bot.messages.entering import EntryScreens
from bot.messages.message import Message
from bot.messages.rating import RatingScreens
from bot.sandbox.markup import parse, utf16_length
from tests.messages.screens import ASKED, CODE, WORKER, every_screen

TEXT, CAPTION, NOTE, DATA = 4096, 1024, 200, 64
VERBS = {press.verb: press for press in PRESSES}

in_every_language = pytest.mark.parametrize("say", LANGUAGES, ids=lambda say: say.code)


def all_of(say: Language) -> Iterator[tuple[str, Message]]:
    for name, messages in every_screen(say).items():
        for message in messages:
            yield name, message


def made_by_the_code() -> set[str]:
    """All public functions and methods of the messages that make a Message."""
    found = set()
    for module in pkgutil.iter_modules(rooms.__path__):
        here = importlib.import_module(f"bot.messages.{module.name}")
        makers = [*inspect.getmembers(here, inspect.isfunction)]
        classes = {"rating": RatingScreens, "entering": EntryScreens}
        makers += inspect.getmembers(classes[module.name], inspect.isfunction) if module.name in classes else []
        for name, maker in makers:
            own = maker.__module__ == here.__name__ and not name.startswith("_")
            if own and get_type_hints(maker).get("return") is Message:
                found.add(f"{module.name}.{name}")
    return found


def test_every_screen_of_the_code_is_looked_at_here() -> None:
    assert set(every_screen(LANGUAGES[0])) == made_by_the_code()


@in_every_language
def test_every_text_is_html_as_telegram_reads_it_and_not_too_long(say: Language) -> None:
    for name, message in all_of(say):
        length = parse(message.text).length
        assert 0 < length <= (CAPTION if message.picture else TEXT), name


@in_every_language
def test_what_is_not_ours_is_shown_as_it_is(say: Language) -> None:
    """A label with signs of HTML in it reads as it was drawn."""
    (shown,) = every_screen(say)["case_people.add"]
    assert "Smörblomma <b>&lt;'\"</i> 99" in parse(shown.text).text


@in_every_language
def test_every_button_has_words_and_asks_within_64_bytes(say: Language) -> None:
    for name, message in all_of(say):
        for button in (button for row in message.buttons for button in row):
            assert button.text.strip(), name
            assert button.url or 1 <= len((button.data or "").encode()) <= DATA, (name, button.data)


@in_every_language
def test_the_longest_button_is_nearly_as_long_as_a_button_can_be(say: Language) -> None:
    """Else the values here weren't the longest ones, and the test above says little."""
    longest = max(
        (len((button.data or "").encode()) for _, message in all_of(say) for row in message.buttons for button in row)
    )
    assert 56 <= longest <= DATA


@in_every_language
def test_no_row_has_more_than_six_buttons(say: Language) -> None:
    assert [name for name, message in all_of(say) if any(not 1 <= len(row) <= 6 for row in message.buttons)] == []


@in_every_language
def test_every_button_is_understood_by_a_handler(say: Language) -> None:
    for name, message in all_of(say):
        for data in (button.data for row in message.buttons for button in row if button.data):
            verb, *words = data.split("/")
            try:
                VERBS[verb].read(words)
            except (KeyError, Refusal) as error:
                pytest.fail(f"{name}: nobody understands {data} ({error!r})")


@in_every_language
def test_a_note_over_the_chat_fits(say: Language) -> None:
    notes = [*(refusals.words(say, reason) for reason in Reason), refusals.went_wrong(say), refusals.too_fast(say)]
    assert [note for note in notes if not 0 < utf16_length(note) <= NOTE] == []


@in_every_language
def test_words_above_a_menu_are_well_formed_too(say: Language) -> None:
    texts = [joining.joined(say), joining.waiting(say, ASKED), joining.welcome_worker(say, WORKER)]
    assert [0 < parse(text).length <= TEXT for text in texts] == [True] * 3
    assert [CODE in parse(text).text for text in texts] == [False, True, True]


def test_the_languages_say_it_differently() -> None:
    """A screen that is the same in all languages isn't translated."""
    said = [every_screen(say) for say in LANGUAGES]
    for name in said[0]:
        for shown in zip(*(each[name] for each in said), strict=True):
            assert len({message.text for message in shown}) == len(LANGUAGES), name
