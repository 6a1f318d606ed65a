"""A real client's day: it polls, answers, reacts; people speak, edit and press."""

from __future__ import annotations

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReactionTypeEmoji, ReplyParameters

from bot.playground import Playground, people
from bot.playground.chats import Chat
from bot.playground.users import User
from tests.playground.conftest import Api


async def test_aiogram_lives_a_day_here(
    playground: Playground, api: Api, group: Chat, li: User, wang: User
) -> None:
    world = playground.world
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.url))
    async with Bot(api.token, session=session) as bot:
        me = await bot.get_me()
        assert (me.id, me.username, me.can_read_all_group_messages) == (world.bot.id, "lianxin_bot", True)

        said = people.say(world, group.id, li.id, "今天走访了老王家")
        [update] = await bot.get_updates(timeout=5)
        assert update.message is not None
        assert (update.message.text, update.message.chat.id) == ("今天走访了老王家", group.id)

        await bot.set_message_reaction(group.id, said.id, [ReactionTypeEmoji(emoji="👍")])
        keyboard = InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text="是", callback_data="yes:1")]]
        )
        asked = await bot.send_message(
            group.id,
            "<b>老王</b>是哪一户？",
            parse_mode="HTML",
            reply_parameters=ReplyParameters(message_id=said.id),
            reply_markup=keyboard,
        )
        assert asked.text == "老王是哪一户？"
        assert asked.reply_to_message is not None and asked.reply_to_message.message_id == said.id

        people.press(world, group.id, asked.message_id, li.id, data="yes:1")
        [pressed] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        assert pressed.callback_query is not None and pressed.callback_query.data == "yes:1"
        assert await pressed.callback_query.answer("好").as_(bot)
        await bot.edit_message_text("记下了", chat_id=group.id, message_id=asked.message_id)

        people.edit(world, group.id, said.id, li.id, "今天走访了老王家和李大娘家")
        [edited] = await bot.get_updates(offset=pressed.update_id + 1, timeout=5)
        assert edited.edited_message is not None and edited.edited_message.edit_date is not None
        member = await bot.get_chat_member(group.id, li.id)
        assert member.status == "creator"

    assert said.reactions == {world.bot.id: "👍"}
    assert group.messages[asked.message_id].buttons() == []
    assert "李建国：今天走访了老王家" in playground.transcript.text()
