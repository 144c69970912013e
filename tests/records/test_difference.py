import json

import pytest

from qml.records import RunFolder, describe, why_different, with_sources


@pytest.fixture
def manifest(golden):
    return json.loads((golden / "manifest-v1.json").read_text())


def changed(manifest, **parts):
    return {**manifest, **parts}


def test_equal_runs_have_no_difference(manifest):
    other = changed(manifest, run_id="other", uuid="other", start="later", name="other")
    assert why_different(manifest, other) == []


def test_causes_come_in_order_and_before_results(manifest):
    other = changed(
        manifest,
        metrics={**manifest["metrics"], "loss": 0.5},
        environment={**manifest["environment"], "threads": 8},
        backend={"name": "qsim", "snapshot": {}},
        seeds={"root": 1, "derived": {"init": 13, "split": 12}},
        packages={**manifest["packages"], "numpy": "2.5.0", "new": "1.0"},
        data={"source": "digits", "digests": {"features": "ffff", "labels": "9a3b"}},
        code={**manifest["code"], "digest": "other", "dirty": False},
        config={**manifest["config"], "train": {"epochs": 31, "batch_size": 32, "seed": 1}},
    )
    found = [(d.cause, d.path, d.left, d.right) for d in why_different(manifest, other)]
    assert found == [
        ("config", "train.epochs", 30, 31),
        ("config", "train.seed", 0, 1),
        ("code", "digest", "5c9e", "other"),
        ("code", "dirty", True, False),
        ("data", "digests.features", "1f0c", "ffff"),
        ("packages", "numpy", "2.4.6", "2.5.0"),
        ("packages", "new", None, "1.0"),
        ("seeds", "root", 0, 1),
        ("seeds", "init", 11, 13),
        ("backend", "backend.name", "jax", "qsim"),
        ("environment", "threads", 2, 8),
        ("results", "metrics.loss", 0.31, 0.5),
    ]


def test_what_cannot_change_a_number_says_so(manifest):
    config = {**manifest["config"], "tracking": {"name": "none"}}
    code = {**manifest["code"], "commit": "f" * 40}
    found = why_different(manifest, changed(manifest, config=config, code=code))
    assert {d.path for d in found} == {"tracking.name", "tracking.uri", "commit"}
    assert not any(d.matters for d in found)


def test_the_code_is_compared_file_by_file(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "qml.toml").write_text("")
    runs = []
    for text in ("a = 1\nb = 2\n", "a = 1\nb = 3\n"):
        (tmp_path / "model.py").write_text(text)
        run = RunFolder.create(tmp_path / "runs", name=None, config={}, command="train")
        describe(run, tmp_path)
        run.finalise("finished")
        runs.append(run)
    plain = why_different(*(run.manifest() for run in runs))
    assert [d.path for d in plain] == ["digest"]
    [found] = with_sources(plain, *runs, root=tmp_path)
    assert (found.cause, found.path) == ("code", "model.py")
    assert found.diff.splitlines()[-3:] == [" a = 1", "-b = 2", "+b = 3"]
