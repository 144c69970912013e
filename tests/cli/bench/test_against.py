"""The gate from the command line: its exit codes, and nothing runs where it cannot work."""

import json

from tests.benchmarking.documents import bench_document
from tests.benchmarking.worlds import classifiers


def test_gate_of_two_files(bench):
    import numpy as np

    results = classifiers(np.random.default_rng(0), {"iqp": ("quantum", 0.8)})
    for name, gates in (("a.json", 32), ("b.json", 64)):
        (bench.root / name).write_text(json.dumps(bench_document(results, gates=gates)))
    worse = bench.qml(
        "bench", "against", "a.json", "b.json", "--json", "--markdown", "c.md", code=1
    )
    assert worse.document["schema"] == "qml.bench-against/1"
    assert "two-qubit gates" in (bench.root / "c.md").read_text()
    bench.qml("bench", "--against", "missing.json", code=2)
    misspelt = bench.qml("bench", "--against", "a.json", "--fail-on", "acuracy=1%", code=2)
    assert "did you mean `accuracy`?" in misspelt.err
    assert not list(bench.root.glob("runs/*/manifest.json")), "nothing ran"
