"""Every text of the code is in every catalogue, and what is missing or wrong there is noticed."""

from pathlib import Path

import pytest

from bot.domain import instruments
from locales.texts import CODES, ROOT, complaints, hidden, templates, write

CODE = """
from bot.i18n import later
KINDS = {"school": later("School")}
def screen(say, n):
    # Translators: said at the end
    said = say("Thank you, <b>{name}</b>", name="Nora") + say.within("button", "Back")
    return said + say.plural("{n} meeting", "{n} meetings", n)
"""
KEYS = ("ors.2.title", "ors.1.title")
SAID = {
    'msgid "School"\nmsgstr ""': 'msgid "School"\nmsgstr "Koulu"',
    'msgid "Thank you, <b>{name}</b>"\nmsgstr ""': 'msgid "Thank you, <b>{name}</b>"\nmsgstr "Kiitos, <b>{name}</b>"',
    'msgid "Back"\nmsgstr ""': 'msgid "Back"\nmsgstr "Takaisin"',
    'msgstr[0] ""\nmsgstr[1] ""': 'msgstr[0] "yksi tapaaminen"\nmsgstr[1] "{n} tapaamista"',
    'msgid "ors.1.title"\nmsgstr ""': 'msgid "ors.1.title"\nmsgstr "Minä"',
    'msgid "ors.2.title"\nmsgstr ""': 'msgid "ors.2.title"\nmsgstr "Läheiset"',
}


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def wrong(house: Path, keys: tuple[str, ...] = KEYS) -> list[str]:
    return list(complaints(house / "locales", templates(house / "bot", keys)))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small code with its catalogues, all translated."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "screen.py").write_text(CODE, encoding="utf-8")
    write(tmp_path / "locales", templates(tmp_path / "bot", KEYS))
    for po in (tmp_path / "locales").glob("*/LC_MESSAGES/*.po"):
        text = po.read_text(encoding="utf-8")
        for empty, said in SAID.items():
            text = text.replace(empty, said)
        po.write_text(text, encoding="utf-8")
    return tmp_path


def test_every_text_of_ours_is_complete_in_every_language() -> None:
    assert list(complaints(ROOT / "locales", templates(ROOT / "bot", instruments.keys()))) == []


def test_no_text_of_ours_is_said_inside_an_fstring() -> None:
    assert list(hidden(ROOT / "bot")) == []


@pytest.mark.parametrize(
    "said",
    [
        'say("School")',
        'self.say("School")',
        'say.plural("{n} school", "{n} schools", n)',
        'say.within("button", "School")',
        'later("School")',
        'bold(say("School"))',
        "each + f'{say(each)}'",
    ],
)
def test_a_text_inside_an_fstring_is_noticed_with_its_line(house: Path, said: str) -> None:
    replace(house / "bot/screen.py", "    return said", f'    title = f"""<b>{{{said}}}</b>"""\n    return said')
    assert list(hidden(house / "bot")) == ["bot/screen.py:7: a text is said inside an f-string; give it a name before"]


@pytest.mark.parametrize("fact", ["title", "say.date(day)", "say.score(mm)", "say.instrument(key)", "say.code"])
def test_anything_else_may_stand_inside_an_fstring(house: Path, fact: str) -> None:
    replace(house / "bot/screen.py", "    return said", f'    title = f"{{{fact}}}"\n    return said')
    assert list(hidden(house / "bot")) == []


def test_a_translated_house_has_no_complaints(house: Path) -> None:
    assert wrong(house) == []


def test_a_catalogue_has_what_the_code_says_and_nothing_of_the_day_or_the_line(house: Path) -> None:
    assert (house / "locales/fi/LC_MESSAGES/messages.po").read_text(encoding="utf-8") == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: kuulolla\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Language: fi\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        "\n"
        'msgctxt "button"\nmsgid "Back"\nmsgstr "Takaisin"\n\n'
        'msgid "School"\nmsgstr "Koulu"\n\n'
        "#. Translators: said at the end\n"
        '#, python-brace-format\nmsgid "Thank you, <b>{name}</b>"\nmsgstr "Kiitos, <b>{name}</b>"\n\n'
        '#, python-brace-format\nmsgid "{n} meeting"\nmsgid_plural "{n} meetings"\n'
        'msgstr[0] "yksi tapaaminen"\nmsgstr[1] "{n} tapaamista"\n'
    )


