"""A worker writes the label of a case, and its card comes."""

import pytest

import storage
from bot.domain.cases import CaseState
from tests.stage import PASSING, Play, buttons


async def opens(play: Play, *labels: str) -> None:
    """Nora has cases with these labels."""
    await play.becomes_worker(play.nora)
    for label in labels:
        await play.says(play.nora, "/cases")
        await play.taps(play.nora, "New case", "13–17 years")
        case = play.nora.screen.text.splitlines()[0]
        await relabel(play, case, label)


async def relabel(play: Play, old: str, new: str) -> None:
    async with play.database.transaction() as db:
        found = await storage.cases.in_state(db, CaseState.OPEN)
        await storage.cases.relabel(db, next(each.id for each in found if each.label == old), new)


@pytest.mark.parametrize("typed", ["koivu 42", "KOIVU 42", "Koivu  42 ", "koivu-42", "koivu42"])
async def test_however_it_is_typed_the_case_comes_and_nothing_is_kept(play: Play, typed: str) -> None:
    await opens(play, "Koivu 42", "Haapa 11")
    before = await play.kept()
    assert (await play.says(play.nora, typed)).startswith("Koivu 42")
    assert await play.kept() == before


async def test_letters_with_dots_are_letters(play: Play) -> None:
    await opens(play, "Mänty 30")
    assert (await play.says(play.nora, "mänty 30")).startswith("Mänty 30")


async def test_of_two_alike_one_is_chosen(play: Play) -> None:
    await opens(play, "Koivu 42", "Koivu 42")
    assert await play.says(play.nora, "koivu 42") == "Two of your cases are called that. Which one?"
    assert buttons(play.nora) == ["Koivu 42", "Koivu 42", "← Menu"]
    assert (await play.taps(play.nora, "← Menu")).startswith("KOIVU-27")


async def test_what_is_nobodys_is_said_kindly_and_counts_as_no_wrong_code(play: Play) -> None:
    await opens(play, "Koivu 42")
    before = await play.kept(but=PASSING - {"wrong_codes"})
    for _ in range(7):
        assert (await play.says(play.nora, "koivu 43")).startswith("None of your open cases is called that.")
    assert buttons(play.nora) == ["Cases", "It's a worker's code", "← Menu"]
    assert await play.kept(but=PASSING - {"wrong_codes"}) == before


async def test_otto_finds_nothing_of_noras_by_its_label(play: Play) -> None:
    await opens(play, "Koivu 42")
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    assert (await play.says(play.otto, "koivu 42")).startswith("None of your open cases is called that.")


async def test_a_client_who_types_a_workers_code_with_a_space_joins_as_before(play: Play) -> None:
    await opens(play, "Koivu 27")
    await play.says(play.aino, "koivu 27")
    assert "Young person, 13–17" in buttons(play.aino)


async def test_noras_own_code_and_a_case_of_the_same_word_are_told_apart(play: Play) -> None:
    await opens(play, "Koivu 27")
    assert (await play.says(play.nora, "koivu 27")).startswith("Koivu 27")
    assert "KOIVU-27" in await play.says(play.nora, "/start KOIVU-27")


async def test_somebody_elses_code_is_typed_with_its_hyphen(play: Play) -> None:
    await opens(play, "Koivu 42")
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await play.says(play.nora, "TAMMI-5")
    assert "I'm here as a client" in buttons(play.nora)
