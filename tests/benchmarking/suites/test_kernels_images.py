"""The suites `kernels` and `images`: quantum columns beside twins and rivals of equal budget."""

import pytest

from qml.algorithms.baselines.rbf_svc import STRENGTHS as RIVALS_STRENGTHS
from qml.algorithms.baselines.rbf_svc import WIDTHS
from qml.algorithms.training.choice import BANDWIDTHS, STRENGTHS
from qml.benchmarking.base import Wanted
from qml.benchmarking.suites import images, kernels
from qml.config import Config
from qml.tasks.bench.matrix import cell_config


def build(module, project=None, **keys):
    keys = {"backends": ("jax",), "seeds": (0, 1), **keys}
    return module.build(Wanted(project=project or {"data": {}}, **keys))


@pytest.fixture(autouse=True)
def no_folder(monkeypatch):
    monkeypatch.delenv("QML_DATA_DIR", raising=False)


@pytest.mark.parametrize("module", [kernels, images])
def test_cells_are_valid_and_every_row_has_twin_and_rivals(module):
    suite = build(module)
    by_row = {}
    for cell in suite.cells:
        config = cell_config(cell, suite, Config())
        assert not (cell.verb == "train" and config.baselines.enabled)
        by_row.setdefault((cell.place.data, cell.place.seed), []).append(cell)
    for cells in by_row.values():
        assert {"quantum", "twin", "classical"} == {cell.role for cell in cells}
        rows = [{k: v for k, v in c.settings.items() if k.startswith("data.")} for c in cells]
        assert all(row == rows[0] for row in rows), "all models see the same rows"


def test_both_sides_try_as_many_settings():
    assert len(STRENGTHS) * len(BANDWIDTHS) == len(RIVALS_STRENGTHS) * len(WIDTHS)
    assert STRENGTHS == RIVALS_STRENGTHS
    for cell in build(kernels).cells:
        if cell.verb == "train":
            assert cell.settings["model.C"] == cell.settings["model.bandwidth"] == "auto"


def test_each_seed_draws_synthetic_rows_anew():
    cells = build(kernels, models=("iqp",), data=("bars_and_stripes_3x3",)).cells
    assert [cell.settings["data.options"]["seed"] for cell in cells] == [42, 43]


@pytest.mark.parametrize(
    ("module", "name"), [(kernels, "fashion_mnist_0_6"), (images, "fashion_mnist")]
)
def test_fashion_mnist_is_fetched_for_nobody_who_did_not_ask(module, name, tmp_path, monkeypatch):
    def rows(suite):
        return {cell.place.data for cell in suite.cells}

    without = build(module)
    assert name not in rows(without)
    assert any("set QML_DATA_DIR" in note for note in without.notes)
    asked = build(module, data=(name,))
    assert rows(asked) == {name}
    assert not any("left out" in note for note in asked.notes)
    told = build(module, project={"data": {"dir": "images"}})
    assert name in rows(told)
    chosen = [c for c in told.cells if c.place.data == name]
    assert {c.settings["data.dir"] for c in chosen} == {"images"}
    (tmp_path / "fashion-mnist").mkdir()
    monkeypatch.setenv("QML_DATA_DIR", str(tmp_path))
    assert name in rows(build(module))


def test_the_network_is_matched_to_the_hybrid_model():
    cell = next(c for c in build(images).cells if c.place.model == "mlp")
    assert cell.settings["model.kind"] == "hybrid"
