"""A group meeting of several cases: started, closed and ended together; each case sees only itself."""

import pytest

import storage
from bot.actions import cases, invitations
from bot.domain.errors import Reason
from bot.domain.people import AgeBand
from bot.messages import refusals
from tests.stage import PASSING, Family, Play, buttons, data


async def second(play: Play, who: str = "bo") -> Family:
    """One more case of Nora's, opened a minute later, with one young person on another phone."""
    play.wait(minutes=1)
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        nora = await storage.people.meet(db, telegram_id=play.nora.id, language="en", now=now)
        phone = play.world.phone(who, language="en")
        phone.chat.known = True
        person = await storage.people.meet(db, telegram_id=phone.id, language="en", now=now)
        view = await cases.open_case(db, nora, AgeBand.ADOLESCENT, now=now)
        rater = view.case.raters[0]
        _, _, made = await invitations.invite_rater(db, nora, rater.id, now=now)
        await invitations.take_invitation(db, person, made.link, now=now)
        await storage.outbox.void_all(db, now=now)
    return Family(view.case.id, view.case.label, {who: rater.id})


async def chosen(play: Play, *families: Family) -> None:
    await play.forges(play.nora, "group")
    for family in families:
        await play.taps(play.nora, f"⬜️ {family.label}")


async def test_two_cases_are_started_closed_and_ended_together(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.says(play.nora, "/start")
    await chosen(play, first, other)
    said = await play.taps(play.nora, "▶️ Start 2")
    assert f"🟢 {first.label} – answered 0 of 2" in said
    assert f"🟢 {other.label} – answered 0 of 1" in said
    await play.rates(play.bo, 7, 7, 7, 7)
    await play.taps(play.nora, "⏱ Time to close: all")
    assert len(await play.sql("SELECT id FROM sessions WHERE state = 'closing'")) == 2
    await play.rates(play.bo, 9, 9, 9, 9)
    await play.taps(play.nora, "⏹ End all")
    assert len(await play.sql("SELECT id FROM sessions WHERE state = 'ended'")) == 2
    assert len(await play.sql("SELECT DISTINCT group_id FROM sessions")) == 1


async def test_the_groups_card_goes_on_by_itself_and_shows_no_score(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.says(play.nora, "/start")
    await chosen(play, first, other)
    await play.taps(play.nora, "▶️ Start 2")
    await play.rates(play.aino, 3, 3, 3, 3)
    shown = next(each.text for each in play.nora.sees if "A group meeting" in each.text)
    assert f"{first.label} – answered 1 of 2" in shown
    assert "12" not in shown.replace(first.label, "").replace(other.label, "")


async def test_each_case_sees_only_itself(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.says(play.nora, "/start")
    await chosen(play, first, other)
    await play.taps(play.nora, "▶️ Start 2", f"🟢 {other.label}")
    assert (first.label in play.nora.screen.text, other.label in play.nora.screen.text) == (False, True)
    assert "Mother" not in play.nora.screen.text
    assert "A group meeting" in await play.taps(play.nora, "👪 The group")
    assert other.label not in " ".join(each.text for each in play.aino.sees)


async def test_a_case_that_meets_already_is_left_out_and_said(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.starts_meeting(play.nora, first)
    await chosen(play, first, other)
    said = await play.taps(play.nora, "▶️ Start 2")
    assert f"Left out, as a meeting goes on there already or nobody can be asked: {first.label}" in said
    assert len(await play.sql("SELECT id FROM sessions WHERE group_id IS NOT NULL")) == 1


async def test_it_starts_once_however_often_it_is_tapped(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.says(play.nora, "/start")
    await chosen(play, first, other)
    start = data(play.nora, "groupgo/")
    await play.taps(play.nora, "▶️ Start 2")
    before = await play.kept(but=PASSING | {"places"})
    await play.comes_again()
    await play.forges(play.nora, start)
    assert await play.kept(but=PASSING | {"places"}) == before


async def test_ticks_on_a_list_that_has_changed_start_nothing(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.says(play.nora, "/start")
    await chosen(play, first, other)
    old = data(play.nora, "groupgo/")
    await second(play, "father")
    assert await play.forges(play.nora, old) == refusals.words(play.say(play.nora), Reason.NO_LONGER)
    assert await play.sql("SELECT id FROM sessions") == []
    assert "Which of them meet together?" in play.nora.screen.text


async def test_a_dozen_cases_meet_at_once(play: Play) -> None:
    families = [await play.family(), *[await second(play, f"guest{number}") for number in range(11)]]
    await play.says(play.nora, "/start")
    await play.forges(play.nora, "group")
    await play.taps(play.nora, *(f"⬜️ {each.label}" for each in families[:8]), "›")
    await play.taps(play.nora, *(f"⬜️ {each.label}" for each in families[8:]), "▶️ Start 12")
    assert len(await play.sql("SELECT id FROM sessions WHERE group_id IS NOT NULL")) == 12
    await play.taps(play.nora, "›", "⏹ End all", "⏹ End without asking")
    assert len(await play.sql("SELECT id FROM sessions WHERE ended_at IS NOT NULL")) == 12


async def test_before_it_ends_unasked_there_is_a_question(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.says(play.nora, "/start")
    await chosen(play, first, other)
    await play.taps(play.nora, "▶️ Start 2", "⏹ End all")
    assert buttons(play.nora) == ["⏱ Ask first", "⏹ End without asking", "← Back"]
    await play.taps(play.nora, "⏹ End without asking")
    await play.taps_again(play.nora)
    assert len(await play.sql("SELECT id FROM sessions WHERE ended_at IS NOT NULL")) == 2


async def test_otto_sees_no_group_and_starts_none_of_noras_cases(play: Play) -> None:
    first, other = await play.family("mother"), await second(play)
    await play.becomes_worker(play.otto, team="koivu", code="TAMMI-5")
    await play.says(play.nora, "/start")
    await chosen(play, first, other)
    start = data(play.nora, "groupgo/")
    await play.taps(play.nora, "▶️ Start 2")
    group = data(play.nora, "groupend/").split("/")[1]
    before = await play.kept(but=PASSING | {"places"})
    not_here = refusals.words(play.say(play.otto), Reason.NOT_HERE)
    said = [
        await play.forges(play.otto, each + group) for each in ("groupcard/", "groupclose/", "groupend/", "groupstop/")
    ]
    assert said == [not_here] * 4
    assert await play.forges(play.otto, start) == refusals.words(play.say(play.otto), Reason.NO_LONGER)
    assert await play.kept(but=PASSING | {"places"}) == before


@pytest.mark.parametrize(
    ("code", "words"), [("fi", "Mitkä perheet tapaavat yhdessä?"), ("sv", "Vilka familjer träffas")]
)
async def test_in_the_workers_language(play: Play, code: str, words: str) -> None:
    await play.family()
    await play.forges(play.nora, f"language/{code}")
    await play.forges(play.nora, "group")
    assert words in play.nora.screen.text
