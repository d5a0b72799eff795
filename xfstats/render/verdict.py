"""What `xfstats verify` says: numbers that match, that differ, that have no place; as text and as JSON."""

from __future__ import annotations

from xfstats.render.jsonform import dumps
from xfstats.render.style import Style
from xfstats.render.visible import visible, wrapped
from xfstats.verify.aligning import Mark, Verdict

_T = {
    "different": ("不符：“{before}” {text}，应为 {right}", 'differs: "{before}" {text}, should be {right}'),
    "unplaced": ("未对上：“{before}” {text}", 'not placed: "{before}" {text}'),
    "sum": (
        "{all} 个数字：{matched} 个相符，{different} 个不符，{unplaced} 个未对上",
        "{all} numbers: {matched} match, {different} differ, {unplaced} not placed",
    ),
}


def as_verdict(verdict: Verdict, lang: str, style: Style) -> str:
    """One line a difference, then the sum."""
    made = [_say("different", lang, mark, right=right) for mark, right in verdict.different]
    made += [_say("unplaced", lang, mark) for mark in verdict.unplaced]
    counts = {"matched": verdict.matched, "different": len(verdict.different), "unplaced": len(verdict.unplaced)}
    made.append(_T["sum"][lang != "zh"].format(all=sum(counts.values()), **counts))
    return "\n".join(line for text in made for line in wrapped(text, style.width, "  ")) + "\n"


def _say(key: str, lang: str, mark: Mark, **values: str) -> str:
    name = f" ({visible(mark.name, None)})" if mark.name else ""
    return _T[key][lang != "zh"].format(before=visible(mark.before, None), text=visible(mark.text, None) + name, **values)


def as_json(verdict: Verdict, lang: str, style: Style) -> str:
    """The same as one object."""
    plain = {
        "schema": "xfstats.verify/1",
        "matched": verdict.matched,
        "different": [
            {"figure": mark.name, "text": mark.text, "expected": right, "before": mark.before}
            for mark, right in verdict.different
        ],
        "unplaced": [{"text": mark.text, "before": mark.before} for mark in verdict.unplaced],
    }
    return dumps(plain, indent=2)
