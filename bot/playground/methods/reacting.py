"""The bot's reactions."""

from __future__ import annotations

from bot.playground.errors import bad_request
from bot.playground.methods.registry import Call, method
from bot.playground.methods.targets import message_in, reachable_chat
from bot.playground.people import show_reaction
from bot.playground.reactions import check_emoji


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    """One emoji, or none; a bot has no more than one reaction on a message."""
    chat = reachable_chat(call)
    message = message_in(call, chat, to_be="react")
    wanted = call.arguments.objects("reaction", "reaction types")
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = None
    if wanted:
        if wanted[0].get("type") != "emoji":
            raise bad_request("REACTION_INVALID")
        emoji = check_emoji(str(wanted[0].get("emoji", "")), bad_request("REACTION_INVALID"))
    if message.service is not None:
        raise bad_request("REACTION_INVALID")
    bot = call.world.bot
    if message.reactions.get(bot.id) == emoji:
        return True
    if emoji is None:
        del message.reactions[bot.id]
    else:
        message.reactions[bot.id] = emoji
    show_reaction(call.world, message, bot, emoji)
    return True
