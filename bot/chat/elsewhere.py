"""What isn't a talk with one person: a group chat, a button nobody knows, somebody who blocks the bot.

Nora adds the bot to a group
bot            I only talk in private, one to one.     (once; then it is silent there)
"""

from contextlib import nullcontext

from telegram import Chat, ChatMember, ChatMemberUpdated, Update

import storage
from bot.actions import people
from bot.chat.turns import Press, Reply, Turn, known
from bot.domain.errors import Reason, Refusal
from bot.house import House
from bot.i18n import language
from bot.messages import refusals

GROUPS = (Chat.GROUP, Chat.SUPERGROUP)


async def group(house: House, update: Update) -> None:
    """The first word in a group gets an answer; after that there is silence."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None:
        return
    async with house.database.transaction() as db:
        fresh = await storage.updates.record(db, update.update_id, now=house.now())
        tell = fresh and await storage.people.tell_group(db, chat.id, now=house.now())
    if tell:
        say = language(user.language_code if user else None)
        await house.post.send(chat.id, refusals.only_in_private(say), say, quiet=True)


async def membership(house: House, update: Update) -> None:
    """The bot has come into a group; or somebody has blocked it in their private chat, or lets it write again."""
    change = update.my_chat_member
    if change is None:
        return
    if change.chat.type == change.chat.PRIVATE:
        await _blocked_or_back(house, update.update_id, change)
    elif change.chat.type in GROUPS and change.new_chat_member.status in (ChatMember.MEMBER, ChatMember.ADMINISTRATOR):
        await group(house, update)


async def _blocked_or_back(house: House, update_id: int, change: ChatMemberUpdated) -> None:
    """Who isn't known, as after *forget*, doesn't become known by this.

    A letter that is on its way comes to its end first: what it finds out is older than what we hear now.
    """
    user, now = change.from_user, house.now()
    async with house.database.transaction() as db:
        person_id = await storage.people.find(db, user.id)
    async with house.writing_to(person_id) if person_id else nullcontext(), house.database.transaction() as db:
        fresh = await storage.updates.record(db, update_id, now=now)
        if not fresh or await storage.people.find(db, user.id) is None:
            return
        person = await known(db, user.id, user.language_code, now=now)
        if change.new_chat_member.status == ChatMember.BANNED:
            await people.leave(db, person, now=now)


async def _nothing(_turn: Turn, *_: object) -> Reply:
    raise Refusal(Reason.NOT_HERE)


UNKNOWN_BUTTON = Press("", _nothing, None, False, ())
