from __future__ import annotations

import traceback
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from bot.domain.delivery import Method, Migrated, Outgoing, Permanent, Temporary, Unknown
from bot.playground import members, people
from bot.serving import serving
from bot.telegram.api import make_bot
from bot.telegram.sender import TelegramSender
from tests.telegram.conftest import Line


def send(line: Line, text: str = "你好", **changes: Any) -> Outgoing:
    fields: dict[str, Any] = {"method": Method.SEND, "chat_id": line.group.id, "text": text}
    return Outgoing(**{**fields, **changes})


async def test_a_message_arrives_as_plain_text_with_its_buttons_and_what_it_answers(line: Line) -> None:
    said = people.say(line.world, line.group.id, line.li.id, "今天走访了老王家")
    outgoing = send(
        line, "<b>1 & 2</b>", reply_to=said.id, buttons=[[{"text": "我来处理", "data": "ack:1:1"}]]
    )
    number = await TelegramSender(line.bot).deliver(outgoing)
    assert number is not None
    message = line.group.messages[number].control()
    assert message["text"] == "<b>1 & 2</b>"
    assert message["reply_to_id"] == said.id
    [[button]] = message["reply_markup"]["inline_keyboard"]
    assert (button["text"], button["callback_data"]) == ("我来处理", "ack:1:1")


async def test_a_number_is_asked_for_in_place_of_the_phones_keyboard_which_comes_back(line: Line) -> None:
    people.say(line.world, "private", line.li.id, "/start")
    sender = TelegramSender(line.bot)
    asking = send(line, chat_id=line.li.id, buttons=[[{"text": "发手机号", "asks": "phone"}]])
    number = await sender.deliver(asking)
    done = send(line, chat_id=line.li.id, buttons=[[{"text": "", "asks": "nothing"}]])
    after = await sender.deliver(done)
    said = line.world.chats[line.li.id].messages
    assert said[number or 0].markup == {
        "keyboard": [[{"text": "发手机号", "request_contact": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    assert said[after or 0].markup == {"remove_keyboard": True}


async def test_an_answer_to_a_deleted_message_is_sent_all_the_same(line: Line) -> None:
    said = people.say(line.world, line.group.id, line.li.id, "今天走访了老王家")
    people.delete(line.world, line.group.id, said.id, line.li.id)
    assert await TelegramSender(line.bot).deliver(send(line, reply_to=said.id)) is not None


async def test_editing_reacting_and_deleting(line: Line) -> None:
    sender = TelegramSender(line.bot)
    said = people.say(line.world, line.group.id, line.li.id, "今天走访了老王家")
    number = await sender.deliver(send(line, "旧"))
    assert number is not None
    edited = await sender.deliver(send(line, "新", method=Method.EDIT, message_id=number))
    assert edited == number
    assert line.group.messages[number].text == "新"
    assert await sender.deliver(send(line, "👍", method=Method.REACT, message_id=said.id)) is None
    assert said.reactions == {line.world.bot.id: "👍"}
    await sender.deliver(send(line, "", method=Method.REACT, message_id=said.id))
    assert said.reactions == {}
    await sender.deliver(send(line, "", method=Method.DELETE, message_id=number))
    assert line.group.messages[number].deleted


async def test_an_edit_that_changes_nothing_is_a_success(line: Line) -> None:
    sender = TelegramSender(line.bot)
    number = await sender.deliver(send(line, "同样的话"))
    assert number is not None
    assert await sender.deliver(send(line, "同样的话", method=Method.EDIT, message_id=number)) == number


async def test_a_topic_that_is_gone_does_not_swallow_the_message(line: Line) -> None:
    number = await TelegramSender(line.bot).deliver(send(line, "急", topic_id=4321))
    assert number is not None
    assert line.group.messages[number].text == "急"


async def test_too_many_requests_say_how_long_to_wait(line: Line) -> None:
    line.world.faults.merge({"too_many_requests": {"times": 1, "retry_after": 17}})
    with pytest.raises(Temporary) as raised:
        await TelegramSender(line.bot).deliver(send(line))
    assert raised.value.retry_after == timedelta(seconds=17)
    assert not raised.value.whole_bot


@pytest.mark.parametrize(
    "fault", [{"lost_answer": {"times": 1}}, {"server_error": {"times": 1, "code": 502}}]
)
async def test_when_no_answer_comes_it_may_have_been_done(line: Line, fault: dict[str, object]) -> None:
    line.world.faults.merge(fault)
    with pytest.raises(Unknown):
        await TelegramSender(line.bot).deliver(send(line))


async def test_without_a_connection_nothing_was_done_and_no_message_is_to_blame() -> None:
    bot = make_bot("7000000001:x", api_url="http://127.0.0.1:9")  # the discard port: nobody listens
    try:
        with pytest.raises(Temporary) as raised:
            await TelegramSender(bot).deliver(Outgoing(Method.SEND, 5, "x"))
    finally:
        await bot.session.close()
    assert raised.value.whole_bot


async def test_a_refused_token_stops_everything_for_a_while(line: Line) -> None:
    bot = make_bot("7000000001:wrong", api_url=line.bot.session.api.base.split("/bot{")[0])
    try:
        with pytest.raises(Temporary) as raised:
            await TelegramSender(bot).deliver(Outgoing(Method.SEND, 5, "x"))
    finally:
        await bot.session.close()
    assert raised.value.whole_bot


async def test_a_person_who_blocked_the_bot_is_lost(line: Line) -> None:
    people.say(line.world, "private", line.li.id, "/start")
    members.block(line.world, line.li.id, blocked=True)
    with pytest.raises(Permanent) as raised:
        await TelegramSender(line.bot).deliver(send(line, chat_id=line.li.id))
    assert raised.value.chat_lost


async def test_a_group_that_became_a_supergroup_says_where_it_lives(line: Line) -> None:
    old = members.add_chat(line.world, "group", "老群", members=[line.li.id, line.world.bot.id])
    new_id = members.migrate(line.world, old.id)
    with pytest.raises(Migrated) as raised:
        await TelegramSender(line.bot).deliver(send(line, chat_id=old.id))
    assert raised.value.new_chat_id == getattr(new_id, "id", new_id)


async def test_a_text_the_platform_refuses_fails_for_good(line: Line) -> None:
    with pytest.raises(Permanent) as raised:
        await TelegramSender(line.bot).deliver(send(line, "字" * 5000))
    assert "too long" in raised.value.reason
    assert not raised.value.chat_lost


async def test_the_token_is_in_no_error(line: Line) -> None:
    def elsewhere(request: Request) -> RedirectResponse:
        return RedirectResponse(request.url, status_code=307)

    app = Starlette(routes=[Route("/{path:path}", elsewhere, methods=["POST"])])
    async with serving(app, "127.0.0.1", 0) as url:
        bot = make_bot("42:HIDDEN", api_url=url)
        try:
            with pytest.raises(Unknown) as caught:
                await TelegramSender(bot).deliver(send(line))
        finally:
            await bot.session.close()
    told = "".join(traceback.format_exception(caught.value))
    assert "TooManyRedirects" in told
    assert "HIDDEN" not in told
