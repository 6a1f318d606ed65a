"""A Telegram on this machine: the Bot API over HTTP, strict as the real one, with a clock one can turn.

It knows nothing of the bot that talks to it. In a test or a demo:

    from bot.playground import Clock, Playground, members, people

    playground = Playground(Clock(datetime(2026, 11, 21, 19, 5, tzinfo=ZoneInfo("Asia/Shanghai"))))
    world = playground.world
    li = world.add_user("李建国", label="党员·一组")
    wang = world.add_user("王秀英")
    everybody = [li.id, wang.id, world.bot.id]            # the first person is the group's creator
    group = members.add_chat(world, "supergroup", "一组联户群", members=everybody)
    members.set_member(world, group.id, world.bot.id, "administrator")

    async with playground.serve() as url:                 # http://127.0.0.1:<free port>
        ...                                               # start the bot: API at ``url``, ``world.bot.token``
        message = people.say(world, group.id, li.id, "今天走访了老王家")
        people.say(world, "private", wang.id, "/start")
        people.edit(world, group.id, message.id, li.id, "今天走访了老王家和李大娘家")
        people.react(world, group.id, message.id, wang.id, "👍")
        people.press(world, group.id, bot_message.id, li.id, data="yes:1")
        people.open_link(world, wang.id, "https://t.me/lianxin_bot?start=AB12")
        await world.updates.polled()                      # the bot has fetched everything and waits for more
        await playground.turn_to(tomorrow)                # calls ``playground.on_turn(from, to)``
        message.reactions                                 # {user id: emoji}
        world.bot_messages(group.id)                      # what the bot said there
        world.faults.merge({"lost_answer": {"method": "sendMessage", "times": 1}})
        print(playground.transcript.text())

The same over HTTP is the control API (``control``): POST ``url/control/say`` and so on.

    clock        the only place of time           world          users, chats, messages
    people       what people do                   members        coming and going, blocking, migration
    updates      the bot's queue, polling         webhook        posting updates
    api          /bot<token>/<method>             methods/       the methods by subject
    faults       failures to switch on            limits         the platform's rate limits
    control      /control/…                       events         the live log behind the page
    tour         a scripted tour                  transcript     what happened, as lines
    server       all of it together
"""

from bot.playground import members, people
from bot.playground.clock import Clock
from bot.playground.errors import ApiError, ControlError
from bot.playground.server import DEFAULT_TOKEN, Playground
from bot.playground.tour import Tour, TourError
from bot.playground.world import World

__all__ = [
    "DEFAULT_TOKEN",
    "ApiError",
    "Clock",
    "ControlError",
    "Playground",
    "Tour",
    "TourError",
    "World",
    "members",
    "people",
]
