"""Makes the pictures of docs/reports.md from sample data: `python docs/pictures.py`; needs LibreOffice, Chromium and poppler."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURES = Path(__file__).parent / "pictures"
CITY = ["sample_data/city_2021", "--as-of", "2021-12-31"]
HOTLINE = ["sample_data/messy/热线工单导出.csv", "--as-of", "2026-11-02", "--by", "category", "--lang", "en"]


def main() -> None:
    """Every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, words in (("city", CITY), ("hotline", HOTLINE)):
            files = [f"{folder}/{name}.{form}" for form in ("xlsx", "docx", "html")]
            outputs = [word for file in files for word in ("-o", file)]
            subprocess.run([sys.executable, "-m", "xfstats", "report", *words, *outputs, "-q"], check=True, cwd=ROOT)
            for file in files[:2]:
                printed(Path(file))
            shot(Path(files[2]))


def printed(file: Path) -> None:
    """The first page of a workbook or document, as an office prints it."""
    home = f"-env:UserInstallation=file://{file.parent / 'home'}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)],
        check=True,
        capture_output=True,
    )
    target = PICTURES / f"{file.stem}-{file.suffix[1:]}"
    command = ["pdftoppm", "-r", "70", "-png", "-singlefile", str(file.with_suffix(".pdf")), str(target)]
    subprocess.run(command, check=True)


def shot(file: Path) -> None:
    """A page in a headless browser."""
    target = PICTURES / f"{file.stem}-html.png"
    browser = shutil.which("chromium") or "chromium-browser"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    window = [f"--user-data-dir={file.parent / 'browser'}", "--window-size=820,1100", f"--screenshot={target}"]
    subprocess.run([browser, *quiet, *window, file.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main()
