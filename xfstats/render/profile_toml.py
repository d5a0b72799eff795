"""Profile inferred from logs as TOML, with counts and alternatives as comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from xfstats.config import normalize
from xfstats.config.header_words import header_words
from xfstats.config.option_table import NAMED_KEYS
from xfstats.config.option_types import texts
from xfstats.config.profile import Profile, default_words
from xfstats.config.profile_schema import LISTS, STATUS_KEYS, WORDS
from xfstats.config.vocabulary import compile_profile
from xfstats.messages import has, name_of, raw, say
from xfstats.model import BY_OUTCOME, SETS
from xfstats.render.toml import group_tables, toml_key, toml_line, toml_string
from xfstats.reports.table import Report

UNKNOWN_RANK = 1000
"""Rank of a header that the vocabulary lacks, after all others."""
READING_KEYS = ("sheet", "header", "log", "encoding", "delimiter", "include_hidden", "duplicates", "case_numbers")
"""Profile keys of the options of reading, beside [map] and [limit]."""


def inferred_profile(report: Report, profile: Profile, read: Mapping[str, Any], unkept: Sequence[str]) -> str:
    """Return a profile with which the same logs give the same tables.

    `read` holds the options of reading by profile key, `unkept` the given options that a profile cannot hold.
    """
    plain, lang = profile.plain, report.lang
    passed = {*WORDS, *READING_KEYS, "schema", "office", "map", "limit", "map_level", "map_status", "map_rating"}
    options = {name: one for name, one in plain.items() if name not in passed}
    run = [name for name in options if name in NAMED_KEYS]
    lines = [f"# {say('profile.named' if run else 'profile.head', lang, names=', '.join(run))}"]
    lines += [f"# {say('profile.unkept', lang, names=' '.join(unkept))}"] if unkept else []
    lines += ["schema = 1", f"office = {toml_string(report.office)}" if report.office else '# office = "…"']
    lines += [f"{toml_line(name, one)}  # {say('profile.kept', lang)}" for name, one in options.items()]
    lines += [f"{toml_line(name, read[name])}  # {raw(name, lang, 'profile')}" for name in READING_KEYS if name in read]
    lines += [f"{toml_line('map_level', new)}  # {say('profile.map_level', lang)}"] if (new := _new_levels(profile.words)) else []
    for name in ("map", "limit"):
        if read.get(name):
            lines += [
                "",
                f"[{name}]  # {raw(name, lang, 'profile')}",
                *(_mapping_line(report, *one) for one in read[name].items()),
            ]
    lines += ["", f"[columns]  # {say('profile.columns', lang)}", *_column_lines(report, profile, read.get("map", ()))]
    lines += ["", f"[levels]  # {say('profile.levels', lang)}", *_level_lines(report, profile.words)]
    lines += ["", f"[status]  # {say('profile.status', lang)}", *_status_lines(report, profile.words)]
    return "\n".join([*lines, *_other_tables(plain, lang)]) + "\n"


def _other_tables(plain: Mapping[str, Any], lang: str) -> list[str]:
    """Return the other tables of the profile in use, unchanged."""
    lines = []
    for table in (*LISTS, "read", "choices", "rates"):
        if table in plain:
            note = say("profile.holidays" if "holidays" in plain[table] else "profile.kept", lang)
            lines += ["", f"[{table}]  # {note}", *(toml_line(name, one) for name, one in plain[table].items())]
    return [*lines, *group_tables(plain.get("groups", {}))]


def _mapping_line(report: Report, field: str, to: Any) -> str:
    """Return a line of [map] or [limit], with a comment on how many cells the column has."""
    cells = sum(use.filled for one in report.inputs for use in one.tally.columns_used if use.field == field)
    comment = f"{name_of('fields', field, report.lang)}, {say('profile.cells', report.lang, cells=cells)}"
    return toml_line(field, to) + (f"  # {comment}" if has(field, "fields") else "")


def _column_lines(report: Report, profile: Profile, mapped: Collection[str]) -> list[str]:
    """Return the headers of each field: the profile's own first, then those found, by rank."""
    found: dict[str, Counter[str]] = {field: Counter() for field in profile.plain.get("columns", {})}
    noted: dict[tuple[str, str], str] = {}
    others: dict[str, dict[str, None]] = {}
    for use in (use for one in report.inputs for use in one.tally.columns_used):
        if use.field not in mapped and use.header and not use.header.startswith("column:"):
            if use.evidence == "header":
                found.setdefault(use.field, Counter())[use.header] += use.filled
            else:
                noted[use.field, use.header] = f"# {toml_line(use.field, [use.header])}  # {say('profile.values', report.lang)}"
        if use.runner_up:
            others.setdefault(use.field, {})[use.runner_up] = None
    taken: set[str] = set()
    lines = []
    for field, headers in found.items():
        names = [name for name in _rank_headers(field, headers, profile) if normalize.header(name) not in taken]
        taken.update(map(normalize.header, names))
        comments = [f"{name_of('fields', field, report.lang)}, {say('profile.cells', report.lang, cells=sum(headers.values()))}"]
        comments += [say("profile.next", report.lang, name=name) for name in others.get(field, ())]
        lines += [f"{toml_line(field, names)}  # {'; '.join(comments)}"] if names else []
    return [*lines, *noted.values()]


