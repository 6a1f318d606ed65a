"""Every sentence the bot says.

The sentences stand in `*.toml` beside this file, one file a subject; `say("matters.stale", …)`
takes the sentence `stale` of `matters.toml` and fills in the values. A preset's own words
(`presets/<name>.toml`) replace single sentences or terms of any subject.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_OWN = "?"
"""Between a preset's name and the terms that a unit has of its own."""


@cache
def _subject(name: str) -> dict[str, str]:
    text = (files(__name__) / f"{name}.toml").read_text(encoding="utf-8")
    return {key: str(value).rstrip("\n") for key, value in tomllib.loads(text).items()}


@cache
def _preset(name: str) -> dict[str, dict[str, str]]:
    path = files(__name__) / "presets" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def say(key: str, /, preset: str | None = None, **values: object) -> str:
    """The sentence `subject.name` with `values` filled in, in the words of `preset` (null: the common ones).

    Raises:
        KeyError: when there is no such sentence, or it needs a value that was not given.
    """
    subject, _, name = key.partition(".")
    words = None if preset is None else preset.partition(_OWN)[0]
    sentence = _preset(words).get(subject, {}).get(name) if words else None
    if sentence is None:
        sentence = _subject(subject)[name]
    return sentence.format_map({**_terms(preset), **values})


def with_terms(preset: str, own: Mapping[str, str]) -> str:
    """The words of a preset with some of its terms replaced, to be given to `say` in the preset's place."""
    return f"{preset}{_OWN}{json.dumps(own, ensure_ascii=False, sort_keys=True)}" if own else preset


@cache
def terms(preset: str | None) -> Mapping[str, str]:
    """What roles and units are called in a preset (null: where none has its own name for them)."""
    words, _, own = (preset or "").partition(_OWN)
    of_preset = _preset(words).get("terms", {}) if words else {}
    return {**_subject("terms"), **of_preset, **(json.loads(own) if own else {})}


@cache
def sentences() -> frozenset[str]:
    """The keys of all sentences that there are."""
    subjects = (entry.name.removesuffix(".toml") for entry in files(__name__).iterdir() if entry.is_file())
    return frozenset(
        f"{subject}.{name}" for subject in subjects if subject.isidentifier() for name in _subject(subject)
    )


@cache
def _terms(preset: str | None) -> dict[str, str]:
    """Names of roles and units that sentences may use as `{term_member}` and the like."""
    return {f"term_{key}": value for key, value in terms(preset).items()}
