"""A run that is killed at any instant leaves a cache that the next one goes on from."""

import multiprocessing
import os
import select
import signal
import time

import numpy as np
import pytest

from qml.compression.bits.sensitivities import measure
from qml.compression.candidate import Candidate

EMPTY = Candidate({})
SMALL = {"widths": [2, 3, 4, 6, 8], "tokens": 90}
LONGEST = 30.0
"""Until everybody must be gone (s)."""


def measure_until_killed(bench, journal, lines):
    """Measure in another process, and kill that as soon as the journal has so many lines."""
    heard, held = os.pipe()
    process = multiprocessing.get_context("fork").Process(target=measure, args=(bench, EMPTY))
    process.start()
    os.close(held)
    try:
        while process.is_alive() and (
            not journal.exists() or journal.read_bytes().count(b"\n") < lines
        ):
            time.sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        # the pipe ends when all that inherited it are gone: the workers, too
        assert select.select([heard], [], [], LONGEST)[0], "a worker outlived its parent"
    finally:
        os.close(heard)


@pytest.mark.long
@pytest.mark.parametrize("parallel", [1, 2])
def test_killed_again_and_again(make_bench, parallel):
    bench = make_bench(bits=SMALL, parallel=parallel)
    whole = measure(bench, EMPTY)
    (journal,) = (bench.cache / "sensitivities").iterdir()
    journal.unlink()
    for lines in range(2, 15, 3):
        measure_until_killed(bench, journal, lines)
        with journal.open("ab") as stream:
            stream.write(b'{"kl": {"model.layers.0')  # what a kill within a write would leave
    before = journal.read_bytes().count(b"int2g64")
    assert before >= 9  # of 14 lines, one is the header and four were torn
    np.testing.assert_array_equal(measure(bench, EMPTY).kl, whole.kl)
    after = journal.read_bytes()
    assert after.count(b"int2g64") <= 14 + 5 * parallel  # at most what was under way is repeated
