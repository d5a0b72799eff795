"""Lists of measures with their definitions under each preset, and of fields: `xfstats measures`, docs/measures.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xfstats.config.normalize import chinese
from xfstats.config.periods import SERIES
from xfstats.config.typed_words import names, spelled
from xfstats.measures.capabilities import COLLECTIVE, HOURS, Capability, Told
from xfstats.measures.choices import Choices, merged, presets
from xfstats.measures.definitions import MEASURES, Rate, kind, label
from xfstats.measures.needs import required_fields
from xfstats.messages import joined, name_of, say
from xfstats.model import FIELDS
from xfstats.render.safe_text import display_width, wrap_text
from xfstats.reports.notes import define_measure

_FACTS = {COLLECTIVE: "measure_list.collective", HOURS: "measure_list.hours"}
"""The label of a fact that is not about status."""


def preset_choices(name: str) -> Choices:
    """Return the choices of a packaged preset."""
    return Choices.of({"chosen": merged(name, {}, {})})


def measures_as_text(lang: str, choices: Choices, window: int | None = None) -> str:
    """Return one line a measure: key, kind, definition, what else may be typed for it; wrapped to the terminal's width."""
    entries = [
        (
            f"{one.key:<22} {_padded(_kind(kind(one), lang), 6)} ",
            define_measure(one.key, choices, lang, say("measure_list.amount", lang)) + _also("measures", one.key, lang),
        )
        for one in MEASURES
    ]
    return _in_two_columns(entries, window)


def fields_as_text(lang: str, window: int | None = None) -> str:
    """Return one line a field: key, type, name, what else may be typed for it; wrapped to the terminal's width.

    The steps of time by which a table is grouped stand with the fields.
    """
    kinds = {key: own.value for key, own in FIELDS.items()} | dict.fromkeys(SERIES, "series")
    entries = [
        (f"{key:<18} {_padded(_kind(own, lang), 9)} ", name_of("fields", key, lang) + _also("fields", key, lang))
        for key, own in kinds.items()
    ]
    return _in_two_columns(entries, window)


def _kind(key: str, lang: str) -> str:
    """Return the name of a kind of fields or measures."""
    return name_of("kinds", key, lang)


def _padded(text: str, width: int) -> str:
    """Return a text with blanks up to a display width."""
    return text + " " * (width - display_width(text))


def _also(table: str, key: str, lang: str) -> str:
    """Return what may be typed for a key beside its name, in the language of the page."""
    words = _words(table, key, lang)
    return say("measure_list.also", lang, words=joined(words, lang)) if words else ""


def _words(table: str, key: str, lang: str) -> list[str]:
    """Return the names of a key in a language, but the key and the printed one."""
    told = {spelled(key), spelled(name_of(table, key, lang))}
    return [word for word in names(table, key) if chinese(word) == (lang == "zh") and spelled(word) not in told]


def _in_two_columns(entries: Sequence[tuple[str, str]], window: int | None) -> str:
    """Return names with their texts beside them; with the text below where half of the line would not be left for it."""
    lines: list[str] = []
    for name, text in entries:
        if window is None or display_width(name + text) <= window:
            lines.append(name + text)
        elif 2 * display_width(name) <= window:
            first, *more = wrap_text(text, window - display_width(name))
            lines += [name + first, *(" " * display_width(name) + line for line in more)]
        else:
            lines += [" ".join(name.split()), *(f"  {line}" for line in wrap_text(text, window - 2))]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def measures_as_markdown(lang: str) -> str:
    """Return a page of all measures, the bases of rates under each preset, and the presets' choices."""
    plain = preset_choices("plain")
    page = [
        f"# {say('measure_list.title', lang)}",
        "",
        say("measure_list.intro", lang),
        "",
        *_table_head(say("measure_list.head", lang).split("|")),
    ]
    for measure in MEASURES:
        text = define_measure(measure.key, plain, lang, say("measure_list.amount", lang))
        words = joined((label(measure.key, lang), *_words("measures", measure.key, lang)), lang)
        needed = _required_fields(measure.key, plain, lang)
        page.append(f"| `{measure.key}` | {words} | {_kind(kind(measure), lang)} | {text} | {needed} |")
    all_presets = list(presets())
    page += ["", f"## {say('measure_list.rates', lang)}", "", *_table_head([say("measure_list.rate", lang), *all_presets])]
    by_preset = {name: preset_choices(name) for name in all_presets}
    for measure in MEASURES:
        if isinstance(measure, Rate):
            bases = [
                _denominator(define_measure(measure.key, by_preset[name], lang, say("measure_list.amount", lang)))
                for name in all_presets
            ]
            page.append(f"| {label(measure.key, lang)} `{measure.key}` | {' | '.join(bases)} |")
    page += ["", f"## {say('measure_list.choices', lang)}", "", *_table_head([say("measure_list.choice", lang), *all_presets])]
    keys = dict.fromkeys((*presets()["plain"]["choices"], *presets()["petition"]["choices"]))
    chosen: Mapping[str, Mapping[str, object]] = {name: preset["choices"] for name, preset in presets().items()}
    page += [f"| `{key}` | {' | '.join(str(chosen[name].get(key, '')) or '-' for name in all_presets)} |" for key in keys]
    return "\n".join(page) + "\n"


def _table_head(names: list[str]) -> list[str]:
    return ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]


def _denominator(text: str) -> str:
    """Return the part of a definition from the division sign on."""
    return "÷ " + text.partition(" ÷ ")[2]


def _required_fields(key: str, choices: Choices, lang: str) -> str:
    """Return the fields that a measure needs: one of each group."""
    groups = [say("measure_list.or", lang).join(_label(one, lang) for one in need) for need in required_fields(key, choices)]
    return "; ".join(groups) or "-"


def _label(one: Capability, lang: str) -> str:
    """Return the label of a field, or of a fact that a measure needs."""
    if one.told is Told.FIELD:
        return name_of("fields", one.of, lang)
    return say(_FACTS.get(one, "measure_list.status"), lang)
