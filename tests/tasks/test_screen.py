"""`qml bench screen`: from data to a page, recorded and repeated; bad input refused."""

import numpy as np
import pytest

QUICK = ("--set", "screen.halves=2", "--set", "screen.folds=3", "--rows", "40")


@pytest.fixture
def screened(project):
    return project, project.qml("bench", "screen", *QUICK, "-m", "iqp", "--json").document


def test_a_screen_keeps_to_its_schema_and_is_repeated(screened, check):
    project, document = screened
    found = check(document)
    (one,) = found["maps"]
    assert found["data"]["rows"] == 40
    assert found["data"]["source"] == "points.csv"
    assert one["geometry"]["g"] >= 0.9
    assert one["geometry"]["halves"][0] <= one["geometry"]["halves"][1]
    assert float(one["price"]["expected"]) > 0
    assert [s["what"] for s in one["says"]][:2] == [
        "geometric difference",
        "complexity of the labels",
    ]
    assert "advantage" in found["verdict"]
    again = project.qml("replay", found["run_id"], "--json").document
    assert again["verdict"].lower().startswith("identical")


def test_its_page_shows_every_measure(screened):
    project, document = screened
    page = (project.root / "runs" / document["run_id"] / "report.html").read_text()
    for said in document["maps"][0]["says"]:
        assert said["what"] in page


def test_the_table_ends_in_the_verdict(project):
    out = project.qml(
        "bench", "screen", "points.csv", *QUICK, "-m", "separable", "-o", "s.html"
    ).out
    assert "geometric difference" in out
    assert "nothing was bought" in " ".join(out.split())
    assert (project.root / "s.html").exists()


def test_a_wide_file_is_reduced_and_says_so(project):
    rows = np.random.default_rng(0).normal(size=(60, 5))
    lines = [",".join(f"{v:.4f}" for v in r) + f",{int(r[0] > 0)}" for r in rows]
    text = "\n".join(["a,b,c,d,e,label", *lines])
    (project.root / "wide.csv").write_text(text)
    wide = ("bench", "screen", "wide.csv", *QUICK, "-m", "separable", "--set", "screen.qubits=2")
    document = project.qml(*wide, "--json").document
    assert document["data"]["features"] == 2
    assert "5 features were reduced to 2 principal components" in document["notes"][0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("no_such_set",), "neither a data set nor a file"),
        (("-m", "fourier"), "unknown feature_map"),
        (("--rows", "5000"), "screen.rows"),
    ],
)
def test_bad_input_is_refused_before_a_run_is_made(project, arguments, said):
    found = project.qml("bench", "screen", *arguments, code=2)
    assert said in found.err
    assert not (project.root / "runs").exists()
