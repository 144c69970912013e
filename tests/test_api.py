import inspect
import subprocess
import sys

import dimod
import pytest

import qml
from qml.errors import ConfigError, DataError, PluginError

PUBLIC = [
    "QmlError",
    "Run",
    "__version__",
    "compress",
    "list_backends",
    "list_runs",
    "load_config",
    "plan",
    "replay",
    "sample",
    "solve",
    "train",
    "tune",
    "verify",
]


def test_the_public_names_are_pinned():
    assert qml.__all__ == PUBLIC
    assert dir(qml) == PUBLIC
    for name in PUBLIC:
        assert getattr(qml, name) is not None
    with pytest.raises(AttributeError, match="no attribute `trian`"):
        _ = qml.trian


def test_public_functions_are_typed_and_documented():
    for name in sorted(set(PUBLIC) - {"QmlError", "Run", "__version__"}):
        function = getattr(qml, name)
        assert inspect.getdoc(function)
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not p.empty for p in signature.parameters.values())
    for name, member in inspect.getmembers(qml.Run):
        if not name.startswith("_"):
            assert inspect.getdoc(member), name


def test_importing_qml_imports_nothing_else():
    heavy = ("numpy", "jax", "pydantic", "rich", "typer")
    code = f"import sys, qml; print(*[m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_no_name_hides_a_module():
    for name in PUBLIC:
        assert not inspect.ismodule(getattr(qml, name))


def test_from_python(project):
    outcome = qml.train(root=project.root, set=["train.epochs=30"], name="here")
    assert outcome.metrics["test_accuracy"] > 0.6
    assert "<table" in outcome._repr_html_()
    run = qml.Run.open("here", root=project.root)
    assert run.id == outcome.run_id
    assert run.manifest["status"] == "finished"
    assert len(run.metrics) == outcome.metrics["steps"]
    assert run.predict([[0.9, 0.9], [-0.9, -0.9]]) == ["up", "down"]
    assert "<table" in run._repr_html_()
    with pytest.raises(DataError, match="missing or infinite"):
        run.predict([[0.9, float("nan")]])
    with pytest.raises(DataError, match="no rows"):
        run.predict([])
    assert run.report(project.root / "r.html").exists()
    assert qml.replay(run).verdict == "identical"
    assert [r["status"] for r in qml.list_runs(project.root)] == ["finished", "finished"]
    assert run.resume() == outcome.document()
    assert "jax" in {b["name"] for b in qml.list_backends()}


def test_a_mapping_is_a_configuration(project):
    settings = {"data": {"path": "points.csv", "target": "label"}, "model": {"layers": 3}}
    assert qml.plan(settings, root=project.root, set=["train.steps=7"]).steps == 7
    assert qml.plan(settings, root=project.root, set=(s for s in ["train.steps=7"])).steps == 7
    for wrong in ({"baselines": {"names": ["mlpp"]}}, {"train": {"optimizer": "adm"}}):
        with pytest.raises(PluginError, match="unknown"):
            qml.plan({**settings, **wrong}, root=project.root)
    sampled = {**settings, "backend": {"shots": 10}, "train": {"epochs": 1, "batch_size": 48}}
    measured = qml.plan(sampled, root=project.root)
    assert measured.shots == 10 * measured.circuits
    assert qml.load_config(project.root, set=["train.steps=7"]).train.steps == 7
    with pytest.raises(ConfigError, match=r"unknown key `model\.layer`"):
        qml.plan({"model": {"layer": 3}}, root=project.root)


def test_a_problem_is_solved_without_a_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = dimod.BinaryQuadraticModel({"a": -1.0, "b": 1.0}, {("a", "b"): 1.5}, 0.5, "BINARY")
    found = qml.solve(model, "exact", evaluations=10)
    assert found.objective == -0.5
    assert found.best.tolist() == [1, 0]
    assert found.proven
    with pytest.raises(PluginError, match="unknown solver `magic`"):
        qml.solve(model, "magic")
    assert not list(tmp_path.iterdir())


def test_sampling_from_python(tmp_path):
    (tmp_path / "p.coo").write_text("# vartype=BINARY\n0 0 -1.0\n0 1 2.0\n1 1 -1.5\n")
    found = qml.sample(
        {
            "sample": {
                "kind": "qubo",
                "qubo": {"file": "p.coo", "solvers": ["exact"], "evaluations": 100},
            },
            "tracking": {"name": "none"},
        },
        root=tmp_path,
    )
    assert found["solvers"][0]["best"] == -1.5
    assert qml.Run.open(found["run_id"], root=tmp_path).replay().verdict == "identical"
