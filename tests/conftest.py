"""Isolation for every test: no home of the user, no colours, a fixed width."""

import os
from pathlib import Path

import pytest
from support import Project, make_project


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MLFLOW_TRACKING_URI", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name in [n for n in os.environ if n.startswith("QML_") and n != "QML_TEST_DATA"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Test")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "test@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Test")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "test@example.org")


@pytest.fixture
def test_data() -> Path:
    """Folder of the shared data sets."""
    found = os.environ.get("QML_TEST_DATA")
    if not found:
        pytest.skip("QML_TEST_DATA is not set: the data sets are not part of the repository")
    return Path(found)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One compilation cache for all tests of a worker."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def project(tmp_path: Path, compiled: Path) -> Project:
    """A small project, and the installed `qml` in it."""
    return make_project(tmp_path, compiled)


LONG = (
    "tests/docs/test_examples.py::test_examples_run[docs/backends/ibm.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/budget.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/compress.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/costs.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/plan.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/predict.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/replay.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/train.md]",
    "tests/backends/test_third_party.py::test_a_simulator_trains",
    "tests/cli/emulate/test_ionq.py::test_from_ready_to_the_last_line",  # hangs now and then
    "tests/emulators/ionq/test_ionq_core_client.py::test_openqasm_3",  # its sockets, likewise
    "tests/ledger/test_processes.py::test_eight_processes_never_exceed_one_budget[sqlite]",
    "tests/e2e/test_backends.py::test_exact_backends_agree",
    "tests/e2e/test_backends.py::test_kernels_and_hybrids_train",
    "tests/e2e/test_paid.py::test_a_killed_process_adopts_its_job[6-before]",
    "tests/e2e/test_paid.py::test_a_route_takes_the_cheapest_and_says_so",
    "tests/e2e/test_paid.py::test_lost_replies_never_buy_twice",
    "tests/e2e/test_paid.py::test_nobody_spends_unasked_and_nothing_begins_that_cannot_be_paid",
    "tests/e2e/test_paid.py::test_the_free_simulator_needs_no_consent",
    "tests/templates/test_hardware_ci.py::test_the_rehearsal_bills_what_the_readme_states",
    "tests/algorithms/gradients/test_gradients.py::test_parameter_shift_equals_backprop[settings0]",
    "tests/algorithms/gradients/test_gradients.py::test_parameter_shift_equals_backprop[settings1]",
    "tests/algorithms/gradients/test_gradients.py::test_parameter_shift_equals_backprop[settings2]",
    "tests/e2e/test_interruption.py::test_two_trainings_at_once_do_not_disturb_each_other",
    "tests/e2e/test_replay.py::test_identical_with_shots_since_sampling_is_seeded",
    "tests/algorithms/training/test_kernel.py::test_published_accuracies_come_out_exactly",
    "tests/e2e/test_backends.py::test_training_on[default.qubit-settings1]",
    "tests/e2e/test_replay.py::test_statistically_equal_and_drifted_with_a_custom_circuit",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[classifier]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[custom]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[architecture-search]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[images]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[kernel]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[llm-compress]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[tune]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[generative]",
    "tests/templates/test_train.py::test_it_trains_from_the_command_line_and_its_script_runs[classifier]",
    "tests/templates/test_train.py::test_it_trains_from_the_command_line_and_its_script_runs[custom]",
    "tests/templates/test_tune.py::test_it_tunes_from_the_command_line[tune]",
    "tests/templates/test_train.py::test_it_trains_from_the_command_line_and_its_script_runs[kernel]",
    "tests/templates/test_train.py::test_it_trains_from_the_command_line_and_its_script_runs[images]",
    "tests/docs/test_examples.py::test_examples_run[docs/backends/ionq.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/bench.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/init.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/jobs.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/test.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/concepts/models.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/concepts/pricing.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/concepts/python.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/integrations/pytest.md]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[hardware-ci]",
    "tests/templates/test_own_tests.py::test_the_project_passes_its_own_tests[llm-sample]",
    "tests/tracking/mlflow/test_tracker.py::test_a_server_that_is_down_costs_little_and_loses_nothing",
    "tests/backends/dwave/test_machine.py::test_a_machine_is_priced_bought_once_and_replayed_for_nothing",
    "tests/backends/test_third_party.py::test_it_is_listed",
    "tests/backends/test_third_party.py::test_a_cloud_trains_through_the_ledger",
    "tests/e2e/test_backends.py::test_training_on[lightning-settings0]",
    "tests/e2e/test_paid.py::test_a_training_stops_at_its_cap_and_goes_on_without_buying_twice",
    (
        "tests/algorithms/initialisations/test_initialisations.py::"
        "test_gaussian_weights_keep_gradients_alive_and_uniform_ones_do_not[uniform-True]"
    ),
    "tests/cli/bench/test_bench.py::test_killed_and_resumed_it_goes_on",
    "tests/cli/tune/test_tune.py::test_some_trials_may_fail_and_all_must_not",
    "tests/tasks/sample/qubo/test_instance.py::test_a_run_knows_the_optimum_and_is_repeated",
    "tests/tasks/test_screen.py::test_the_table_ends_in_the_verdict",
    "tests/tasks/test_screen.py::test_its_page_shows_every_measure",
    "tests/tasks/test_screen.py::test_a_wide_file_is_reduced_and_says_so",
    "tests/algorithms/gradients/test_gradients.py::test_a_step_is_one_submission_of_the_planned_size",
    "tests/engine/test_compile.py::test_diagonal_read_out_equals_general_one",
    "tests/docs/test_examples.py::test_examples_run[docs/backends/writing-one.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/status.md]",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/sample-qubo.md]",
    "tests/e2e/test_backends.py::test_training_on[auto-settings4]",
    "tests/e2e/test_backends.py::test_training_on[aer-settings3]",
    "tests/cli/sample/test_model.py::test_trained_beside_its_rival_replayed_and_sampled",
    "tests/algorithms/gradients/test_gradients.py::test_spsa_averages_to_the_gradient",
    (
        "tests/algorithms/initialisations/test_initialisations.py::"
        "test_gaussian_weights_keep_gradients_alive_and_uniform_ones_do_not[gaussian-False]"
    ),
    "tests/e2e/test_backends.py::test_training_on[qsim-settings2]",
    "tests/cli/sample/test_model.py::test_a_vendors_machine_is_priced_asked_and_paid_once",
    "tests/e2e/test_paid.py::test_a_submission_that_nobody_lists_stops_with_exit_four",
    "tests/algorithms/gradients/test_gradients.py::test_parameter_shift_on_samples_comes_near",
    "tests/cli/tune/test_tune.py::test_a_study_goes_on_and_its_reports_agree",
    "tests/docs/test_examples.py::test_examples_run[docs/commands/sample-ising.md]",
)
"""Tests of many processes that `make long` and `make proof` run, so that a merge waits less."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the long tests."""
    for item in items:
        if item.nodeid in LONG:
            item.add_marker("long")
