"""A secretary teaches a word: what is missing is asked for, what it would change is shown, then it is kept.

The lesson waits in a question until its last button is pressed; a press of an earlier step does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.acts import Category, Urgency
from bot.domain.buttons import Press, Verb, encode
from bot.domain.errors import NotEntitled, NotFound, Stale
from bot.domain.inbound import Inbound
from bot.domain.taught import Meaning
from bot.secrets import Secrets
from bot.services.chat import answering
from bot.services.chat.ask_about import settle
from bot.services.chat.speaker import Speaking, in_branch
from bot.services.words.changed_readings import changed_readings
from bot.services.words.keep_word import keep_word, may_teach
from bot.services.words.lesson_meaning import check_word, taught_by, what_is_said
from bot.services.words.preview_words import preview_words
from bot.text.lessons import Lesson
from bot.wording import say
from storage.queries import chats, notices
from storage.tables import Question

TEACH = "teach"
_INDEX = 200_000  # after all that is asked about acts
_KEEP, _DROP = "keep", "drop"
_BY_BUTTON = (Meaning.TROUBLE, Meaning.PLACE, Meaning.NICKNAME, Meaning.NO_TROUBLE)


async def teach_word(
    session: AsyncSession,
    lesson: Lesson,
    speaking: Speaking,
    inbound: Inbound,
    secrets: Secrets | None,
    *,
    now: datetime,
) -> None:
    """Ask for what the lesson does not say, or show what it would change.

    Raises:
        NotEntitled: they are neither secretary nor town officer.
        NotFound: nobody knows for which branch, or the household meant is not on the roster.
        NotPossible: the word is none, or means just that already.
    """
    branch_id = speaking.branch_id
    if not await may_teach(session, speaking) or inbound.user_id is None:
        raise NotEntitled("words.not_yours")
    check_word(lesson.word)
    data = await what_is_said(session, lesson, speaking, inbound.sent_at)
    if await chats.question_of_act(session, inbound.chat_id, inbound.message_id, _INDEX) is not None:
        return
    question = Question(
        kind=TEACH,
        chat_id=inbound.chat_id,
        message_id=inbound.message_id,
        act_index=_INDEX,
        topic_id=inbound.topic_id,
        asked_user_id=inbound.user_id,
        act={**data, "step": 0, "private": inbound.private, "branch": branch_id},
        asked_at=now,
    )
    session.add(question)
    await session.flush()
    text, buttons = await _next(session, question, speaking, secrets, now)
    await answering.reply(
        session,
        inbound,
        text,
        what=TEACH,
        buttons=buttons,
        subject=("question", question.id or 0),
        branch_id=branch_id,
        now=now,
    )


async def press_lesson(
    session: AsyncSession, press: Press, speaking: Speaking, secrets: Secrets | None, *, now: datetime
) -> str:
    """A button of a lesson was pressed; returns what the one who pressed it is shown.

    Raises:
        NotFound: there is no such lesson.
        NotEntitled: somebody else is teaching it, or they may not any more.
        Stale: this step is over.
    """
    question = await session.get(Question, press.id)
    if question is None or question.kind != TEACH:
        raise NotFound("questions.gone")
    if question.asked_user_id != speaking.actor.telegram_id:
        raise NotEntitled("questions.not_yours_unnamed")
    if question.answered_at is not None or press.version != question.act["step"]:
        raise Stale("words.stale")
    speaking = await in_branch(session, speaking, question.act["branch"])
    if not await may_teach(session, speaking):
        raise NotEntitled("words.not_yours")
    word = question.act["word"]
    if press.choice in (_KEEP, _DROP):
        text = say("words.dropped", speaking.preset.name, word=word)
        if press.choice == _KEEP:
            text = await keep_word(session, await taught_by(session, question.act), speaking, now=now)
        await settle(session, question, press.choice, text, now=now)
        return text
    what, _, choice = press.choice.partition(".")
    if what == "meaning" and choice == Meaning.NICKNAME:
        text = say("words.ask_nickname", speaking.preset.name, word=word)
        await settle(session, question, choice, text, now=now)
        return text
    if what not in ("meaning", "category", "urgency"):
        raise NotFound("questions.bad_button")
    question.act = {**question.act, what: choice, "step": question.act["step"] + 1}
    session.add(question)
    text, buttons = await _next(session, question, speaking, secrets, now)
    for notice in await notices.about(session, subject_kind="question", subject_id=question.id or 0):
        mark = f"step{question.act['step']}"
        await answering.rewrite(session, notice, text, mark=mark, buttons=buttons, now=now)
    return ""


async def _next(
    session: AsyncSession, question: Question, speaking: Speaking, secrets: Secrets | None, now: datetime
) -> tuple[str, answering.Buttons]:
    """What is asked next, or what the word would change."""
    said, name = question.act, speaking.preset.name
    if said["meaning"] is None:
        kinds = [(f"meaning.{one}", say(f"words.button_{one}", name)) for one in _BY_BUTTON]
        return say("words.ask_kind", name, word=said["word"]), _rows(question, kinds, wide=1)
    if said["meaning"] == Meaning.TROUBLE and said["category"] is None:
        kinds = [(f"category.{one}", say(f"console.category_{one}", name)) for one in Category]
        return say("words.ask_category", name, word=said["word"]), _rows(question, kinds, wide=3)
    if said["meaning"] == Meaning.TROUBLE and said["urgency"] is None:
        kinds = [(f"urgency.{one}", say(f"console.urgency_{one}", name)) for one in Urgency]
        return say("words.ask_urgency", name, word=said["word"]), _rows(question, kinds, wide=3)
    word = await taught_by(session, question.act)
    changed = await changed_readings(session, word, speaking, secrets, now=now)
    text = preview_words(word, changed, speaking, None if said["private"] else question.chat_id, now)
    kinds = [(_KEEP, say("words.button_keep", name)), (_DROP, say("words.button_drop", name))]
    return text, _rows(question, kinds, wide=2)


def _rows(question: Question, kinds: Sequence[tuple[str, str]], *, wide: int) -> answering.Buttons:
    buttons = [
        {"text": text, "data": encode(Verb.TEACH, question.id or 0, question.act["step"], choice)}
        for choice, text in kinds
    ]
    return [buttons[at : at + wide] for at in range(0, len(buttons), wide)]
