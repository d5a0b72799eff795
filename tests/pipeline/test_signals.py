"""How a signal ends a run, and what waits for it; that it does end one is shown in tests/hostile/signals.py."""

from __future__ import annotations

import os
import signal

import pytest

from xfstats.pipeline import signals


def test_what_was_registered_is_done_before_a_run_ends(monkeypatch):
    done = []
    monkeypatch.setattr(signals, "_BEFORE_EXIT", [])
    monkeypatch.setattr(signals, "exit_by_signal", done.append)
    signals.before_exit(lambda: done.append("workers stopped"))
    signals._end(signal.SIGTERM)
    assert done == ["workers stopped", signal.SIGTERM]


@pytest.mark.parametrize(
    ("system", "calls"), [("posix", [("default", 15), ("kill", 15), ("exit", 143)]), ("nt", [("exit", 143)])]
)
def test_a_run_ends_by_the_signal_itself_where_there_are_signals(monkeypatch, system, calls):
    made = []
    monkeypatch.setattr(signal, "signal", lambda number, how: made.append(("default", int(number))))
    monkeypatch.setattr(os, "kill", lambda pid, number: made.append(("kill", int(number))))
    monkeypatch.setattr(os, "_exit", lambda code: made.append(("exit", code)))
    monkeypatch.setattr(os, "name", system)
    signals.exit_by_signal(15)
    monkeypatch.undo()
    assert made == calls


def test_a_signal_waits_while_a_file_is_put_in_its_place():
    heard = []
    before = signal.signal(signal.SIGHUP, lambda *_: heard.append("heard"))
    try:
        with signals.hold_signals():
            signal.raise_signal(signal.SIGHUP)
            assert heard == []
        assert heard == ["heard"]
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_signal_that_another_thread_took_waits_too(monkeypatch):
    done = []
    monkeypatch.setattr(signals, "_BEFORE_EXIT", [])
    monkeypatch.setattr(signals, "exit_by_signal", done.append)
    with signals.hold_signals():
        with signals.hold_signals():
            signals._end(signal.SIGINT)
        assert done == []
    assert done == [signal.SIGINT]


def test_where_signals_cannot_be_held_back_nothing_is(monkeypatch):
    monkeypatch.delattr(signal, "pthread_sigmask")
    done = []
    before = signal.signal(signal.SIGHUP, lambda *_: done.append("handled at once"))
    try:
        with signals.hold_signals():
            signal.raise_signal(signal.SIGHUP)
            assert done == ["handled at once"]
    finally:
        signal.signal(signal.SIGHUP, before)
