"""Entry point of `xfstats` and `python -m xfstats`: prints help and version itself, runs commands through click."""

import os
import signal
import sys

from xfstats import __version__
from xfstats.cli.first_page import first_page
from xfstats.cli.folder_page import folder_page
from xfstats.cli.terminal import language, option_before_parsing
from xfstats.pipeline.signals import PIPE, exit_by_signal, install_handlers

READING_COMMANDS = frozenset(["summarize", "inspect", "report", "explain", "verify", "deadlines", "check", "profile init"])
"""Commands that read logs."""
ELSEWHERE = ("--cache", "--scheduler")
"""Options by which workers have a seed of hashes of their own, or run on other machines."""
COMPLETION = "_XFSTATS_COMPLETE"
"""Variable by which a shell asks for completions."""


def main() -> None:
    """Print the first help page (in a folder of logs what to type there), the version, or run a command."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C while modules load ends in silence; `cli` listens when it runs
    words = sys.argv[1:]
    if os.environ.get(COMPLETION):  # a shell runs what is printed, which no page may be
        _run_command(words)
    elif words in ([], ["-h"], ["--help"]) and sys.stdout is not None:
        _print_text((None if words else folder_page(language())) or first_page(language()))
    elif words == ["--version"] and sys.stdout is not None:
        _print_text(f"xfstats {__version__}\n")
    elif reads_logs(words) and not any(map(option_before_parsing, ELSEWHERE)) and None not in {sys.stdin, sys.stdout, sys.stderr}:
        _run_with_early_worker(words)
    else:
        _run_command(words)


def reads_logs(words: list[str]) -> bool:
    """True if these arguments call a command that reads logs, and do not ask for help."""
    command = " ".join(words[:2]) if words[:1] == ["profile"] else words[0] if words else ""
    return command in READING_COMMANDS and not {"-h", "--help"} & set(words)


def _run_with_early_worker(words: list[str]) -> None:
    """Run a command that reads logs; its first worker process starts while the command line is parsed."""
    from xfstats.pipeline.worker_process import early_worker  # noqa: PLC0415 - pages must not pay for it

    install_handlers()
    with early_worker():
        _run_command(words)


def _run_command(words: list[str]) -> None:
    """Run a command through click, or print its help page."""
    from xfstats.cli.main import main as run  # noqa: PLC0415 - click alone costs three times what the pages above do

    run(args=words or ["--help"])


def _print_text(text: str) -> None:
    """Print text to stdout, with ? for each character that the terminal's encoding lacks."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        exit_by_signal(PIPE)
    except OSError:
        _run_command(sys.argv[1:])  # it fails as this did, and says why


if __name__ == "__main__":
    main()
