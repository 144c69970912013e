"""`qml sample qubo` as a person types it."""

import json
import signal

import pytest
from support import make_project

MATRIX = [[-1.0, 2.0, 0.0], [0.0, -1.0, 2.0], [0.0, 0.0, -1.0]]


@pytest.fixture(scope="module")
def project(tmp_path_factory, compiled):
    made = make_project(tmp_path_factory.mktemp("qubo"), compiled)
    (made.root / "path.json").write_text(json.dumps(MATRIX))
    return made


def test_a_table_a_verdict_a_file_and_a_report(project):
    found = project.qml(
        "sample", "qubo", "path.json", "--evaluations", "300", "-o", "best.json", "--seed", "3"
    )
    for word in ("solver", "gap", "exact", "annealing", "The optimum is -2, proven", "assignments"):
        assert word in found.out
    best = json.loads((project.root / "best.json").read_text())["best"]
    assert best["assignment"] == {"0": 1, "1": 0, "2": 1}
    report = (project.runs[-1] / "report.html").read_text()
    for word in ("Solvers side by side", "Convergence", "3 variables, 2 couplings"):
        assert word in report


def test_what_the_configuration_says_and_the_document(project):
    toml = project.root / "qml.toml"
    before = toml.read_text()
    toml.write_text(
        f"{before}\n[sample]\nkind = 'qubo'\n[sample.qubo]\nfile = 'path.json'\n"
        "evaluations = 100\nsolvers = ['tabu', 'greedy']\n"
    )
    document = project.qml("sample", "--json").document
    toml.write_text(before)
    assert document["schema"] == "qml.sample-qubo/1"
    assert [row["solver"] for row in document["solvers"]] == ["tabu", "greedy"]
    assert project.qml("replay", document["run_id"], "--json").document["verdict"] == "identical"


def test_a_plan_runs_nothing(project):
    before = project.runs
    found = project.qml("sample", "qubo", "path.json", "--dry-run", "--json").document
    assert (found["schema"], found["circuits"]) == ("qml.plan/1", 0)
    assert project.runs == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("away.json",), "no file"),
        ((), "no problem is named"),
        (("path.json", "--solver", "gibbs"), "unknown solver `gibbs`"),
        (("path.json", "--evaluations", "0"), "evaluations"),
    ],
)
def test_bad_input_makes_no_run(project, options, message):
    before = project.runs
    found = project.qml("sample", "qubo", *options, code=2)
    assert message in found.err
    assert project.runs == before


@pytest.mark.long  # a process of its own
def test_ctrl_c_prints_the_best_so_far(project):
    process = project.start(
        "sample", "qubo", "path.json", "-s", "greedy", "-s", "tabu", "--budget", "60s", "--json"
    )
    heard: list[str] = []
    for line in process.stderr:
        heard.append(line)
        if line.startswith("tabu") and "best" in line:
            break
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0, heard
    document = json.loads(out)
    assert document["interrupted"]
    assert [row["best"] for row in document["solvers"]] == [-2.0, -2.0]
