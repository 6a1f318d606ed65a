"""A made-up district in turned time, with faults and kills, and its own book to find losses by.

people.toml   names, villages, households     district.py   the district on a playground
talk.toml     what is said                    days.py       who says and presses what, day by day
book.py       what was said                   mishaps.py    faults of the platform, kills of the bot
words.toml    what the command says           losses.py     the book against the ledger
simulate.py   all of it, and the table
"""
