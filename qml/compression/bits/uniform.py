"""The plainest rival: one width for all."""

from qml.compression.bench import Bench
from qml.compression.candidate import Candidate
from qml.errors import PlanError


def uniform(bench: Bench, base: Candidate) -> Candidate:
    """Return all units in the widest format that fits the target.

    Raises:
        PlanError: Not even the narrowest fits; says the smallest that is within reach.
    """
    units = bench.subject.units
    assert bench.target.bpw is not None
    most = bench.exporter.budget(bench.subject, bench.target.bpw, base)
    costs = {
        form.name: sum(bench.exporter.cost(form, u.rows, u.columns) for u in units)
        for form in bench.formats
    }
    within = [form for form in bench.formats if costs[form.name] <= most]
    if not within:
        least = min(costs.values()) / sum(u.weights for u in units)
        raise PlanError(
            f"the target {bench.target.words()} is out of reach",
            hint=f"the smallest with these formats is {least:.2f}bpw",
        )
    form = max(within, key=lambda form: costs[form.name])
    parts = {unit.name: form.quantise(bench.weight(base, unit)) for unit in units}
    return Candidate(parts, base.others)
