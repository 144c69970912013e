"""A document `qml.compress/1` as a run on a small language model makes it."""

from typing import Any

KINDS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
RUN = "20261121-100312-a1b2c3"


def row(method: str, label: str, **facts: Any) -> dict[str, Any]:
    """Return a line; of its divergence an interval follows."""
    empty = dict.fromkeys(
        (
            *("bytes", "bytes_predicted", "bits_per_weight", "unit_bits", "payload_bpw"),
            *("kl", "kl_ci", "perplexity", "perplexity_ci", "agreement", "accuracy", "same_as"),
            *("tokens_per_second", "seconds", "evaluations", "objective", "bound", "gap"),
        )
    )
    flags = {"proven": False, "chosen": False, "rival": True, "price": "0.00", "note": ""}
    found = {**empty, **flags, "method": method, "label": label, **facts}
    if found["kl"] is not None:
        spread = 0.08 * found["kl"]
        found["kl_ci"] = [found["kl"] - spread, found["kl"] + spread]
    if found["perplexity"] is not None:
        found["perplexity_ci"] = [0.85 * found["perplexity"], 1.17 * found["perplexity"]]
    return found


def comparison(chosen: str, rival: str, ratio: float, **facts: Any) -> dict[str, Any]:
    """Return a pair; the interval of the ratio is 5 points wide at each side."""
    return {
        "chosen": chosen,
        "rival": rival,
        "same": False,
        "size": 1.0,
        "difference": 0.3 * (ratio - 1),
        "difference_ci": [0.3 * (ratio - 1.05), 0.3 * (ratio - 0.95)],
        "ratio": ratio,
        "ratio_ci": [ratio - 0.05, ratio + 0.05],
        "p_value": 0.001,
        "p_adjusted": 0.003,
        **facts,
    }


def lines() -> list[dict[str, Any]]:
    """Return a teacher, a choice, four rivals and a file."""
    size = {"payload_bpw": 4.0, "unit_bits": 4.5, "bytes_predicted": 173_000_000}
    size |= {"bits_per_weight": 10.3, "seconds": 0.05, "agreement": 0.71, "accuracy": 0.33}
    teacher = {"payload_bpw": 32.0, "bytes_predicted": 538_000_000, "kl": 0.0, "perplexity": 30.7}
    teacher |= {"tokens_per_second": 14.2, "agreement": 1.0, "rival": False}
    optimum = {"objective": 0.195, "bound": 0.195, "gap": 0.0, "proven": True}
    near = {"objective": 0.1951, "bound": 0.195, "gap": 0.0005, "evaluations": 20_000}
    smaller = size | {"bytes_predicted": 168_000_000, "payload_bpw": 3.6}
    return [
        row("teacher", "dequantised Q4_1", **teacher),
        row("bits", "ilp", **size, **optimum, kl=0.244, perplexity=39.2, chosen=True, rival=False),
        row("bits", "uniform", **size, kl=0.351, perplexity=39.7),
        row("bits", "random", **size, kl=0.559, perplexity=51.7, note="seed 0 <of> many"),
        row("bits", "greedy", **size, **optimum, kl=0.244, perplexity=39.2, same_as="ilp"),
        row("bits", "annealing", **smaller, **near, kl=0.31, perplexity=40.1),
        row("bits", "qaoa", objective=0.2, gap=0.02, bound=0.195, seconds=2.0),
        row("export", "gguf", **{**size, "bytes": 96_412_345}, kl=0.2445, perplexity=39.3)
        | {"tokens_per_second": 66.1, "rival": False, "note": "model.gguf, read back and run"},
    ]


def blocks() -> dict[str, dict[str, Any]]:
    """Return what `prune` found on small blocks."""
    way = {"ratio_to_wanda": 1.0, "loss": 0.7, "best": 3, "blocks": 24, "evaluations": 0}
    best = {"ratio_to_wanda": 0.612, "loss": 0.4, "best": 24, "evaluations": 98_304}
    return {"wanda": {**way, "seconds": 0.01}, "exact": {**way, **best, "seconds": 0.8}}


def document(**changes: Any) -> dict[str, Any]:
    """Return the document."""
    units = [
        {
            "unit": f"model.layers.{layer}.{kind}",
            "group": str(layer),
            "kind": kind,
            "weights": 331_776 if kind in KINDS[:4] else 884_736,
            "format": f"int{(2, 3, 4, 6, 8)[(layer * 3 + place) % 5]}g64",
            "bits": float((2, 3, 4, 6, 8)[(layer * 3 + place) % 5]),
        }
        for layer in range(30)
        for place, kind in enumerate(KINDS)
    ]
    export = {"path": "artifacts/export/model.gguf", "format": "gguf", "sha256": 64 * "a"}
    export |= {"bytes": 96_412_345, "bytes_predicted": 96_400_000, "copied_to": None}
    return {
        "schema": "qml.compress/1",
        "run_id": RUN,
        "name": None,
        "run_dir": f"runs/{RUN}",
        "backend": "local",
        "model": {
            "source": "gguf:smollm2",
            "sha256": 64 * "b",
            "engine": "transformers 5.23, torch 2.13.0",
            "parameters": 134_515_008,
            "units": 210,
            "unit_parameters": 106_168_320,
        },
        "target": "4bpw",
        "held_out": {
            "outputs": 1341,
            "noun": "token",
            "drawn": "42 blocks of up to 32 tokens in 3 chunks",
            "samples": 10_000,
            "confidence": 0.95,
        },
        "rows": lines(),
        "comparisons": [
            comparison("bits/ilp", "bits/uniform", 0.70),
            comparison("bits/ilp", "bits/random", 0.44),
            comparison("bits/ilp", "bits/greedy", 1.0, same=True),
            comparison("bits/ilp", "bits/annealing", 0.79, size=0.9),
        ],
        "allocation": units,
        "steps": {"bits": {"sensitivities": "measured"}},
        "export": export,
        "stopped": {"reason": "done", "words": "all methods are done", "exit_code": 0},
        "notes": ["the teacher is dequantised <Q4_1>"],
        "metrics": {"kl": 0.244, "peak_memory_bytes": 3 * 2**30},
        "verdict": "ilp at 4 bits: KL 0.244, 30 % below uniform; greedy ties.",
        "cost": {"estimated": "0.00", "billed": "0.00", "currency": "USD"},
        **changes,
    }
