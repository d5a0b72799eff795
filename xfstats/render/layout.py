"""What every human format prints: title, rows of text, and the lines under the table; one place, many renderings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xfstats.figures import Figure, shown, thousands
from xfstats.messages import FIELD_NAMES, LOGS, REASONS, WHY_NOT_READ, named
from xfstats.model import NotRead
from xfstats.render.visible import CAP, visible
from xfstats.table import Report, Row, Table, headings, total_label, unclassified

MOST_FINDINGS = 20
_T = {
    "as_of": ("截至 {day}", "as of {day}"),
    "span": ("{first} 至 {last}", "{first} to {last}"),
    "of_which": ("其中：", "of which: "),
    "subtotal": ("小计", "subtotal"),
    "rows": ("核对：{rows} 行 = ", "Rows: {rows} = "),
    "counted": ("计入", "counted"),
    "rejected": ("拒绝", "rejected"),
    "skipped": ("跳过", "skipped"),
    "outside": ("期外", "outside"),
    "more": ("另有 {more} 条", "and {more} more"),
    "finding": ("疑点", "Finding"),
    "not_read": ("未读入", "Not read"),
    "version": ("xfstats {version}", "xfstats {version}"),
}


def say(key: str, lang: str, **values: object) -> str:
    """A fixed word or sentence of the page."""
    return _T[key][lang != "zh"].format_map(values)


@dataclass(frozen=True)
class Line:
    """One printed row: its label cells, its figures as text, what kind of row it is, its exact figures by measure."""

    labels: tuple[str, ...]
    figures: tuple[str, ...]
    kind: str
    exact: Mapping[str, Figure]


def title(table: Table, report: Report) -> str:
    """Office, log, period, as-of and version in one line."""
    return f"{headline(table, report)}  {subtitle(table, report)}"


def headline(table: Table, report: Report) -> str:
    """The office and the log."""
    parts = [visible(report.office, 2 * CAP) if report.office else "", visible(table.title, 2 * CAP)]
    head = " ".join(part for part in parts if part)
    name = named(LOGS, table.log, report.lang)
    return head if name in head else f"{head} · {name}"


def subtitle(table: Table, report: Report) -> str:
    """The period, the as-of day and the version."""
    span = [say("span", report.lang, first=table.span.first, last=table.span.last)] if table.span else []
    return "  ".join([*span, say("as_of", report.lang, day=report.as_of), say("version", report.lang, version=report.version)])


def heads(table: Table, lang: str) -> tuple[list[str], list[str]]:
    """The names of the label columns and of the figures."""
    labels = [named(FIELD_NAMES, field, lang) for field in table.by] or [named(LOGS, table.log, lang)]
    return labels, headings(table.measures, lang)


def lines(table: Table, report: Report, cap: int | None = CAP) -> list[Line]:
    """Rows, total, then 其中 rows, which stand outside the sum; labels of at most `cap` cells.

    Where no record has a group the total stands alone.
    """
    rows = [row for row in table.rows if not row.of_which]
    if all(label is None for row in rows for label in row.group.values()):
        rows = []
    made = [_line(row, table, report, cap) for row in rows]
    blank = ("",) * (max(len(table.by), 1) - 1)
    made.append(Line((total_label(report.lang), *blank), _figures(table, table.total, report), "total", table.total))
    return made + [_line(row, table, report, cap) for row in table.rows if row.of_which]


def _line(row: Row, table: Table, report: Report, cap: int | None) -> Line:
    """Each label in its field's column: 小计 in the first that a subtotal leaves out, 其中 before the first that it has."""
    lang = report.lang
    given = [row.group.get(field, "") for field in table.by or [*row.group][:1]]
    labels = [unclassified(lang) if label is None else visible(label, cap) for label in given] or [""]
    kind = "of_which" if row.of_which else "subtotal" if row.subtotal else "group"
    if kind == "of_which":
        first = next((place for place, label in enumerate(labels) if label), 0)
        labels[first] = "  " + say("of_which", lang) + labels[first]
    if kind == "subtotal" and len(row.group) < len(labels):
        labels[len(row.group)] = say("subtotal", lang)
    return Line(tuple(labels), _figures(table, row.figures, report), kind, row.figures)


def _figures(table: Table, figures: Mapping[str, Figure], report: Report) -> tuple[str, ...]:
    return tuple(shown(figures[key], report.digits) for key in table.measures)


def under_table(table: Table) -> list[str]:
    """Definitions, then notes."""
    return [visible(text, None) for text in (*table.definitions.values(), *table.notes)]


def under_report(report: Report) -> list[str]:
    """Findings, sheets that were not read, and the reconciliation last."""
    lang = report.lang
    made = [f"{say('finding', lang)} {said.code} {visible(said.message, None)}" for said in report.findings[:MOST_FINDINGS]]
    if len(report.findings) > MOST_FINDINGS:
        made.append(say("more", lang, more=len(report.findings) - MOST_FINDINGS))
    if report.not_read:
        places = [_place(file, note, len(report.files), lang) for file, note in report.not_read]
        made.append(f"{say('not_read', lang)}: " + ("、" if lang == "zh" else ", ").join(places))
    return [*made, reconciliation(report)]


def _place(file: str, note: NotRead, files: int, lang: str) -> str:
    name = f"{visible(file)} " if files > 1 else ""
    sheet = f"「{visible(note.sheet)}」" if note.sheet else ""
    return f"{name}{sheet}({named(WHY_NOT_READ, note.why, lang)})"


def reconciliation(report: Report) -> str:
    """核对：318 行 = 计入 308 + 拒绝 4（…）+ 跳过 6（合计 1、空行 5）+ 期外 0."""
    lang, sums = report.lang, report.reconciliation
    parts = [f"{say('counted', lang)} {thousands(sums.counted)}"]
    for name in ("rejected", "skipped", "outside"):
        reasons = sums.reasons.get(name, {})
        told = _reasons(reasons, lang) if name != "outside" or list(reasons) != ["period"] else ""
        parts.append(f"{say(name, lang)} {thousands(getattr(sums, name))}{told}")
    return say("rows", lang, rows=thousands(sums.rows)) + " + ".join(parts).replace("） +", "）+")


def _reasons(reasons: Mapping[str, int], lang: str) -> str:
    items = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    if not items:
        return ""
    told = [f"{named(REASONS, reason, lang)} {thousands(count)}" for reason, count in items]
    return f"（{'、'.join(told)}）" if lang == "zh" else f" ({', '.join(told)})"
