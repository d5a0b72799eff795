"""Styles of a page: light and dark by the reader's choice, narrow and wide screens, and A4 in print."""

from __future__ import annotations

from collections.abc import Mapping

from xfstats.render.chart_svg import CHART_CSS, DARK_CHART_CSS

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#1d2129",
    "muted": "#586174",
    "head": "#eef2f8",
    "rule": "#8a94a6",
    "focus": "#1a56c4",
}
DARK: Mapping[str, str] = {
    "paper": "#16181d",
    "ink": "#e6e8ec",
    "muted": "#a6afbf",
    "head": "#242a35",
    "rule": "#69748a",
    "focus": "#8ab4ff",
}
"""Colours of the page by name: ground, text, lesser text, heads of tables, rules, and the ring around what has the focus."""


def _variables(colours: Mapping[str, str]) -> str:
    """Return colours as custom properties."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


PAGE_CSS = (
    f"""
:root {{ color-scheme: light dark; {_variables(LIGHT)} }}
{CHART_CSS}
@media screen and (prefers-color-scheme: dark) {{
:root {{ {_variables(DARK)} }}
{DARK_CHART_CSS}
}}
@media print {{ :root {{ color-scheme: light; }} }}
"""
    """
* { box-sizing: border-box; }
body { background: var(--paper); color: var(--ink); margin: 2rem auto; max-width: 76rem; padding: 0 1.25rem; line-height: 1.5; }
body { font-family: "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif; }
h1 { font-size: 1.5rem; text-align: center; margin: 1rem 0 1.5rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; padding-bottom: .25rem; border-bottom: 2px solid var(--rule); }
p { line-height: 1.8; }
:lang(zh) p { text-indent: 2em; }
.frame { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; margin-bottom: 1rem; }
.people { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 2rem; margin: -1.25rem 0 1rem; }
.people span { min-width: 9em; }
caption { font-weight: bold; padding: .5rem 0; text-align: left; }
caption > span { position: sticky; left: 0; display: inline-block; max-width: calc(100vw - 2rem); }
.scope { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2rem; position: sticky; left: 0; }
.scope { max-width: min(73rem, calc(100vw - 4rem)); font-weight: normal; font-size: .9rem; }
th, td { border: 1px solid var(--rule); padding: .3rem .6rem; }
thead th { background: var(--head); }
td { text-align: right; }
th[scope=row] { text-align: left; font-weight: normal; background: var(--paper); }
tr.of_which > th { padding-left: 1.5rem; }
tr.total > * { font-weight: bold; border-top-width: 2px; }
tr { break-inside: avoid; }
th button { all: unset; cursor: pointer; display: block; width: 100%; box-sizing: border-box; text-align: center; }
th button::after { content: " \\2195"; color: var(--muted); }
th[aria-sort=ascending] button::after { content: " \\2191"; color: inherit; }
th[aria-sort=descending] button::after { content: " \\2193"; color: inherit; }
ul { padding-left: 1.2rem; font-size: .85rem; color: var(--muted); overflow-wrap: anywhere; }
.charts { display: grid; gap: 0 2rem; align-items: start; }
.charts { grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
figure { margin: 1rem 0; break-inside: avoid; overflow-x: auto; padding: 3px; min-width: 0; }
figure svg { display: block; max-width: 36rem; }
.hit { fill: transparent; }
.mark:hover .hit, .mark:focus .hit { fill: currentColor; fill-opacity: .08; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
.tip { position: absolute; background: var(--ink); color: var(--paper); padding: .25rem .5rem; border-radius: .25rem; }
.tip { font-size: .85rem; max-width: 90vw; pointer-events: none; z-index: 2; }
@media screen { td, th { white-space: nowrap; } }
@media screen and (max-width: 40rem) {
  body { margin: 1rem auto; padding: 0 .75rem; }
  h1 { font-size: 1.25rem; }
  th[scope=row]:first-child { position: sticky; left: 0; min-width: 6.5em; max-width: 45vw; white-space: normal; }
}
@media print {
  body { max-width: none; margin: 0; padding: 0; }
  figure, .frame { overflow: visible; padding: 0 2px; }
  figure svg { max-height: 24cm; }
  .charts { grid-template-columns: 1fr 1fr; }
  .small table { font-size: 8pt; }
  .small th, .small td { padding: .1rem .25rem; }
  th button::after { content: none !important; }
  .tip { display: none; }
  caption > span, .scope { position: static; max-width: none; }
  h2 { break-after: avoid; }
  thead th, rect, circle { print-color-adjust: exact; }
}
@page { size: A4; margin: 15mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; } }
"""
)
LANDSCAPE_CSS = """
@media print { figure svg { max-height: 16cm; } }
@page { size: A4 landscape; }
"""
"""Styles for a report with a table that does not fit a portrait page."""
