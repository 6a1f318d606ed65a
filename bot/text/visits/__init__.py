"""Reports of visits: who speaks, what was done, how many households, which, when.

`finding` puts it together. Of each clause the ordered rules of `rules` say what visit it reports, if any
(`signs`: done, planned, denied, somebody else's; `counting`: which number is that of the households;
`contact`: which name is that of a household). `joining` makes one visit of the clauses that tell of one.
`tallies`, `by_means`, `lots` and `forms` read reports that are nothing but numbers, by days or means, or
filled in. `sums` and `met` say how many it comes to: of several parts, and of those gone to who were met.
`people` and `services` say who was visited and what was done for them.
"""

from bot.text.visits.finding import find_visits

__all__ = ["find_visits"]
