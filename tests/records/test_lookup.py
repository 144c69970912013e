import pytest

from qml.errors import RunError
from qml.records import RunFolder, find, list_runs


@pytest.fixture
def three(runs, clock):
    made = []
    for name in ("first", "second", "first"):
        run = RunFolder.create(runs, name=name, config={}, command="train", clock=clock)
        run.finalise("finished")
        made.append(run)
        clock.moment += 1
    return made


def test_a_run_is_found_by_id_prefix_and_name(runs, three):
    second = three[1].id
    assert find(runs, second).id == second
    assert find(runs, second[:-3]).id == second
    assert find(runs, "second").id == second


def test_a_repeated_name_means_the_newest_run(runs, three):
    assert find(runs, "first").id == three[2].id


def test_an_ambiguous_prefix_lists_the_runs(runs, three):
    with pytest.raises(RunError, match="beginning of 3 runs") as caught:
        find(runs, "20261121")
    assert caught.value.details.splitlines() == sorted((r.id for r in three), reverse=True)


def test_an_unknown_run_suggests_close_ones(runs, three):
    with pytest.raises(RunError, match="no run `secnd`") as caught:
        find(runs, "secnd")
    assert caught.value.hint == "did you mean second?"
    with pytest.raises(RunError, match="no run ``"):
        find(runs, "")


def test_no_runs_at_all_say_how_to_make_one(tmp_path):
    assert list_runs(tmp_path / "runs") == []
    with pytest.raises(RunError) as caught:
        find(tmp_path / "runs", "x")
    assert "qml train" in caught.value.hint


def test_a_damaged_run_is_listed_and_hides_no_other(runs, three):
    three[0].manifest_path.write_text('{"schema": "qml.man')
    three[1].manifest_path.unlink()
    (runs / "notes").mkdir()
    entries = list_runs(runs)
    assert [e.manifest is None for e in entries] == [False, True, True]
    assert "cannot be read" in entries[1].damage
    assert "damaged" in entries[2].damage
    assert find(runs, "first").id == three[2].id
