"""Every measure and what it is, under each preset: `xfstats measures`, and docs/measures.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xfstats.measures.choices import Choices, merged, presets
from xfstats.measures.definitions import MEASURES, Rate, kind, label, needs
from xfstats.messages import FIELD_NAMES, named
from xfstats.model import FIELDS
from xfstats.render.safe_text import width, wrapped
from xfstats.report.notes import definition

_AMOUNT = {"zh": "件", "en": "cases"}
_T = {
    "title": ("指标", "Measures"),
    "intro": (
        "由 `xfstats measures -f md` 按定义生成。件：接访登记是批次，其他登记是记录数。",
        "Written by `xfstats measures -f md` from the definitions. A case is a reception in a log of visits, else a record.",
    ),
    "head": ("键|类别|定义（preset plain）|需要的列", "Key|Kind|Definition (preset plain)|Columns it needs"),
    "or": (" 或 ", " or "),
    "rates": ("各预设的比率", "Rates under each preset"),
    "choices": ("各预设的选择", "Choices of each preset"),
    "choice": ("选择", "Choice"),
    "rate": ("比率", "Rate"),
    "status": ("状态或是否办结等", "a status or a yes/no column"),
    "tell:collective": ("集体访（一行一批的，有人数即可）", "Collective (Persons where each row is one visit)"),
}


def _say(key: str, lang: str) -> str:
    return _T[key][lang != "zh"]


def of_preset(name: str) -> Choices:
    """The choices of a packaged preset."""
    return Choices.of({"chosen": merged(name, {}, {})})


def as_lines(lang: str, choices: Choices, window: int | None = None) -> str:
    """One line a measure: key, kind, definition; wrapped to the window."""
    told = [(f"{one.key:<22} {kind(one):<6} ", definition(one.key, choices, lang, _AMOUNT[lang])) for one in MEASURES]
    return _wrapped(told, window)


def fields_as_lines(lang: str, window: int | None = None) -> str:
    """One line a field: key, kind, name; wrapped to the window."""
    return _wrapped([(f"{key:<18} {own.value:<9} ", named(FIELD_NAMES, key, lang)) for key, own in FIELDS.items()], window)


def _wrapped(told: Sequence[tuple[str, str]], window: int | None) -> str:
    """Each name with its text beside it; under it where the window has no room for half of the line."""
    lines: list[str] = []
    for name, text in told:
        if window is None or width(name + text) <= window:
            lines.append(name + text)
        elif 2 * len(name) <= window:
            first, *more = wrapped(text, window - len(name))
            lines += [name + first, *(" " * len(name) + line for line in more)]
        else:
            lines += [" ".join(name.split()), *(f"  {line}" for line in wrapped(text, window - 2))]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def as_markdown(lang: str) -> str:
    """All measures, then how the presets differ."""
    plain = of_preset("plain")
    made = [f"# {_say('title', lang)}", "", _say("intro", lang), "", *_head(_say("head", lang).split("|"))]
    for measure in MEASURES:
        text = definition(measure.key, plain, lang, _AMOUNT[lang])
        made.append(f"| `{measure.key}` | {kind(measure)} | {text} | {_needed(measure.key, plain, lang)} |")
    names = list(presets())
    made += ["", f"## {_say('rates', lang)}", "", *_head([_say("rate", lang), *names])]
    by_preset = {name: of_preset(name) for name in names}
    for measure in MEASURES:
        if isinstance(measure, Rate):
            told = [_base(definition(measure.key, by_preset[name], lang, _AMOUNT[lang])) for name in names]
            made.append(f"| {label(measure.key, lang)} `{measure.key}` | {' | '.join(told)} |")
    made += ["", f"## {_say('choices', lang)}", "", *_head([_say("choice", lang), *names])]
    keys = dict.fromkeys((*presets()["plain"]["choices"], *presets()["petition"]["choices"]))
    chosen: Mapping[str, Mapping[str, object]] = {name: preset["choices"] for name, preset in presets().items()}
    made += [f"| `{key}` | {' | '.join(str(chosen[name].get(key, '')) or '-' for name in names)} |" for key in keys]
    return "\n".join(made) + "\n"


def _head(names: list[str]) -> list[str]:
    return ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]


def _base(text: str) -> str:
    return "÷ " + text.partition(" ÷ ")[2]


def _needed(key: str, choices: Choices, lang: str) -> str:
    """The fields of which a log must have one, group by group."""
    groups = [_say("or", lang).join(_named(field, lang) for field in group) for group in needs(key, choices)]
    return "; ".join(groups) or "-"


def _named(field: str, lang: str) -> str:
    if field in _T:
        return _say(field, lang)
    return _say("status", lang) if field.startswith("tell:") else named(FIELD_NAMES, field, lang)
