"""`qml sample ising` as a person types it."""

import csv
import json

import pytest
from support import make_project

GLASS = {"h": [-0.5, 0.25, -0.75, 1.0], "J": [[0, 1, -1.0], [0, 2, 1.0], [1, 2, -0.5]]}
QUICK = ("-n", "20", "--evaluations", "400", "--chains", "2")


@pytest.fixture(scope="module")
def project(tmp_path_factory, compiled):
    made = make_project(tmp_path_factory.mktemp("ising"), compiled)
    (made.root / "glass.json").write_text(json.dumps(GLASS))
    return made


def test_a_table_a_verdict_a_file_and_a_report(project):
    found = project.qml("sample", "ising", "glass.json", "-T", "1", *QUICK, "-o", "drawn.csv")
    for word in ("metropolis", "qemcmc", "ESS/1,000 evals", "R-hat", "left out: swendsen_wang"):
        assert word in found.out
    said = " ".join(found.out.split())
    assert "effective samples per second" in said or "Not decided" in said
    with (project.root / "drawn.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 20
    assert list(rows[0]) == ["energy", "0", "1", "2", "3"]
    report = (project.runs[-1] / "report.html").read_text()
    for word in ("Methods side by side", "Energies", "Traces", "Boltzmann samples, 4 spins"):
        assert word in report


def test_what_the_configuration_says_and_the_document(project):
    toml = project.root / "qml.toml"
    before = toml.read_text()
    toml.write_text(
        f"{before}\n[sample]\nkind = 'ising'\n[sample.ising]\nfile = 'glass.json'\n"
        "temperature = 2.0\ncount = 10\nevaluations = 200\nmethods = ['metropolis']\n"
    )
    document = project.qml("sample", "--json").document
    toml.write_text(before)
    assert document["schema"] == "qml.sample-ising/1"
    assert document["problem"]["temperature"] == 2.0
    assert [row["method"] for row in document["methods"]] == ["metropolis"]
    replayed = project.qml("replay", document["run_id"], "--json").document
    assert replayed["verdict"] == "identical"


def test_a_plan_runs_nothing(project):
    before = project.runs
    found = project.qml("sample", "ising", "glass.json", "-T", "1", "--dry-run", "--json").document
    assert (found["schema"], found["circuits"]) == ("qml.plan/1", 0)
    assert project.runs == before


@pytest.mark.parametrize(
    "options, message",
    [
        (("away.json", "-T", "1"), "no file"),
        (("glass.json",), "no temperature is given"),
        (("glass.json", "-T", "0"), "greater than 0"),
        (("glass.json", "-T", "1", "--method", "gibbs"), "unknown sampler `gibbs`"),
        (("glass.json", "-T", "1", "--method", "swendsen_wang"), "frustrated"),
    ],
)
def test_bad_input_makes_no_run(project, options, message):
    before = project.runs
    found = project.qml("sample", "ising", *options, code=2)
    assert message in found.err
    assert project.runs == before
