"""A lead sees what didn't reach the team's workers: number, code and time; never a case, a rule or a client."""

import storage
from bot.actions import invitations
from bot.domain.letters import Letter, LetterKind
from bot.domain.people import Role
from bot.sandbox.phones import Phone
from storage.outbox import LetterState
from tests.stage import Play, buttons

LOW = (1, 1, 2, 1)


async def becomes(play: Play, who: Phone, role: Role, *, team: str = "pihlaja") -> None:
    async with play.database.transaction() as db:
        now, code = play.world.clock.now(), f"{role.value.upper()}-1"
        _, made = await invitations.invite_worker(db, team=team, code=code, role=role, now=now)
    await play.opens(who, made.link)


async def alert_is_lost(play: Play) -> str:
    """Nora has blocked the bot when an alert comes; the label of the case."""
    family = await play.family()
    await play.starts_meeting(play.nora, family)
    play.nora.blocks()
    await play.rates(play.aino, *LOW)
    return family.label


async def test_the_leads_menu_says_how_much_did_not_arrive_and_lists_it(play: Play) -> None:
    await becomes(play, play.otto, Role.LEAD)
    label = await alert_is_lost(play)
    await play.says(play.otto, "/start")
    seen = await play.taps(play.otto, "🔔 Didn't arrive: 1")
    assert seen == "What didn't arrive\n\nAlert 1 · KOIVU-27 · 2 Mar 11:00"
    assert label not in seen
    assert buttons(play.otto) == ["← Menu"]


async def test_the_letter_about_it_leads_to_the_list(play: Play) -> None:
    await becomes(play, play.otto, Role.LEAD)
    await alert_is_lost(play)
    assert (await play.taps(play.otto, "All that didn't arrive")).startswith("What didn't arrive")


async def test_other_letters_to_workers_are_listed_without_a_number(play: Play) -> None:
    await becomes(play, play.otto, Role.LEAD)
    await play.becomes_worker(play.nora)
    (row,) = await play.sql("SELECT person_id FROM workers WHERE code = 'KOIVU-27'")
    async with play.database.transaction() as db:
        now = play.world.clock.now()
        await storage.outbox.put(db, LetterKind.ACCEPTED, row.person_id, {"worker": "x"}, key="k", now=now)
        (letter,) = await storage.outbox.claim(db, now=now, most=1)
        await _dies(db, letter, play)
    await play.says(play.otto, "/start")
    assert "Message · KOIVU-27 · 2 Mar 11:00" in await play.taps(play.otto, "🔔 Didn't arrive: 1")


async def _dies(db: storage.Transaction, letter: Letter, play: Play) -> None:
    now = play.world.clock.now()
    await storage.outbox.finish(db, letter, LetterState.DEAD, now=now, outcome="gaveup")


async def test_an_admin_sees_all_teams_and_a_lead_their_own(play: Play) -> None:
    await becomes(play, play.otto, Role.LEAD, team="haapa")
    await becomes(play, play.father, Role.ADMIN, team="toimisto")
    await alert_is_lost(play)
    await play.says(play.otto, "/start")
    await play.says(play.father, "/start")
    found = [[each for each in buttons(who) if "arrive" in each] for who in (play.otto, play.father)]
    assert found == [[], ["🔔 Didn't arrive: 1"]]


async def test_after_thirty_days_it_is_not_shown_any_more(play: Play) -> None:
    await becomes(play, play.otto, Role.LEAD)
    await alert_is_lost(play)
    play.wait(days=30, seconds=1)
    assert "lost" not in str(await play.says(play.otto, "/start"))
    assert await play.note(play.otto, "lost", 1) == ""
    assert "Everything has arrived" in play.otto.screen.text


async def test_a_worker_sees_no_such_list(play: Play) -> None:
    await alert_is_lost(play)
    play.nora.unblocks()
    await play.settle()
    await play.says(play.nora, "/start")
    assert not any("arrive" in each for each in buttons(play.nora))
