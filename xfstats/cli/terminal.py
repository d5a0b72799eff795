"""Detection of language and terminal, and messages on stderr; no other module looks at the environment.

Loaded for every help page and error, so expensive modules are imported inside functions.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from itertools import pairwise


def option_before_parsing(option: str) -> str | None:
    """Return an option's value from the arguments or the environment, for messages printed before click has parsed them."""
    words = sys.argv[1:]
    option_words = words[: words.index("--")] if "--" in words else words
    values = [after for word, after in pairwise(option_words) if word == option]
    values += [word.partition("=")[2] for word in option_words if word.startswith(f"{option}=")]
    return values[-1] if values else os.environ.get("XFSTATS_" + option[2:].upper().replace("-", "_"))


def language() -> str:
    """Return the language of errors and help pages: from --lang, else the environment, else the locale."""
    return _language_of(name) if (name := option_before_parsing("--lang")) else locale_language()


def locale_language() -> str:
    """Return zh where the locale is Chinese, else en."""
    name = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), None)
    if name is None:
        import locale  # noqa: PLC0415 - see above

        name = locale.getlocale()[0] or ""
    return _language_of(name)


def _language_of(name: str) -> str:
    """Return the language that a name such as zh_CN.UTF-8 means: zh, or en for any other."""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def terminal_width() -> int | None:
    """Return the width of the terminal; None where stdout is none, so that piped output does not depend on it."""
    if not _is_terminal(sys.stdout):
        return None
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and len(columns) < 10:
        return int(columns) or None
    return os.get_terminal_size(sys.stdout.fileno()).columns or None


def page_width() -> int:
    """Return the width of a help page: the terminal's, at most 100; 80 without a terminal."""
    return min(terminal_width() or 80, 100)


def use_colour(when: str) -> bool:
    """True if stdout gets colour: always, never, or on a terminal that supports it (no-color.org, force-color.org)."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (_is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb")


def shows_progress() -> bool:
    """True if stderr is a terminal that can show a line anew, and its messages are text."""
    return _is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb" and not json_messages()


def json_messages() -> bool:
    """True if messages on stderr are JSON."""
    return option_before_parsing("--log-format") == "json"


def _is_terminal(stream: object) -> bool:
    """True if a stream is a terminal; False where there is no stream."""
    return bool(stream is not None and stream.isatty())  # type: ignore[attr-defined]  # a stream, or None where there is none


def print_message(
    text: str,
    level: str = "note",
    code: str = "note",
    figures: Mapping[str, object] | None = None,
    **more: object,
) -> None:
    """Print a message on stderr without escape sequences: a line, or a JSON object a line with `--log-format json`.

    The object has the code, the figures in the message, and `more` (`xfstats schema log`).
    """
    from xfstats.render.safe_text import escape_control  # noqa: PLC0415 - see above

    line = ("" if level == "note" else "xfstats: ") + escape_control(text, None)
    if json_messages():
        import json  # noqa: PLC0415 - see above

        plain = {"level": level, "code": code, "message": text, **({"figures": dict(figures)} if figures else {}), **more}
        line = json.dumps(plain, ensure_ascii=False, default=str)
    if sys.stderr is not None:
        with suppress(OSError):  # stderr may be closed; the exit code is left
            sys.stderr.write(line + "\n")
