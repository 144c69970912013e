"""Progress as lines in a log and as bars on a terminal."""

import io
import re

import pytest
from rich.console import Console

from qml.report.progress.bars import RichProgress
from qml.report.progress.lines import LineProgress


class FakeClock:
    def __init__(self):
        self.time = 0.0

    def now(self):
        return self.time

    def monotonic(self):
        return self.time


def test_short_work_is_two_lines():
    lines, clock = [], FakeClock()
    with LineProgress(lines.append, clock).bar("training", 100) as bar:
        for _ in range(100):
            clock.time += 0.125
            bar.advance(loss="0.5")
    assert lines == ["training (0/100)", "training (100/100): 12 s done, loss 0.5"]


def test_long_work_is_a_line_every_fifteen_seconds_with_time_left():
    lines, clock = [], FakeClock()
    with LineProgress(lines.append, clock).bar("training", 1200) as bar:
        for _ in range(1200):
            clock.time += 0.05
            bar.advance(loss="0.5", validation_loss="0.6")
    assert len(lines) == 2 + 3
    assert lines[1] == (
        "training (300/1,200): 15 s so far, about 45 s left, loss 0.5, validation loss 0.6"
    )


def test_work_of_unknown_length():
    lines, clock = [], FakeClock()
    with LineProgress(lines.append, clock).bar("download", None) as bar:
        clock.time += 20
        bar.advance(2048)
    assert lines == ["download", "download (2,048): 20 s so far", "download (2,048): 20 s done"]


def test_work_that_fails_is_not_done():
    lines = []
    progress = LineProgress(lines.append, FakeClock())

    def work():
        with progress.bar("training", 3) as bar:
            bar.advance()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert lines[-1] == "training (1/3): 0.0 s stopped"


def _tty(width=100):
    stream = io.StringIO()
    return stream, Console(file=stream, force_terminal=True, width=width, no_color=True)


def test_bars_show_facts_and_vanish():
    stream, console = _tty()
    progress = RichProgress(console)
    with progress.bar("training", 10) as bar:
        bar.advance(4, loss="0.41", accuracy="93.1 %")
        progress._live.refresh()
        progress.say("half [way]")
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())
    assert "training" in shown
    assert "4/10" in shown
    assert "loss 0.41, accuracy 93.1 %" in shown
    assert "half [way]" in shown
    assert progress._live is None


def test_bars_may_be_nested():
    _, console = _tty(60)
    progress = RichProgress(console)
    with progress.bar("outer", 2) as outer:
        with progress.bar("inner", None) as inner:
            inner.advance()
            assert len(progress._live.tasks) == 2
        outer.advance()
        assert len(progress._live.tasks) == 1
    assert progress._live is None


def test_bars_close_after_an_error():
    _, console = _tty()
    progress = RichProgress(console)
    with pytest.raises(ValueError), progress.bar("training", 2):
        raise ValueError
    assert progress._live is None
