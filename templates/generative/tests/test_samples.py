"""New rows are rows of bits, the same for the same seed."""

import csv
from pathlib import Path

import qml

FEW = ["sample.model.count=200", "tracking.name=none"]


def test_rows_are_bits(outcome, project):
    sampled = qml.sample(root=project, set=FEW)
    assert sampled["model_run"] == outcome.run_id
    with (Path(sampled["run_dir"]) / sampled["file"]).open(newline="") as stream:
        header, *rows = csv.reader(stream)
    assert len(header) == 16
    assert len(rows) == 200
    assert {bit for row in rows for bit in row} == {"0", "1"}


def test_the_seed_decides(outcome, project):
    first, again, other = (
        qml.sample(root=project, set=[*FEW, f"sample.seed={seed}"])["digest"] for seed in (3, 3, 4)
    )
    assert first == again != other
