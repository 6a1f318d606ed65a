"""The days of the district: who says what, who presses what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

from bot.playground import people
from bot.playground.messages import Message
from bot.simulation.book import Book, Said
from bot.simulation.district import District, SimVillage
from bot.simulation.mishaps import Mishaps
from bot.simulation.words import data

_HOURS = (9, 15, 19)
_VISITS, _TROUBLE, _CHATTER = 0.35, 0.07, 0.2  # how likely somebody says so at one of these hours
_PRESSES = 0.6
_IN_WORDS = 0.4  # of what is said to be solved: in an answer, not by the button
_PRIVATE = 0.4  # of what residents tell


class Days:
    """Lets people live, and writes down what they say that belongs in the ledger."""

    def __init__(self, here: District, book: Book, mishaps: Mishaps, random: Random) -> None:
        """`random` decides what is said, and nothing that depends on what the bot has sent until then."""
        self._here = here
        self._book = book
        self._mishaps = mishaps
        self._random = random
        self._pressing = Random(random.random())
        self._talk = data("talk")
        self._told: set[str] = set()  # whose trouble is told: a home has one, so that none is told twice
        self._visited: set[tuple[str, object]] = set()
        self._pressed: set[tuple[int, int, str]] = set()

    async def live(self, days: int, kills: int) -> AsyncIterator[int]:
        """Live so many days, with as many kills among them; gives the number of each day that is over."""
        hours = [(day, hour) for day in range(1, days + 1) for hour in _HOURS]
        deadly = set(self._random.sample(hours, min(kills, len(hours))))
        start = self._here.clock.now()
        for day, hour in hours:
            moment = (start + timedelta(days=day)).replace(hour=hour, minute=self._random.randrange(10))
            await self._here.playground.turn_to(max(moment, self._here.clock.now()))
            self._mishaps.arm()
            if (day, hour) in deadly:
                await self._mishaps.kill_while(self._everybody_acts)
            else:
                self._everybody_acts()
                await self._here.settle()
            if hour == _HOURS[-1]:
                yield day

    async def end(self) -> None:
        """The faults are over; a night later everything that was held back has had its time."""
        self._mishaps.disarm()
        await self._here.playground.turn_to(self._here.clock.now() + timedelta(hours=17))
        for group in self._here.groups.values():
            someone = next(each for each in group.members if each != self._here.world.bot.id)
            people.say(self._here.world, group.id, someone, self._talk["last_word"])
        await self._here.settle()
        await self._here.app.tick()

    def _everybody_acts(self) -> None:
        for village in self._here.villages:
            for member in village.households:
                if self._random.random() < _VISITS:
                    self._report(village, member)
            for resident in village.residents:
                if resident not in self._told and self._random.random() < _TROUBLE:
                    self._tell_trouble(village, resident)
            if self._random.random() < _CHATTER:
                someone = self._random.choice([*village.households, *village.residents])
                self._say(village, someone, self._random.choice(self._talk["chatter"]))
        for name in self._here.people:
            self._press(name)

    def _report(self, village: SimVillage, member: str) -> None:
        today = self._here.clock.now().date()
        heads = [each for each in village.households[member] if (each, today) not in self._visited]
        chosen = self._random.sample(heads, min(len(heads), self._random.choice((1, 1, 2))))
        if not chosen:
            return
        trouble = len(chosen) == 1 and chosen[0] not in self._told and self._random.random() < _TROUBLE
        kind = "visit_with_trouble" if trouble else "visits_one" if len(chosen) == 1 else "visits_two"
        self._visited |= {(each, today) for each in chosen}
        self._told |= set(chosen) if trouble else set()
        text = self._random.choice(self._talk[kind]).format(
            a=chosen[0], b=chosen[-1], trouble=self._random.choice(self._talk["troubles"])
        )
        message = self._say(village, member, text)
        self._book.said.append(Said(village.name, member, message, today, tuple(chosen), trouble))

    def _tell_trouble(self, village: SimVillage, resident: str) -> None:
        self._told.add(resident)
        trouble = self._random.choice(self._talk["troubles"])
        text = self._random.choice(self._talk["own_trouble"]).format(trouble=trouble)
        message = self._say(village, resident, text, private=self._random.random() < _PRIVATE)
        today = self._here.clock.now().date()
        self._book.said.append(Said(village.name, resident, message, today, trouble=True))

    def _say(self, village: SimVillage, name: str, text: str, *, private: bool = False) -> Message:
        user = self._here.people[name].id
        chat = user if private else self._here.groups[village.name].id
        return people.say(self._here.world, chat, user, text)

    def _press(self, name: str) -> None:
        """Press or answer what the latest messages ask of them; sometimes they let it lie."""
        user = self._here.people[name].id
        for message in self._here.world.bot_messages(user)[-5:]:
            for label in (self._talk["take"], self._talk["solved"], self._talk["satisfied"]):
                button = people.find_button(message, label)
                if button is None or button["text"] != label or self._pressing.random() > _PRESSES:
                    continue
                deed = (user, message.id, label)
                if deed not in self._pressed:
                    self._pressed.add(deed)
                    if label == self._talk["solved"] and self._pressing.random() < _IN_WORDS:
                        people.say(self._here.world, user, user, label, reply_to_id=message.id)
                    else:
                        people.press(self._here.world, user, message.id, user, data=button["callback_data"])
                break
