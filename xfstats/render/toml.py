"""TOML serialization of values, and of the vocabulary in force as one profile."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from xfstats.config.profile_schema import WORDS
from xfstats.render.safe_text import INVISIBLE

_INVISIBLE_CHARS = re.compile(f"[{INVISIBLE}]")


def toml_string(value: str) -> str:
    """Return a TOML basic string with invisible characters escaped; JSON's escapes are valid in TOML."""
    return _INVISIBLE_CHARS.sub(lambda found: f"\\U{ord(found[0]):08x}", json.dumps(value, ensure_ascii=False))


def toml_key(name: str) -> str:
    """Return a TOML key, bare where TOML allows it."""
    return name if name.isascii() and name.replace("_", "").replace("-", "").isalnum() else toml_string(name)


def toml_value(plain: Any) -> str:
    """Return a value in one line."""
    match plain:
        case bool():
            return "true" if plain else "false"
        case int() | float():
            return str(plain)
        case str():
            return toml_string(plain)
        case date():
            return plain.isoformat()
        case Mapping():
            return "{ " + ", ".join(f"{toml_key(name)} = {toml_value(inner)}" for name, inner in plain.items()) + " }"
        case _:
            return "[" + ", ".join(map(toml_value, plain)) + "]"


def toml_line(name: str, plain: Any) -> str:
    """Return a key and its value."""
    return f"{toml_key(name)} = {toml_value(plain)}"


def group_tables(rules: Mapping[str, Any]) -> list[str]:
    """Return the group rules, each as a table."""
    return [
        line
        for log, own in rules.items()
        for rule in own
        for line in ("", f"[[groups.{log}]]", *(toml_line(name, inner) for name, inner in rule.items()))
    ]


def words_as_toml(words: Mapping[str, Any], plain: Mapping[str, Any], levels: Mapping[str, Any]) -> str:
    """Return the vocabulary in force: the packaged words, with the packaged `levels`, replaced by a profile's."""
    chosen = words["chosen"]
    options = {**{name: one for name, one in plain.items() if name not in WORDS}, "preset": chosen["preset"]}
    lines = ["schema = 1", *(toml_line(name, one) for name, one in options.items() if name != "schema")]
    for table in ("choices", "rates"):
        lines += ["", f"[{table}]", *(toml_line(name, one) for name, one in chosen[table].items())]
    for table, inner in words.items():
        if table not in WORDS or table == "groups":
            continue
        lines += ["", f"[{table}]"]
        for name, one in inner.items():
            if table != "levels" or name in levels:  # a level of the profile's own is made by its map_level
                lines.append(toml_line(name, [header for rank in one for header in rank] if table == "columns" else one))
    return "\n".join([*lines, *group_tables(words["groups"])]) + "\n"
