"""The journal of a study outlives whoever writes it, and Optuna reads it."""

import os
import time

import optuna
import pytest
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

from qml.errors import RunError
from qml.tasks.tune.storage import journal_path, writing


def ask_and_tell(storage, number=1):
    study = optuna.create_study(storage=storage, study_name="s", load_if_exists=True)
    for _ in range(number):
        trial = study.ask()
        trial.suggest_float("x", 0, 1)
        study.tell(trial, 0.5)
    return study


def test_half_a_line_of_a_process_that_died_is_cut_off(tmp_path):
    with writing(tmp_path, "s") as storage:
        ask_and_tell(storage, 2)
    path = journal_path(tmp_path, "s")
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:25])
    with writing(tmp_path, "s") as storage:
        assert len(ask_and_tell(storage).trials) == 3


def test_the_lock_of_a_process_that_died_holds_nobody_up(tmp_path):
    with writing(tmp_path, "s") as storage:
        ask_and_tell(storage)
    lock = journal_path(tmp_path, "s").with_suffix(".journal.lock")
    lock.touch()
    os.utime(lock, (time.time() - 60,) * 2)
    started = time.monotonic()
    with writing(tmp_path, "s") as storage:
        ask_and_tell(storage)
    assert time.monotonic() - started < 10


def test_one_process_at_a_time_writes(tmp_path):
    with (
        writing(tmp_path, "s"),
        pytest.raises(RunError, match="in use"),
        writing(tmp_path, "s"),
    ):
        pass


def test_optuna_reads_it_as_it_is(tmp_path):
    with writing(tmp_path, "s") as storage:
        ask_and_tell(storage, 3)
    theirs = JournalStorage(JournalFileBackend(str(journal_path(tmp_path, "s"))))
    assert len(optuna.load_study(study_name="s", storage=theirs).trials) == 3


def test_the_dashboard_opens_it(tmp_path):
    dashboard = pytest.importorskip("optuna_dashboard._storage_url")
    with writing(tmp_path, "s") as storage:
        ask_and_tell(storage)
    found = dashboard.get_storage(str(journal_path(tmp_path, "s")))
    assert [study.study_name for study in found.get_all_studies()] == ["s"]
