"""Problems on machines: chains there and back, times, prices, and whole commands."""

import dimod
import numpy as np
import pytest
from backends.dwave.fake_sapi import NAME, FakeSapi
from hypothesis import given, settings
from hypothesis import strategies as st
from support import Project

from qml.algorithms.solvers import dwave
from qml.backends.base import Settings
from qml.backends.dwave import plugin
from qml.backends.dwave.embedding import lay
from qml.backends.dwave.timing import access_seconds
from qml.backends.registry import capabilities_of
from qml.circuits import Circuit, Gate, Work
from qml.circuits.ising import ising_circuit, read_ising
from qml.config.sections import BackendSection
from qml.errors import PlanError, UsageError
from qml.problems import compile_model
from qml.results.counts import Counts

FRUSTRATED = """{
  "h": {"a": 0.5, "b": -0.25, "c": 0},
  "J": [["a", "b", 1], ["b", "c", 1], ["a", "c", 1]]
}"""


@pytest.fixture
def sapi():
    found = FakeSapi()
    yield found
    found.close()


@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_spins_have_the_energies_of_the_bits(n, seed):
    rng = np.random.default_rng(seed)
    model = dimod.BinaryQuadraticModel(rng.normal(size=(n, n)), "BINARY")
    problem = compile_model(model)
    circuit = ising_circuit(problem.size, *dwave.spins(problem))
    found = read_ising(circuit)
    samples = rng.integers(0, 2, (8, n)).astype(np.int8)
    s = 1 - 2 * samples
    energies = s @ np.array([found.fields[i] for i in range(n)])
    energies += sum(j * s[:, a] * s[:, b] for (a, b), j in found.couplings.items())
    differences = problem.objectives(samples) - energies
    assert np.allclose(differences, differences[0])


def test_gates_are_refused():
    with pytest.raises(PlanError, match="runs no gate `h`"):
        read_ising(Circuit(1, (Gate("h", (0,), ()),)))


def test_the_mock_finds_the_ground_state_through_chains():
    """A complete graph of eight needs chains; a planted optimum that descents reach."""
    n, planted = 8, [1, -1, -1, 1, -1, 1, 1, -1]
    fields = {i: -float(planted[i]) for i in range(n)}
    couplings = {(i, j): -0.25 * planted[i] * planted[j] for i in range(n) for j in range(i)}
    backend = plugin(Settings(section=BackendSection(name="dwave")))
    (counts,) = backend.counts([ising_circuit(n, fields, couplings)], 20, 0)
    assert max(counts.tally, key=counts.tally.get) == "01101001"
    assert counts.shots == 20


def test_broken_chains_vote():
    adjacency = {0: {1}, 1: {0, 2}, 2: {1, 3}, 3: {2}}
    laid = lay(
        ising_circuit(1, {0: 1.0}, {}),
        adjacency,
        [(0, 1), (1, 2), (2, 3)],
        chain_strength=2.0,
        seed=0,
    )
    assert laid.read(Counts(1, {"1": 3})).tally == {"1": 3}


def test_a_machine_that_is_too_small_says_so():
    with pytest.raises(PlanError, match="does not fit"):
        lay(
            ising_circuit(3, {}, {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0}),
            {0: {1}, 1: {0}},
            [(0, 1)],
            chain_strength=None,
            seed=0,
        )


def test_the_access_time_is_the_vendors():
    """The vendor's own client gives 208,168 microseconds for 100 qubits and 1,000 reads."""
    found = access_seconds(None, qubits=100, reads=1000, annealing_time=None)
    assert found == pytest.approx(0.208168, abs=1e-6)


def test_machines_are_paid_and_remote_and_the_mock_is_not():
    machine = capabilities_of(BackendSection(name=f"dwave.{NAME}"))
    assert machine.paid
    assert machine.remote
    assert machine.billing == ("dwave", NAME)
    assert not capabilities_of(BackendSection(name="dwave")).paid


def test_without_a_key_it_says_where_to_put_one():
    backend = plugin(Settings(section=BackendSection(name=f"dwave.{NAME}")))
    with pytest.raises(UsageError, match="no key for D-Wave"):
        backend.ready()


def test_more_than_one_problem_a_job_is_refused(sapi):
    environ = {"DWAVE_API_ENDPOINT": sapi.url, "DWAVE_API_TOKEN": "key"}
    section = BackendSection(name=f"dwave.{NAME}")
    backend = plugin(Settings(section=section, environ=environ))
    work = Work(circuits=(ising_circuit(1, {0: 1.0}, {}),) * 2, shots=5)
    assert [len(part.circuits) for part in backend.split(work)] == [1, 1]


@pytest.fixture
def problem(project: Project) -> Project:
    (project.root / "p.json").write_text(FRUSTRATED)
    return project


@pytest.mark.long
def test_the_command_on_the_mock(problem):
    found = problem.qml(
        "sample",
        "qubo",
        "p.json",
        "--solver",
        "dwave",
        "--solver",
        "exact",
        "-b",
        "dwave",
        "--json",
    ).document
    rows = {row["solver"]: row for row in found["solvers"]}
    assert rows["dwave"]["best"] == pytest.approx(rows["exact"]["best"])


def test_a_machine_is_priced_bought_once_and_replayed_for_nothing(problem, sapi):
    access = {"DWAVE_API_ENDPOINT": sapi.url, "DWAVE_API_TOKEN": "key"}
    command = ["sample", "qubo", "p.json", "--solver", "dwave", "-b", f"dwave.{NAME}", "--json"]
    refused = problem.qml(*command, "--dry-run", code=2, **access)
    assert "sold by quotation" in refused.document["error"]["message"]
    with (problem.root / "qml.toml").open("a") as file:
        file.write(f'\n[pricing.dwave.{NAME}]\nrate = "2000"\nper = "3600"\n')
    plan = problem.qml(*command, "--dry-run", **access).document
    assert 0 < float(plan["cost"]["expected"]) < 1
    assert not sapi.posts
    run = problem.qml(*command, "--max-cost", "1", **access).document
    assert len(sapi.posts) == 1
    assert float(run["cost"]["billed"]) > 0
    again = problem.qml("replay", run["run_id"], "--json", **access).document
    assert again["verdict"] == "identical"
    assert len(sapi.posts) == 1
