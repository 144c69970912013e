"""Studies are found by the run that worked on them last."""

import pytest

from qml.ports import SystemClock
from qml.records import RunFolder
from qml.tasks.tune.reading import find_study, studies_document


class Moment(SystemClock):
    """A clock that stands."""

    def __init__(self, now):
        self._now = now

    def now(self):
        return self._now


def worked_on(runs, name, now):
    run = RunFolder.create(
        runs, name=None, config={}, command="tune", clock=Moment(now), parent=None
    )
    study = {"name": name, "metric": "value", "sampler": "random", "storage": "s"}
    document = {
        "study": study,
        "best": None,
        "metrics": {"trials": 1},
        "stopped": {"reason": "trials"},
    }
    run.write_document(run.outcome_path, document)
    run.finalise("finished")
    return run.id


@pytest.mark.parametrize("attempt", range(4))
def test_runs_of_one_second_are_told_apart(tmp_path, attempt):
    second = 1_795_000_000.0
    worked_on(tmp_path, "s", second + 0.1)
    last = worked_on(tmp_path, "s", second + 0.5)
    fresh = worked_on(tmp_path, "fresh", second + 0.9)
    assert find_study(tmp_path, "s")[0].id == last
    assert find_study(tmp_path, None)[0].id == fresh
    assert [s["study"] for s in studies_document(tmp_path)["studies"]] == ["fresh", "s"]