def test_instruments_keep_the_order_of_their_keys(house: Path) -> None:
    text = (house / "locales/instruments.pot").read_text(encoding="utf-8")
    assert text.index("ors.2.title") < text.index("ors.1.title")


def test_writing_again_changes_nothing(house: Path) -> None:
    before = {file: file.read_bytes() for file in (house / "locales").rglob("*.po*")}
    write(house / "locales", templates(house / "bot", KEYS))
    assert {file: file.read_bytes() for file in (house / "locales").rglob("*.po*")} == before


def test_english_messages_need_no_translation(house: Path) -> None:
    (house / "locales/en/LC_MESSAGES/messages.po").unlink()
    write(house / "locales", templates(house / "bot", KEYS))
    assert wrong(house) == []


def test_a_new_text_is_asked_for_until_it_is_translated(house: Path) -> None:
    replace(house / "bot/screen.py", '"School"', '"Home"')
    before = wrong(house)
    write(house / "locales", templates(house / "bot", KEYS))
    assert before == [
        "messages.pot is not in step with the code: run `make texts`",
        *(
            line
            for code in CODES
            for line in (
                f"{code}/messages.po: 'Home' is missing: run `make texts`",
                f"{code}/messages.po: 'School' is said nowhere: run `make texts`",
            )
        ),
    ]
    assert wrong(house) == [f"{code}/messages.po: 'Home' is not translated" for code in ("fi", "sv")]


def test_a_new_key_of_an_instrument_is_asked_for_in_english_too(house: Path) -> None:
    keys = (*KEYS, "srs.1.title")
    write(house / "locales", templates(house / "bot", keys))
    assert wrong(house, keys) == [f"{code}/instruments.po: 'srs.1.title' is not translated" for code in CODES]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"Koulu"', '""', "'School' is not translated"),
        ('"yksi tapaaminen"', '""', "'{n} meeting' is not translated"),
        ('\nmsgstr[1] "{n} tapaamista"', "", "'{n} meeting' is not translated"),
        ('"Takaisin"', '"Takaisin {name}"', "'Back' within 'button' has other facts in braces: 'Takaisin {name}'"),
        ('"{n} tapaamista"', '"{m} tapaamista"', "'{n} meeting' has other facts in braces: '{m} tapaamista'"),
        ('"Koulu"', '"Koulu {"', "'School' has a brace that fits nothing: 'Koulu {'"),
        ('"Koulu"', '"<i>Koulu</i>"', "'School' has other tags: '<i>Koulu</i>'"),
        ('"Koulu"', '"<h1>Koulu</h1>"', "'School' has the unknown tag <h1>: '<h1>Koulu</h1>'"),
        ('"Koulu"', '"Koulu</b>"', "'School' closes </b> in the wrong place: 'Koulu</b>'"),
        ('"Koulu"', '"<b>Koulu"', "'School' leaves <b> open: '<b>Koulu'"),
        ('"Koulu"', '"Koulu "', "'School' begins or ends with another white space: 'Koulu '"),
        ('msgid "School"', '#, fuzzy\nmsgid "School"', "'School' is marked fuzzy"),
    ],
)
def test_a_fault_of_a_translation_is_noticed(house: Path, old: str, new: str, complaint: str) -> None:
    replace(house / "locales/fi/LC_MESSAGES/messages.po", old, new)
    assert wrong(house) == [f"fi/messages.po: {complaint}"]


def test_an_obsolete_entry_is_noticed(house: Path) -> None:
    with (house / "locales/sv/LC_MESSAGES/instruments.po").open("a", encoding="utf-8") as po:
        po.write('\n#~ msgid "ors.9.title"\n#~ msgstr "Förr"\n')
    assert wrong(house) == ["sv/instruments.po: 'ors.9.title' is no longer used: run `make texts`"]


def test_a_catalogue_that_cannot_be_read_is_noticed(house: Path) -> None:
    (house / "locales/sv/LC_MESSAGES/instruments.po").write_text("msgid unquoted", encoding="utf-8")
    (said,) = wrong(house)
    assert said.startswith("sv/instruments.po: can't be read: ")