def _rank_headers(field: str, headers: Mapping[str, int], profile: Profile) -> list[str]:
    """Return the profile's own headers, then the others by rank in the vocabulary and by number of cells."""
    profile_headers = texts(profile.plain.get("columns", {}).get(field))
    known = header_words(profile.words)
    place = {name: dict(known.fields(normalize.header(name))).get(field, UNKNOWN_RANK) for name in headers}
    profile_keys = set(map(normalize.header, profile_headers))
    more = [name for name in headers if normalize.header(name) not in profile_keys]
    return [*profile_headers, *sorted(more, key=lambda name: (place[name], -headers[name], name))]


def _new_levels(words: Mapping[str, Any]) -> list[str]:
    """Return WORD=LEVEL for each level that only this profile has."""
    known = default_words()["levels"]
    return [f"{word}={label}" for label, own in words["levels"].items() if label not in known for word in own[1:]]


def _level_lines(report: Report, words: Mapping[str, Any]) -> list[str]:
    """Return the lines of [levels]."""
    packaged = default_words()["levels"]
    placed = set(words["chosen"]["levels"])
    more = {
        name: [word for word in words["levels"][name] if word not in known or word in placed] for name, known in packaged.items()
    }
    places = {normalize.word(word): name for name, own in words["levels"].items() for word in own}
    seen = sum((Counter(use.words) for one in report.inputs for use in one.tally.columns_used if use.field == "level"), Counter())
    return [*_added_word_lines(more, seen), *_word_comments(seen, places, more, tuple(packaged), report.lang)]


def _status_lines(report: Report, words: Mapping[str, Any]) -> list[str]:
    """Return status words with their sets; where a yes/no column decides a set, the comment says so."""
    packaged = default_words()["status"]
    sets = {word: _sets_of_word(words["status"], word) for own in words["status"].values() for word in own}
    moved = [word for word, own in sets.items() if own != _sets_of_word(packaged, word)]
    more = {name: [word for word in moved if name in sets[word]] for name in STATUS_KEYS}
    known = {normalize.word(word): own for word, own in sets.items()}
    vocabulary = compile_profile(words)
    seen: Counter[str] = Counter()
    sets_by_word: dict[str, set[str]] = {}
    for tally in (one.tally for one in report.inputs):
        fields = {use.field for use in tally.columns_used}
        for use in (use for use in tally.columns_used if use.field in {"status", "outcome"}):
            beside_status = use.field == "outcome" and "status" in fields
            free = {one for one in (BY_OUTCOME if beside_status else SETS) if f"{one}_flag" not in fields}
            seen.update(use.words)
            for word in use.words:
                denied = vocabulary.sets(vocabulary.state(word))
                if normalize.word(word) not in known and denied is not None:
                    known[normalize.word(word)] = tuple(sorted(denied)) or ("open",)
                own = known.get(normalize.word(word), ())
                sets_by_word.setdefault(normalize.word(word), set()).update(one for one in own if one in free or one not in SETS)
    decided = say("profile.told", report.lang)
    places = {
        word: ", ".join(one for one in STATUS_KEYS if one in own) or decided
        for word, own in sets_by_word.items()
        if word in known
    }
    return [*_added_word_lines(more, seen), *_word_comments(seen, places, more, (*SETS, "open"), report.lang)]


def _sets_of_word(table: Mapping[str, Sequence[str]], word: str) -> tuple[str, ...]:
    """Return the status sets that list a word."""
    return tuple(name for name in STATUS_KEYS if word in table[name])


def _added_word_lines(added: Mapping[str, Sequence[str]], seen: Mapping[str, int]) -> list[str]:
    """Return the words that only this profile adds, by key, with their counts."""
    counts = {normalize.word(word): count for word, count in seen.items()}
    return [
        f"{toml_line(name, own)}  # {', '.join(f'{word} {counts.get(normalize.word(word), 0)}' for word in own)}"
        for name, own in added.items()
        if own
    ]


def _word_comments(
    seen: Counter[str], places: Mapping[str, str], added: Mapping[str, Sequence[str]], keys: Sequence[str], lang: str
) -> list[str]:
    """Return known words as comments with their place, unknown ones as lines to complete."""
    added_words = {normalize.word(word) for own in added.values() for word in own}
    lines = []
    for word, count in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        place = places.get(normalize.word(word))
        if place is None:
            lines.append(f"# {'|'.join(map(toml_key, keys))} = [{toml_string(word)}]  # {say('profile.unknown', lang)}: {count}")
        elif normalize.word(word) not in added_words:
            lines.append(f"# {toml_string(word)} → {place}: {count}")
    return lines
