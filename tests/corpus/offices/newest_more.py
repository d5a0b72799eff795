"""Files of numbered places, desks A and B, composed headers of ratings, numbers and levels, SLA states, message boards."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from tests.corpus.words import CLOSED
from tests.writers import Cell

from .canaries import ENGLISH_TEXTS, NAMES, TEXTS
from .matters import Figures, Matter, Pair, State, counted, done, drawn
from .office import Office, Right, book, seeded, tabled
from .papers import TITLE, Column, Fill, always, closed, number, paper, persons, received, told, word

ZH = (done("已办结"), State("办理中"))
EN = (done("Closed"), State("Open"))
LEVELS = ("市级", "县级", "乡级")
UNITS = ("市住建局", "市人社局", "青溪区政府")
TEAMS = ("Housing", "Highways", "Parks")

# Format, names of the files, whether they are Chinese, what is typed.
PLACES: dict[str, tuple[str, Sequence[str], tuple[str, ...]]] = {
    "streets-xlsx": ("xlsx", ("第1街道", "第2街道", "第3街道"), ()),
    "streets-csv": ("csv", ("第1街道", "第2街道"), ("--by", "region")),
    "villages-xls": ("xls", ("第一村", "第二村"), ()),
    "communities-ods": ("ods", ("幸福第1社区", "幸福第2社区"), ()),
    "wards-csv": ("csv", ("Ward 1", "Ward 2", "Ward 3"), ()),
    "districts-xlsx": ("xlsx", ("District 4", "District 5"), ()),
}
DESKS: dict[str, tuple[str, Sequence[str], tuple[str, ...]]] = {
    "zh-windows-xlsx": ("xlsx", ("A窗口", "B窗口"), ()),
    "zh-teams-csv": ("csv", ("接访A组", "接访B组"), ()),
    "en-desks-csv": ("csv", ("desk A", "desk B"), ()),
    "en-teams-xls": ("xls", ("Team A", "Team B", "Team C"), ()),
    "en-shifts-ods": ("ods", ("reception A", "reception B"), ()),
}


def alike() -> Iterator[Office]:
    """Files of several places or desks with the same days and cells, without numbers of their own: each file counts."""
    for name, (fmt, names, words) in {**PLACES, **{f"desks-{key}": one for key, one in DESKS.items()}}.items():
        key = f"alike-{name}"
        rng = seeded(key)
        zh = names[0] > "~" or names[0][-1] > "~"
        states = ZH if zh else EN
        days = [date(2024, 5, at + 1) for at in range(20)]
        rows = [
            Matter(day, None, state.sets, state.word, 1, {"level": LEVELS[at % 3]})
            for at, (day, state) in enumerate((day, states[at % 2]) for at, day in enumerate(days))
        ]
        labels = ("来访日期", "接访级别", "来访人数", "办理状态") if zh else ("Visit date", "Level", "Visitors", "Status")
        columns: tuple[Column, ...] = tuple(zip(labels, (received(), told("level"), persons, word), strict=True))
        papers = [paper(rng, columns, rows[: 20 - 5 * at]) for at in range(len(names))]
        every = [one.with_told(region=place) for at, place in enumerate(names) for one in rows[: 20 - 5 * at]]
        by = "region" if words else "level"
        right = tabled(papers, len(every), counted(every, "visits", by, persons=True))
        files = [(f"{one}.{fmt}", book(fmt, made.sheet)) for one, made in zip(names, papers, strict=True)]
        yield Office(key, "A10 likeness", files, right, words)


GOOD, BAD, NONE = "good", "bad", "none"
ZH_RATINGS = {"满意": GOOD, "非常满意": GOOD, "不满意": BAD, "未评价": NONE}
EN_RATINGS = {"Satisfied": GOOD, "Very satisfied": GOOD, "Dissatisfied": BAD}
RATING_HEADERS: dict[str, tuple[str, str]] = {
    "zh-visit": ("回访满意度评价", "xlsx"),
    "zh-citizen": ("群众满意情况", "csv"),
    "zh-result": ("办理结果满意度", "xls"),
    "en-csat": ("CSAT rating", "csv"),
    "en-feedback": ("Feedback rating", "xlsx"),
    "en-bare": ("Rating", "csv"),
    "en-customer": ("Customer satisfaction", "ods"),
}


def _rated(ratings: dict[str, str]) -> Callable[[Sequence[Matter]], Figures]:
    def also(rows: Sequence[Matter]) -> Figures:
        good, bad = (sum(ratings[one.told["rating"]] == kind for one in rows) for kind in (GOOD, BAD))
        return {"satisfaction_rate": Pair(good, good + bad)}

    return also


def ratings() -> Iterator[Office]:
    """Composed headers of ratings with words below them, which decide."""
    for name, (header, fmt) in RATING_HEADERS.items():
        key = f"rating-{name}"
        rng = seeded(key)
        zh = name.startswith("zh")
        words = ZH_RATINGS if zh else EN_RATINGS
        rows = drawn(rng, ZH if zh else EN, 36, unit=UNITS if zh else TEAMS, rating=tuple(words))
        rows = [replace(one, closed=None) for one in rows]
        labels = ("工单编号", "登记日期", "承办单位") if zh else ("Case ID", "Date received", "Department")
        fills: tuple[Fill, ...] = (number("G"), received(), told("unit"), told("rating"), word)
        made = paper(rng, tuple(zip((*labels, header, "办理状态" if zh else "Status"), fills, strict=True)), rows)
        right = tabled([made], 36, counted(rows, "cases", "unit", also=_rated(words)))
        file = f"{'工单' if zh else 'cases'}.{fmt}"
        yield Office(key, "composed headers", [(file, book(fmt, made.sheet))], right, ("-m", "cases,closed,satisfaction_rate"))


STAR_HEADERS: dict[str, tuple[str, str]] = {
    "en-rating": ("Rating", "csv"),
    "en-feedback": ("Feedback rating", "xlsx"),
    "zh": ("回访评分", "xlsx"),
}


def stars() -> Iterator[Office]:
    """Scores of one to five under such a header: no yes or no, until each is placed."""
    for name, (header, fmt) in STAR_HEADERS.items():
        for placed in (False, True):
            key = f"stars-{name}{'-placed' if placed else ''}"
            rng = seeded(f"stars-{name}")
            zh = name == "zh"
            rows = [
                replace(one, closed=None)
                for one in drawn(rng, ZH if zh else EN, 40, unit=UNITS if zh else TEAMS, rating=(1, 2, 3, 4, 5))
            ]
            labels = ("工单编号", "登记日期", "承办单位", header, "办理状态")
            labels = labels if zh else ("Case ID", "Date received", "Department", header, "Status")
            made = paper(
                rng, tuple(zip(labels, (number("K"), received(), told("unit"), told("rating"), word), strict=True)), rows
            )

            def also(some: Sequence[Matter]) -> Figures:
                return {"satisfaction_rate": Pair(sum(one.told["rating"] > 3 for one in some), len(some))}

            right = tabled([made], 40, counted(rows, "cases", "unit", also=also)) if placed else Right(refuse=True)
            marks = [f"--map-rating={mark}={'satisfied' if mark > 3 else 'unsatisfied'}" for mark in range(1, 6)]
            words = ("-m", "cases,satisfaction_rate", *(marks if placed else ()))
            yield Office(key, "A2 marks", [(f"{'工单' if zh else 'cases'}.{fmt}", book(fmt, made.sheet))], right, words)


SLA: dict[str, tuple[str, str, tuple[str, str]]] = {
    "met-csv": ("csv", "SLA status", ("Met", "Breached")),
    "within-xlsx": ("xlsx", "SLA status", ("Within SLA", "Out of SLA")),
    "resolution-csv": ("csv", "Resolution SLA status", ("Within SLA", "SLA breached")),
    "outcome-xls": ("xls", "SLA outcome", ("Achieved", "Missed")),
    "zh-csv": ("csv", "时限状态", ("按期", "超期")),
    "flag-xlsx": ("xlsx", "SLA met", ("Yes", "No")),
}


def timeliness() -> Iterator[Office]:
    """A state of the limit tells what is in time, and never what is closed."""
    for name, (fmt, header, (good, bad)) in SLA.items():
        key = f"sla-{name}"
        rng = seeded(key)
        zh = name.startswith("zh")
        rows = drawn(rng, ZH if zh else EN, 40, unit=UNITS if zh else TEAMS, sla=(good, good, bad))
        labels = ("工单编号", "登记日期", "承办单位", "办理状态", "办结日期", header)
        labels = labels if zh else ("Case ID", "Created", "Department", "Status", "Closed", header)
        fills: tuple[Fill, ...] = (
            number("Q"),
            received(),
            told("unit"),
            word,
            closed(),
            lambda one, _at: one.told["sla"] if one.closed else None,
        )

        def also(some: Sequence[Matter], good: str = good) -> Figures:
            ended = [one for one in some if CLOSED in one.sets]
            return {
                "closed_in_time": sum(one.told["sla"] == good for one in ended),
                "closed_late": sum(one.told["sla"] != good for one in ended),
            }

        made = paper(rng, tuple(zip(labels, fills, strict=True)), rows)
        right = tabled([made], 40, counted(rows, "cases", "unit", also=also))
        words = ("-m", "cases,closed,closure_rate,closed_in_time,closed_late")
        yield Office(key, "on time flags", [(f"{'工单' if zh else 'tickets'}.{fmt}", book(fmt, made.sheet))], right, words)


NUMBERS: dict[str, tuple[str, str, str]] = {
    "zh-code-xlsx": ("xlsx", "事项编码", "诉求"),
    "zh-no-csv": ("csv", "信访事项登记编号", "诉求"),
    "en-enquiry-csv": ("csv", "Enquiry reference", "Details"),
    "en-service-xlsx": ("xlsx", "Service request reference number", "Details"),
}


def numbers() -> Iterator[Office]:
    """Composed headers of case numbers: two rows of one number are one case where that is asked."""
    for name, (fmt, header, prose) in NUMBERS.items():
        key = f"case-number-{name}"
        rng = seeded(key)
        zh = name.startswith("zh")
        rows = [replace(one, closed=None) for one in drawn(rng, ZH if zh else EN, 30, unit=UNITS if zh else TEAMS)]
        labels = (
            (header, "登记日期", "承办单位", prose, "办理状态") if zh else (header, "Received", "Department", prose, "Status")
        )
        fills = (number("ZX"), received(), told("unit"), always(*(TEXTS if zh else ENGLISH_TEXTS)), word)
        made = paper(rng, tuple(zip(labels, fills, strict=True)), rows)
        made.lines += [list(line) for line in made.lines[1:4]]
        right = replace(tabled([made], 30, counted(rows, "cases", "unit")), rows=None)
        yield Office(
            key, "composed headers", [(f"{'件' if zh else 'cases'}.{fmt}", book(fmt, made.sheet))], right, ("--per", "case_no")
        )


GRADES: dict[str, tuple[str, str, Sequence[str]]] = {
    "rank-xlsx": ("xlsx", "接访领导职级", ("市级", "县级", "乡级")),
    "tier-csv": ("csv", "接待层级", ("市级领导", "县级领导", "乡镇领导")),
    "official-xls": ("xls", "*接访人员级别", ("市级", "县级")),
    "en-official-csv": ("csv", "Level of official", ("City", "County", "Township")),
}


def grades() -> Iterator[Office]:
    """Composed headers of levels: a row each, under its own name or that of the level that it is a word of."""
    for name, (fmt, header, levels) in GRADES.items():
        key = f"level-{name}"
        rng = seeded(key)
        zh = not name.startswith("en")
        rows = [replace(one, closed=None) for one in drawn(rng, ZH if zh else EN, 30, level=levels)]
        labels = ("接访日期", header, "来访人数", "办理状态") if zh else ("Visit date", header, "Visitors", "Status")
        made = paper(rng, tuple(zip(labels, (received(), told("level"), persons, word), strict=True)), rows)
        names = {"City": "市级", "County": "县级", "Township": "乡级", "市级领导": "市级", "县级领导": "县级", "乡镇领导": "乡级"}
        other = [one.with_told(level=names.get(one.told["level"], one.told["level"])) for one in rows]
        right = tabled([made], 30, counted(rows, "visits", "level", persons=True))
        right = replace(right, tables=(*right.tables, (counted(other, "visits", "level", persons=True),)))
        yield Office(key, "composed headers", [(f"{'接访' if zh else 'visits'}.{fmt}", book(fmt, made.sheet))], right)


BOARDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "plain-xlsx": ("xlsx", ("留言编号", "留言标题", "留言时间", "留言领域", "留言人", "办理单位", "办理状态", "办结时间")),
    "leader-csv": ("csv-gb18030", ("编号", "主题", "网友留言时间", "留言类型", "网友昵称", "承办单位", "办理状态", "办结时间")),
    "export-xls": ("html-xls", ("信件编号", "信件标题", "写信时间", "信件类别", "写信人", "答复单位", "办理状态", "答复时间")),
    "mayor-ods": ("ods", ("序号", "诉求标题", "提交时间", "诉求类别", "提交人", "处理单位", "处理状态", "办结时间")),
    "hotline-csv": ("csv", ("工单号", "工单标题", "来电时间", "问题分类", "来电人", "承办单位", "工单状态", "办结时间")),
}


def boards() -> Iterator[Office]:
    """Message boards: a title in prose, a nickname, a domain, the office that answers."""
    for name, (fmt, labels) in BOARDS.items():
        key = f"board-{name}"
        rng = seeded(key)
        rows = drawn(rng, ZH, 40, unit=UNITS)

        def spell(day: date) -> Cell:
            return f"{day.isoformat()} 08:15:00"

        fills: tuple[Fill, ...] = (
            number("LY"),
            always(*TEXTS),
            received(spell),
            always("城建", "交通", "教育"),
            always(*NAMES),
            told("unit"),
            word,
            closed(spell),
        )
        made = paper(rng, tuple(zip(labels, fills, strict=True)), rows, title="网上留言办理情况", mess=(TITLE,))
        right = tabled([made], 40, counted(rows, "cases", "unit"))
        file = f"留言.{'xls' if fmt == 'html-xls' else fmt.split('-')[0]}"
        yield Office(key, "message boards", [(file, book(fmt, made.sheet))], right, ("--by", "unit", "--log", "cases"))


def offices() -> Iterator[Office]:
    """All of this page."""
    for make in (alike, ratings, stars, timeliness, numbers, grades, boards):
        yield from make()
