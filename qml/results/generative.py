"""What `qml train` found out about a generative model, and the sentence that says who won."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from qml.results.mmd import Estimate
from qml.results.outcome import Cost, ModelFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerativeRival:
    """One other model, trained on the same rows.

    Attributes:
        name: Registered name.
        parameters: Number of its trainable parameters.
        metrics: As those of the model.
        settings: Keys of `[train]` it was trained with.
        comparison: MMD^2 of the model minus that of the rival: `difference`, `difference_ci`
            (95 %, paired over the held-out rows where both distributions are known), and `ratio`,
            the rival's MMD^2 over the model's, None where either is not clearly above zero.
    """

    name: str
    parameters: int
    metrics: dict[str, Any]
    settings: dict[str, Any] = field(default_factory=dict)
    comparison: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerativeOutcome:
    """Everything that the training of a generative model found out.

    Attributes:
        run_id: Id of the run.
        name: The name it was given, or None.
        run_dir: Its folder.
        backend: Where the training ran.
        model: Size of the model.
        metrics: Held-out `mmd2` with the mean of the kernels and `mmd2_sigma_<sigma>`, each with
            its 95 % interval `_ci`; `tvd`; `loss`, times and amounts.
        target: What `tvd` is the distance to: `kind` (`exact`, `empirical` or `none`), `words`, and
            `training_rows`, the distance of the training rows' own frequencies.
        baselines: The rivals in the order of the table.
        strings: Most likely strings with their probability under data and models.
        pairs: Covariances of pairs of bits under data and models.
        verdict: One sentence on the comparison with the best rival.
        cost: Money.
    """

    run_id: str
    name: str | None
    run_dir: str
    backend: str
    model: ModelFacts
    metrics: dict[str, Any]
    target: dict[str, Any]
    baselines: tuple[GenerativeRival, ...]
    strings: tuple[dict[str, Any], ...]
    pairs: dict[str, list[float]]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.train-generative/1`."""
        facts = asdict(self)
        for key in ("baselines", "strings"):
            facts[key] = list(facts[key])
        return {"schema": "qml.train-generative/1", **facts}


def comparison(ours: Estimate, theirs: Estimate, apart: Estimate) -> dict[str, Any]:
    """Describe how the model stands against a rival.

    Args:
        ours: MMD^2 of the model.
        theirs: MMD^2 of the rival.
        apart: The first minus the second.
    """
    clear = ours.interval[0] > 0 and theirs.interval[0] > 0
    return {
        "difference": apart.value,
        "difference_ci": list(apart.interval),
        "ratio": theirs.value / ours.value if clear else None,
    }


def verdict(name: str, metrics: dict[str, Any], rivals: Sequence[GenerativeRival]) -> str:
    """Say who comes closest to the held-out rows, and how sure that is."""
    compared = [r for r in rivals if r.comparison is not None]
    if not compared:
        return f"Not compared: no rival was trained. Held-out MMD^2 of {name}: {_mmd2(metrics)}."
    best = min(compared, key=lambda r: r.metrics["mmd2"])
    others = "".join(_against(r) for r in compared if r is not best)
    return f"{_head(name, metrics, best)}{others}{_by_variation(metrics, compared)}."


def standing(compared: dict[str, Any]) -> str:
    """Return `ahead`, `behind` or `even`: where the model stands by the paired interval."""
    low, high = compared["difference_ci"]
    return "ahead" if high < 0 else "behind" if low > 0 else "even"


def _by_variation(metrics: dict[str, Any], rivals: Sequence[GenerativeRival]) -> str:
    """Name the rival that is closest by total variation distance, where that is not the model."""
    ours = metrics.get("tvd")
    known = [r for r in rivals if r.metrics.get("tvd") is not None]
    if ours is None or not known:
        return ""
    best = min(known, key=lambda r: r.metrics["tvd"])
    theirs = best.metrics["tvd"]
    if theirs >= ours:
        return ""
    return f"; by total variation distance {best.name} is closer, {theirs:.2f} against {ours:.2f}"


def _head(name: str, metrics: dict[str, Any], best: GenerativeRival) -> str:
    assert best.comparison is not None
    numbers = f"held-out MMD^2 {_mmd2(metrics)} against {_mmd2(best.metrics)}"
    match standing(best.comparison):
        case "ahead":
            return f"{name} is closer to the held-out rows than {best.name}: {numbers}"
        case "behind":
            return f"{best.name} wins: {name} has {numbers}"
        case _:
            return f"No difference shown between {name} and {best.name}: {numbers}"


def _against(rival: GenerativeRival) -> str:
    assert rival.comparison is not None
    ratio = rival.comparison["ratio"]
    match standing(rival.comparison):
        case "ahead":
            times = f" by a factor of {ratio:.1f}" if ratio else ""
            return f"; better than {rival.name}{times} ({_mmd2(rival.metrics)})"
        case "behind":
            return f"; worse than {rival.name} ({_mmd2(rival.metrics)})"
        case _:
            return f"; no difference shown to {rival.name} ({_mmd2(rival.metrics)})"


def _mmd2(metrics: dict[str, Any]) -> str:
    low, high = metrics["mmd2_ci"]
    return f"{metrics['mmd2']:.2g} [{low:.2g}, {high:.2g}]"
