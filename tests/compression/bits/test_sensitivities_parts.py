"""The parts that sensitivities are made of: divergence, journal, crew."""

import json
import os
import time

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.compression.bits.sensitivities.divergence import yardstick
from qml.compression.bits.sensitivities.journal import Journal
from qml.compression.bits.sensitivities.workers import carry_out
from qml.errors import PlanError, UsageError


class Linear:
    """States are features."""

    def __init__(self, matrix):
        self.matrix = matrix

    def features(self, state):
        return state

    def logits(self, state):
        return state @ self.matrix.T

    def head(self):
        return self.matrix


@pytest.mark.parametrize("linear", [True, False])
@pytest.mark.parametrize("size", [1e-2, 1.0, 30.0])
def test_the_divergence_is_that_of_double_precision(linear, size):
    torch.manual_seed(0)
    subject = Linear(torch.randn(1500, 8))
    teacher, moves = torch.randn(6, 8), size * torch.randn(3, 6, 8)
    found = yardstick(subject, teacher, linear=linear).sums((teacher + moves).flatten(0, 1), 3)
    p = (teacher.double() @ subject.matrix.double().T).log_softmax(-1)
    q = ((teacher + moves).double() @ subject.matrix.double().T).log_softmax(-1)
    exact = (p.exp() * (p - q)).sum((-1, -2))
    assert exact.max() > 88 * 6 or size < 30  # exp overflows in float32
    torch.testing.assert_close(found, exact, rtol=1e-4, atol=0)


def test_a_journal_gives_back_what_was_added(tmp_path):
    path = tmp_path / "folder" / "journal.jsonl"
    journal = Journal(path, {"model": "m"})
    assert not path.exists()
    journal.add({"a": 0.1, "b": float("inf")})
    journal.add({"c": -1e-9})
    for known in (journal, Journal(path, {})):
        assert [known[key] for key in "abc"] == [0.1, np.inf, -1e-9]
        assert "d" not in known
    assert json.loads(path.read_text().splitlines()[0]) == {"model": "m"}


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(min_value=0, max_value=200))
def test_a_journal_that_was_torn_anywhere_loses_one_line_at_most(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("torn") / "journal.jsonl"
    journal = Journal(path, {"model": "m"})
    for i in range(4):
        journal.add({f"key{i}": i / 7, f"other{i}": float("inf")})
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    again = Journal(path, {"model": "m"})
    ends = [i for i, byte in enumerate(whole) if byte == ord("\n")]
    kept = max(0, sum(end <= cut for end in ends) - 1)
    assert all(f"key{i}" in again and f"other{i}" in again for i in range(kept))
    assert all(again[f"key{i}"] == i / 7 for i in range(4) if f"key{i}" in again)
    again.add({"new": 0.5})
    after = Journal(path, {})
    assert after["new"] == 0.5
    assert all(after[f"key{i}"] == i / 7 for i in range(kept))


def test_journals_of_two_processes_share_a_file(tmp_path):
    path = tmp_path / "journal.jsonl"
    one, other = Journal(path, {}), Journal(path, {})
    one.add({"a": 1.0})
    other.add({"b": 2.0})
    one.add({"c": 3.0})
    known = Journal(path, {})
    assert [known[key] for key in "abc"] == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("processes", [1, 2, 9])
def test_a_crew_does_every_task_once(processes):
    found = dict(carry_out([3, 1, 4, 1, 5], lambda x: x * x, processes=processes, stop=bool))
    assert found == {0: 9, 1: 1, 2: 16, 3: 1, 4: 25}


def test_a_crew_works_in_processes_of_one_thread():
    def who(_):
        time.sleep(0.05)
        return os.getpid(), torch.get_num_threads()

    found = [who for _, who in carry_out(range(6), who, processes=2, stop=bool)]
    assert len({pid for pid, _ in found} - {os.getpid()}) == 2
    assert {threads for _, threads in found} == {1}


def test_a_crew_raises_what_its_work_raises():
    def work(task):
        raise PlanError(f"task {task}")

    with pytest.raises(PlanError, match="task 0"):
        list(carry_out([0], work, processes=1, stop=bool))
    with pytest.raises(PlanError, match="task"):
        list(carry_out([0, 1], work, processes=2, stop=bool))


def test_a_crew_tells_that_a_process_died():
    with pytest.raises(UsageError, match=r"died \(exit code 9\)"):
        list(carry_out([0, 1], lambda _: os._exit(9), processes=2, stop=bool))


def test_a_crew_stops_soon_and_leaves_nobody_behind():
    started = time.monotonic()
    pids = []

    def work(task):
        if task > 1:
            time.sleep(60)
        return os.getpid()

    for _, pid in carry_out(range(9), work, processes=2, stop=lambda: len(pids) > 1):
        pids.append(pid)
    assert time.monotonic() - started < 10
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
