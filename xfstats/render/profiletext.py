"""Profiles as TOML: what was inferred from logs, with counts and alternatives as comments; and the words in force."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from xfstats.messages import FIELD_NAMES, named
from xfstats.model import SETS
from xfstats.render.visible import UNSEEN, visible
from xfstats.table import Report

_UNSEEN = re.compile(f"[{UNSEEN}]")
_T = {
    "head": (
        "由 xfstats profile init 写出；改好后与台账放在一起，或用 -p 指定",
        "written by xfstats profile init; keep it beside the logs, or name it with -p",
    ),
    "cells": ("{cells} 格", "{cells} cells"),
    "next": ("其次：{name}", "next best: {name}"),
    "columns": ("字段 = 表头，排在前面的优先", "field = headers, the first that a sheet has stands"),
    "levels": ("级别词：已认识的如下，不认识的请归入一行", "level words: those that are known, and those to place"),
    "status": ("状态词：已认识的如下，不认识的请归入一行", "status words: those that are known, and those to place"),
    "unknown": ("不认识", "unknown"),
}


def _say(key: str, lang: str, **values: object) -> str:
    return _T[key][lang != "zh"].format_map(values)


def text(value: str) -> str:
    """A TOML basic string in which nothing is invisible; JSON's escapes are among TOML's."""
    return _UNSEEN.sub(lambda found: f"\\U{ord(found[0]):08x}", json.dumps(value, ensure_ascii=False))


def inferred(report: Report, words: Mapping[str, Any]) -> str:
    """A profile under which the same logs give the same tables."""
    lang = report.lang
    lines = [f"# {_say('head', lang)}", "schema = 1"]
    lines.append(f"office = {text(report.office)}" if report.office else '# office = "…"')
    lines += ["", f"[columns]  # {_say('columns', lang)}", *_columns(report)]
    lines += ["", f"[levels]  # {_say('levels', lang)}", *_levels(report, words)]
    lines += ["", f"[status]  # {_say('status', lang)}", *_status(report, words)]
    return "\n".join(lines) + "\n"


def _columns(report: Report) -> list[str]:
    headers: dict[str, Counter[str]] = {}
    others: dict[str, list[str]] = {}
    for one in report.inputs:
        for use in one.tally.uses:
            if use.header and not use.header.startswith("column:"):
                headers.setdefault(use.field, Counter())[use.header] += use.filled
            if use.runner_up:
                others.setdefault(use.field, []).append(use.runner_up)
    lines = []
    for field, names in headers.items():
        ordered = sorted(names, key=lambda name: (name in others.get(field, ()), -names[name], name))
        comment = f"{named(FIELD_NAMES, field, report.lang)}, {_say('cells', report.lang, cells=sum(names.values()))}"
        for name in dict.fromkeys(others.get(field, ())):
            comment += "; " + _say("next", report.lang, name=visible(name))
        lines.append(f"{field} = [{', '.join(map(text, ordered))}]  # {comment}")
    return lines


def _levels(report: Report, words: Mapping[str, Any]) -> list[str]:
    places = {word: key for key, known in words["levels"].items() for word in known}
    return _placed(_seen(report, ("level",)), places, tuple(words["levels"]), report.lang)


def _status(report: Report, words: Mapping[str, Any]) -> list[str]:
    places: dict[str, str] = {}
    for key in (*SETS, "open", "other"):
        for word in words["status"][key]:
            places[word] = f"{places[word]}, {key}" if word in places else key
    return _placed(_seen(report, ("status", "outcome")), places, (*SETS, "open"), report.lang)


def _seen(report: Report, fields: Sequence[str]) -> Counter[str]:
    """The words that may be shown, with their counts, known or not."""
    seen: Counter[str] = Counter()
    for one in report.inputs:
        for use in one.tally.uses:
            if use.field in fields:
                seen.update(use.words)
        for finding in one.tally.findings:
            if finding.code == "W201" and finding.values.get("field") in fields:
                seen.update(finding.values.get("words", {}))
    return seen


def _placed(seen: Counter[str], places: Mapping[str, str], keys: Sequence[str], lang: str) -> list[str]:
    """Known words under their key, all as comments, for they are in force already; unknown ones as lines to complete."""
    lines = []
    for word, count in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        place = places.get(word)
        if place is None:
            lines.append(f"# {'|'.join(keys)} = [{text(word)}]  # {_say('unknown', lang)}: {count}")
        else:
            lines.append(f"# {text(word)} → {place}: {count}")
    return lines


def in_force(words: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """All words in force as TOML: the packaged ones with a profile's over them."""
    chosen = words["chosen"]
    own = {**options, "preset": chosen["preset"]}
    lines = ["schema = 1", *(f"{key} = {_value(value)}" for key, value in own.items() if key != "schema")]
    for table in ("choices", "rates"):
        lines += ["", f"[{table}]", *(f"{key} = {_value(value)}" for key, value in chosen[table].items())]
    for table, inner in words.items():
        if table in {"groups", "chosen"}:
            continue
        lines += ["", f"[{table}]"]
        for key, value in inner.items():
            flat = [name for rank in value for name in rank] if table == "columns" else value
            lines.append(f"{key} = {_value(flat)}")
    for log, rules in words.get("groups", {}).items():
        for rule in rules:
            lines += ["", f"[[groups.{log}]]", *(f"{key} = {_value(value)}" for key, value in rule.items())]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str():
            return text(value)
        case Mapping():
            return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
        case _:
            return "[" + ", ".join(map(_value, value)) + "]"
