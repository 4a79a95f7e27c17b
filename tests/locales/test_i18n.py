"""One language speaks: texts, plurals, dates, times and scores."""

import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot import i18n
from bot.i18n import LANGUAGES, Language, WordingError, language, use_wording

FI, SV, EN = LANGUAGES
HELSINKI = ZoneInfo("Europe/Helsinki")
DAY = date(2025, 9, 3)

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
MESSAGES = (
    HEADER
    + 'msgid "Thank you, {name}"\nmsgstr "Kiitos, {name}"\n\n'
    + 'msgid "{n} meeting of {all}"\nmsgid_plural "{n} meetings of {all}"\n'
    + 'msgstr[0] "{n} tapaaminen / {all}"\nmsgstr[1] "{n} tapaamista / {all}"\n\n'
    + 'msgctxt "button"\nmsgid "Back"\nmsgstr "Takaisin"\n\n'
    + 'msgctxt "body"\nmsgid "Back"\nmsgstr "Selkä"\n\n'
    + 'msgid "Not yet"\nmsgstr ""\n'
)
OURS = HEADER + 'msgid "ors.1.title"\nmsgstr "Minä"\n\nmsgid "ors.2.title"\nmsgstr "Läheiset"\n'
THEIRS = HEADER + 'msgid "ors.1.title"\nmsgstr "Itse"\n\nmsgid "ors.2.title"\nmsgstr ""\n'


def put(folder: Path, name: str, text: str) -> None:
    place = folder / "fi" / "LC_MESSAGES"
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_text(text, encoding="utf-8")


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small Finnish catalogue of each kind in place of ours."""
    put(tmp_path / "ours", "messages.po", MESSAGES)
    put(tmp_path / "ours", "instruments.po", OURS)
    monkeypatch.setattr(i18n, "catalogue_folder", lambda: tmp_path / "ours")
    i18n._catalogue.cache_clear()
    yield tmp_path
    use_wording(None)
    i18n._catalogue.cache_clear()


def test_the_languages_are_finnish_swedish_and_english_in_this_order() -> None:
    assert [say.code for say in LANGUAGES] == ["fi", "sv", "en"]


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [
        ("fi", FI),
        ("fi-FI", FI),
        ("FI_fi", FI),
        ("sv", SV),
        ("sv-FI", SV),
        ("en-US", EN),
        ("de", EN),
        ("", EN),
        (None, EN),
    ],
)
def test_any_tag_finds_a_language_and_an_unknown_one_finds_english(tag: str | None, spoken: Language) -> None:
    assert language(tag) == spoken


def test_a_language_goes_to_another_process_and_stays_equal() -> None:
    assert pickle.loads(pickle.dumps(FI)) == FI


def test_a_text_is_said_in_the_language_with_its_facts(catalogues: Path) -> None:
    assert FI("Thank you, {name}", name="Nora") == "Kiitos, Nora"


def test_a_text_without_a_catalogue_or_translation_is_said_in_english(catalogues: Path) -> None:
    assert [FI("Not yet"), SV("Thank you, {name}", name="Nora")] == ["Not yet", "Thank you, Nora"]


def test_a_plural_takes_its_form_and_writes_the_number_in_the_locales_way(catalogues: Path) -> None:
    one, many = "{n} meeting of {all}", "{n} meetings of {all}"
    said = [say.plural(one, many, n, all=9) for say in (FI, EN) for n in (1, 1200)]
    assert said == ["1 tapaaminen / 9", "1\xa0200 tapaamista / 9", "1 meeting of 9", "1,200 meetings of 9"]


def test_one_english_word_has_a_translation_for_each_context(catalogues: Path) -> None:
    assert [FI.within("button", "Back"), FI.within("body", "Back"), EN.within("body", "Back")] == [
        "Takaisin",
        "Selkä",
        "Back",
    ]


def test_an_instrument_speaks_our_words_without_a_wording_pack(catalogues: Path) -> None:
    assert [FI.instrument("ors.1.title"), FI.instrument("ors.2.title")] == ["Minä", "Läheiset"]


def test_an_unknown_key_of_an_instrument_is_itself(catalogues: Path) -> None:
    assert FI.instrument("ors.9.title") == "ors.9.title"


def test_a_wording_pack_comes_first_and_ours_fills_what_it_leaves_out(catalogues: Path) -> None:
    put(catalogues / "pack", "instruments.po", THEIRS)
    use_wording(catalogues / "pack")
    assert [FI.instrument("ors.1.title"), FI.instrument("ors.2.title")] == ["Itse", "Läheiset"]


def test_a_compiled_wording_pack_is_read_too(catalogues: Path) -> None:
    put(catalogues / "source", "instruments.po", THEIRS)
    compiled = catalogues / "pack" / "fi" / "LC_MESSAGES" / "instruments.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as mo, (catalogues / "source/fi/LC_MESSAGES/instruments.po").open("rb") as po:
        write_mo(mo, read_po(po, locale="fi"))
    use_wording(catalogues / "pack")
    assert FI.instrument("ors.1.title") == "Itse"


def test_no_wording_pack_brings_our_words_back(catalogues: Path) -> None:
    put(catalogues / "pack", "instruments.po", THEIRS)
    use_wording(catalogues / "pack")
    use_wording(None)
    assert FI.instrument("ors.1.title") == "Minä"


@pytest.mark.parametrize(("name", "text"), [("instruments.po", "msgid unquoted"), ("instruments.mo", "not compiled")])
def test_a_broken_wording_pack_says_in_one_line_where(catalogues: Path, name: str, text: str) -> None:
    put(catalogues / "pack", name, text)
    with pytest.raises(WordingError, match=r"^[^\n]*pack/fi/LC_MESSAGES: instruments can't be read[^\n]*$"):
        use_wording(catalogues / "pack")


def test_a_folder_without_any_wording_is_refused(catalogues: Path) -> None:
    with pytest.raises(WordingError, match="has no <language>/LC_MESSAGES"):
        use_wording(catalogues)


def test_a_day_is_short_and_english_names_the_month() -> None:
    assert [say.date(DAY) for say in LANGUAGES] == ["3.9.", "3.9", "3 Sept"]


def test_a_full_date_has_its_year_and_is_written_in_swedish_as_in_finland() -> None:
    assert [say.full_date(DAY) for say in LANGUAGES] == ["3.9.2025", "3.9.2025", "3 Sept 2025"]


def test_a_time_is_that_of_the_zone_in_summer_and_in_winter() -> None:
    summer, winter = datetime(2025, 7, 1, 11, 5, tzinfo=UTC), datetime(2025, 12, 1, 6, 5, tzinfo=UTC)
    said = [[say.time(moment, HELSINKI) for say in LANGUAGES] for moment in (summer, winter)]
    assert said == [["14.05", "14.05", "14:05"], ["8.05", "08.05", "08:05"]]


def test_a_moment_without_a_zone_has_no_time() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        FI.time(datetime(2025, 7, 1, 11, 5, tzinfo=UTC).replace(tzinfo=None), HELSINKI)


@pytest.mark.parametrize(
    ("mm", "said"),
    [
        (284, ["28,4", "28,4", "28.4"]),
        (280, ["28"] * 3),
        (0, ["0"] * 3),
        (5, ["0,5", "0,5", "0.5"]),
        (-55, ["−5,5", "−5,5", "−5.5"]),
    ],
)
def test_a_score_is_in_centimetres_with_a_decimal_only_where_there_is_one(mm: int, said: list[str]) -> None:
    assert [say.score(mm) for say in LANGUAGES] == said
