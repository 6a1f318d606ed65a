import pytest

from bot.playground import Playground, members, people
from bot.playground.chats import Chat
from bot.playground.contacts import send_contact
from bot.playground.errors import ControlError
from bot.playground.users import User
from tests.playground.conftest import Api

ASKING = {"keyboard": [[{"text": "发手机号", "request_contact": True}]], "one_time_keyboard": True}


async def test_ones_own_contact_has_the_number_and_ones_own_id(api: Api, playground: Playground) -> None:
    xu = playground.world.add_user("许来喜", phone="13800001201")
    people.say(playground.world, "private", xu.id, "/start")
    sent = await api.ok("sendMessage", chat_id=xu.id, text="请发手机号", reply_markup=ASKING)
    await api.updates()
    send_contact(playground.world, xu.id)
    [update] = await api.updates()
    message = update["message"]
    assert message["contact"] == {"phone_number": "8613800001201", "first_name": "许来喜", "user_id": xu.id}
    assert message["reply_to_message"]["message_id"] == sent["message_id"]
    assert "text" not in message


async def test_somebody_elses_card_bears_their_id(api: Api, playground: Playground, li: User) -> None:
    xu = playground.world.add_user("许来喜", phone="+85291234567")
    send_contact(playground.world, li.id, of=xu.id)
    message = (await api.updates())[-1]["message"]
    assert (message["from"]["id"], message["contact"]["user_id"]) == (li.id, xu.id)
    assert message["contact"]["phone_number"] == "85291234567"


async def test_a_contact_needs_a_number_which_an_account_then_keeps(api: Api, li: User) -> None:
    answer = await api.control("contact", expect=409, user_id=li.id)
    assert "no phone number" in answer["error"]
    await api.control("contact", expect=400, user_id=li.id, phone="not one")
    shown = await api.control("contact", user_id=li.id, phone="13800001003")
    assert shown["contact"]["phone_number"] == "8613800001003"
    assert (await api.control("contact", user_id=li.id, phone="13899999999"))["contact"] == shown["contact"]


async def test_whoever_has_blocked_the_bot_sends_it_nothing(playground: Playground, li: User) -> None:
    members.block(playground.world, li.id, blocked=True)
    with pytest.raises(ControlError, match="blocked"):
        send_contact(playground.world, li.id, phone="13800001003")
    with pytest.raises(ControlError, match="no phone"):
        send_contact(playground.world, li.id, of=playground.world.bot.id)


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ({"keyboard": "x"}, "Array of Arrays"),
        ({"keyboard": [[{"request_contact": True}]]}, "text must be non-empty"),
        ({"keyboard": [[]]}, "reply markup is empty"),
    ],
)
async def test_a_keyboard_is_checked(api: Api, li: User, markup: object, complaint: str) -> None:
    await api.control("say", chat_id="private", user_id=li.id, text="/start")
    code, said = await api.error("sendMessage", chat_id=li.id, text="?", reply_markup=markup)
    assert (code, complaint in said) == (400, True)


async def test_a_number_is_asked_for_in_private_chats_only(api: Api, group: Chat) -> None:
    code, said = await api.error("sendMessage", chat_id=group.id, text="?", reply_markup=ASKING)
    assert (code, said) == (400, "Bad Request: phone number can be requested in private chats only")


async def test_plain_keys_may_be_texts(api: Api, li: User) -> None:
    await api.control("say", chat_id="private", user_id=li.id, text="/start")
    sent = await api.ok("sendMessage", chat_id=li.id, text="?", reply_markup={"keyboard": [["好"]]})
    assert "reply_markup" not in sent
