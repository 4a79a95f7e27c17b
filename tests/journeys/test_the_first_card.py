"""The first card of a worker: what goes on, who waits, and the cases at hand."""

from bot.actions import cases
from bot.domain.people import AgeBand
from tests.stage import Play, button, buttons


async def opens_cases(play: Play, count: int) -> list[str]:
    """So many more cases of Nora's; their labels."""
    labels = []
    for number in range(count):
        async with play.database.transaction() as db:
            nora = await play._met(db, play.nora)
            view = await cases.open_case(db, nora, AgeBand.CHILD, now=play.world.clock.now())
        labels.append(view.case.label)
        play.wait(minutes=number + 1)
    return labels


async def test_up_to_six_cases_are_on_the_first_card_and_all_behind_one_button(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.says(play.nora, "/start")
    await play.taps(play.nora, "👣 First steps", "✓ Take them off the menu")
    labels = await opens_cases(play, 6)
    await play.says(play.nora, "/start")
    assert sorted(buttons(play.nora)[:6]) == sorted(labels)
    assert buttons(play.nora)[6:] == ["Cases", "New case", "⚙️ Settings", "❔ Help"]
    labels += await opens_cases(play, 1)
    await play.says(play.nora, "/start")
    assert set(buttons(play.nora)[:6]) < set(labels)
    assert buttons(play.nora)[6:] == ["All cases", "New case", "⚙️ Settings", "❔ Help"]


async def test_a_case_in_a_meeting_is_on_the_card_once_and_leads_to_the_meeting(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    await play.says(play.nora, "/start")
    assert [each for each in buttons(play.nora) if family.label in each] == [f"🟢 {family.label}"]
    await play.taps(play.nora, f"🟢 {family.label}")
    assert button(play.nora, "close/")


async def test_a_case_is_one_tap_from_the_first_card(play: Play) -> None:
    family = await play.family()
    await play.says(play.nora, "/start")
    assert (await play.taps(play.nora, family.label)).startswith(family.label)


async def test_otto_has_none_of_noras_cases_on_his_card(play: Play) -> None:
    family = await play.family()
    await play.becomes_worker(play.otto, team="vaahtera", code="TAMMI-5")
    await play.says(play.otto, "/start")
    assert family.label not in " ".join(buttons(play.otto))


async def test_in_the_hands_of_a_rater_the_phone_shows_no_desk(play: Play) -> None:
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    [row] = await play.sql("SELECT w.person_id AS nora, s.id AS session FROM workers w, sessions s")
    rater, now = family.raters["aino"], "2026-03-02 09:00:00"
    columns = "(person_id, rater_id, session_id, at, tries)"
    await play.change(f"INSERT INTO hand_overs {columns} VALUES ('{row.nora}', '{rater}', '{row.session}', '{now}', 0)")
    await play.says(play.nora, "/start")
    shown = " ".join([play.nora.screen.text, *buttons(play.nora)])
    assert family.label not in shown
    assert "KOIVU-27" not in shown
