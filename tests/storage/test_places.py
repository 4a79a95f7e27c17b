"""Places: what stands where in one person's chat."""

import storage
from bot.domain.letters import Place, PlaceKind
from storage import Transaction
from tests.storage.family import person

CARD = Place(PlaceKind.CARD, "meeting")


async def test_something_stands_in_one_message_of_a_chat_the_last_one(db: Transaction) -> None:
    aino, bo = await person(db, "aino"), await person(db, "bo")
    for message_id in (7, 2**40):
        await storage.places.put(db, aino.id, CARD, message_id)
    found = [await storage.places.find(db, each.id, CARD) for each in (aino, bo)]
    assert found == [2**40, None]


async def test_a_card_and_a_picture_of_the_same_meeting_have_places_of_their_own(db: Transaction) -> None:
    aino, picture = await person(db, "aino"), Place(PlaceKind.PICTURE, "meeting")
    await storage.places.put(db, aino.id, CARD, 1)
    await storage.places.put(db, aino.id, picture, 2)
    assert [await storage.places.find(db, aino.id, each) for each in (CARD, picture)] == [1, 2]


async def test_a_message_that_shows_something_else_now_is_the_place_of_that_alone(db: Transaction) -> None:
    aino, bo, draft = await person(db, "aino"), await person(db, "bo"), Place(PlaceKind.DRAFT, "draft")
    for whose in (aino, bo):
        await storage.places.put(db, whose.id, CARD, 1)
        await storage.places.put(db, whose.id, draft, 1)
    await storage.places.leave(db, aino.id, 1, but=draft)
    found = [await storage.places.find(db, whose.id, each) for whose in (aino, bo) for each in (CARD, draft)]
    assert found == [None, 1, 1, 1]
    await storage.places.leave(db, aino.id, 1, but=None)
    assert await storage.places.find(db, aino.id, draft) is None
