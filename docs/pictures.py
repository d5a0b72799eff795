"""Makes the pictures of the documents: `python docs/pictures.py`; needs LibreOffice, Chromium, poppler and Pillow.

A month's report on synthetic data, in Chinese and English, for 3 and for 40 groups: the first three pages of the document side by
side, the first page of the workbook, and the page.
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).parent / "pictures"
FIRST, DAYS, MAX_DAYS = date(2026, 9, 1), 61, 58
"""First day and number of days of the data, the report is of the second month; longest time until a case is closed."""
RESOLUTION = 56
HEADS = {
    "zh": ["来访日期", "单位", "来访人数", "办理状态", "办结日期", "办理期限"],
    "en": ["Date received", "Ward", "People", "Status", "Date closed", "Due date"],
}
STATUS = {"zh": ("已办结", "正在办理"), "en": ("Closed", "Open")}
FEW = {"zh": ["东城街道", "西城街道", "河口镇"], "en": ["North ward", "South ward", "Riverside"]}
MANY = {"zh": [f"第{number}街道" for number in range(1, 41)], "en": [f"Ward {number}" for number in range(1, 41)]}
OFFICE = {"zh": "清河市信访局", "en": "Ashford Council"}
BY = {"zh": "unit", "en": "region"}
MEASURES = "visits,persons,closed,closure_rate,on_time_rate,median_days"


def main() -> None:
    """Make every picture anew."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    for lang in ("zh", "en"):
        for groups in (FEW[lang], MANY[lang]):
            with tempfile.TemporaryDirectory() as folder:
                made = make_report(Path(folder), lang, groups)
                print_pages(made[0], 3)
                print_pages(made[1], 1)
                take_screenshot(made[2])


def make_report(folder: Path, lang: str, groups: list[str]) -> list[Path]:
    """Write a log of two months and the profile of an office; return the month's report in three formats."""
    chance = random.Random(len(groups))  # noqa: S311 - made up data, always the same
    with (folder / "log.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADS[lang])
        for number in range(12 * len(groups) + 150):
            received = FIRST + timedelta(days=chance.randrange(DAYS))
            closed = received + timedelta(days=min(MAX_DAYS, int(chance.expovariate(1 / 14))))
            done = closed < FIRST + timedelta(days=DAYS)
            group = groups[min(int(chance.paretovariate(1)) - 1, len(groups) - 1)] if number % 2 else chance.choice(groups)
            ended = [STATUS[lang][0], closed] if done else [STATUS[lang][1], ""]
            lines.writerow([received, group, chance.randint(1, 9), *ended, received + timedelta(days=30)])
    (folder / "xfstats.toml").write_text(f'office = "{OFFICE[lang]}"\n', "utf-8")
    files = [folder / f"{lang}-{len(groups)}.{form}" for form in ("docx", "xlsx", "html")]
    outputs = [word for file in files for word in ("-o", file.name)]
    chosen = ["--period", "2026-10", "--compare", "prev", "--as-of", "2026-11-02", "--by", BY[lang], "-m", MEASURES]
    subprocess.run(
        [sys.executable, "-m", "xfstats", "report", "log.csv", *chosen, "--lang", lang, *outputs, "-q"], check=True, cwd=folder
    )
    return files


def print_pages(file: Path, count: int) -> None:
    """Make a picture of the first pages of a workbook or document, as an office prints it, side by side."""
    home = f"-env:UserInstallation=file://{file.parent / 'home'}"
    target = PICTURES / f"{file.stem}-{file.suffix[1:]}"
    own = file.parent / file.suffix[1:]
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(own), str(file)], check=True, capture_output=True
    )
    command = ["pdftoppm", "-r", str(RESOLUTION), "-l", str(count), "-png", str(own / f"{file.stem}.pdf"), str(own / "page")]
    subprocess.run(command, check=True)
    pages = [Image.open(page) for page in sorted(own.glob("page*.png"))]
    whole = Image.new("RGB", (sum(page.width + 4 for page in pages) - 4, max(page.height for page in pages)), "#8a94a6")
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width + 4
    whole.quantize(32).save(f"{target}.png", optimize=True)


def take_screenshot(file: Path) -> None:
    """Make a picture of a page in a headless browser."""
    target = PICTURES / f"{file.stem}-html.png"
    browser = shutil.which("chromium") or "chromium-browser"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    window = [f"--user-data-dir={file.parent / 'browser'}", "--window-size=820,1100", f"--screenshot={target}"]
    subprocess.run([browser, *quiet, *window, file.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main()
