"""Nobody learns by a question what they needn't know, and two measures never share a line."""

from tests.stage import Play, buttons


async def test_the_school_is_not_asked_about_a_parent_who_becomes_a_client(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(
        play.nora, "👥 People", "🙋 Add a person", "School", "🙋 Add a person", "Another client", "19 or older"
    )
    about = (
        "SELECT s.band FROM rater_subjects x JOIN raters r ON r.id = x.rater_id JOIN subjects s ON s.id = x.subject_id"
    )
    assert await play.sql(f"{about} WHERE r.kind = 'school'") == [("adolescent",)]


async def test_where_there_are_only_adults_others_are_asked_about_them(play: Play) -> None:
    await play.becomes_worker(play.nora)
    await play.taps(play.nora, "New case", "19 or older", "👥 People", "🙋 Add a person", "Professional")
    about = (
        "SELECT s.band FROM rater_subjects x JOIN raters r ON r.id = x.rater_id JOIN subjects s ON s.id = x.subject_id"
    )
    assert await play.sql(f"{about} WHERE r.kind = 'professional'") == [("adult",)]


async def test_the_school_is_not_ticked_at_the_first_meeting(play: Play) -> None:
    family = await play.family()
    play.wait(seconds=1)
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "School", "🏫 School", "✉️ Invite")
    (link,) = (line for line in play.nora.screen.text.splitlines() if line.startswith("https://"))
    play.father.opens(link)
    await play.settle()
    await play.taps(play.father, "Yes, I'll join")
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "▶️ Start a meeting")
    assert buttons(play.nora)[:2] == ["✅ Young person", "⬜️ School"]


async def test_the_school_is_not_asked_how_a_meeting_worked_that_it_was_not_in(play: Play) -> None:
    family = await play.family()
    await play.to_the_case(play.nora, family)
    await play.taps(play.nora, "👥 People", "🙋 Add a person", "School", "🏫 School", "✉️ Invite")
    (link,) = (line for line in play.nora.screen.text.splitlines() if line.startswith("https://"))
    play.father.opens(link)
    await play.settle()
    await play.taps(play.father, "Yes, I'll join")
    assert buttons(play.father) == ["Before the meeting", "👀 Who sees what", "❔ Help", "🌐 English"]
