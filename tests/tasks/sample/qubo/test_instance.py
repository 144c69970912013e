"""`sample.qubo.instance`: a well-known problem in the place of a file, judged by its optimum."""

import pytest

from qml.tasks.sample.qubo.rows import standing_of


def test_a_run_knows_the_optimum_and_is_repeated(project, check):
    asked = ("sample", "qubo", "--instance", "bqp:1", "-s", "tabu", "-s", "annealing")
    found = check(project.qml(*asked, "--evaluations", "40", "--json").document)
    assert found["problem"]["file"] is None
    assert found["problem"]["known"] == pytest.approx(-14.886576, abs=1e-6)
    assert found["problem"]["optimum"] == found["problem"]["known"]
    best = found["solvers"][0]["best"]
    assert found["metrics"]["gap"] == pytest.approx(best - found["problem"]["known"])
    assert found["metrics"]["solved"] in (0.0, 1.0)
    again = project.qml("replay", found["run_id"], "--json").document
    assert again["verdict"].lower().startswith("identical")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--instance", "labs:99"), "there is no instance `labs:99`"),
        (("points.csv", "--instance", "labs:5"), "two problems are named"),
        ((), "no problem is named"),
    ],
)
def test_wrong_names_are_refused(project, arguments, said):
    found = project.qml("sample", "qubo", *arguments, code=2)
    assert said in " ".join(found.err.split())


@pytest.mark.parametrize(
    ("best", "gap", "shortfall", "solved"),
    [(-8.0, 0.0, 0.0, 1.0), (-6.0, 2.0, 0.25, 0.0), (8.0, 16.0, 1.0, 0.0), (None, None, 1.0, 0.0)],
)
def test_the_shortfall_is_a_share_of_the_optimum(best, gap, shortfall, solved):
    found = standing_of([{"best": best}, {"best": -8.0}], -8.0)
    assert found == {"gap": gap, "shortfall": shortfall, "solved": solved}


def test_without_a_known_optimum_nothing_is_said():
    assert standing_of([{"best": 1.0}], None) == {}
