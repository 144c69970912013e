"""From a dimod model to arrays."""

from typing import Any, TypeAlias

import dimod
import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.problems.arrays import Arrays
from qml.problems.structure import Group, Limit

Model: TypeAlias = dimod.BinaryQuadraticModel | dimod.ConstrainedQuadraticModel
"""What problems are: dimod's own classes."""


def compile_model(model: Model) -> Arrays:
    """Return the numbers of a model.

    Args:
        model: A binary quadratic model in bits or spins, or a constrained one over bits with linear
            constraints.

    Raises:
        DataError: A coefficient is not finite, a variable is neither a bit nor a spin, or a
            constraint is quadratic.
    """
    if isinstance(model, dimod.ConstrainedQuadraticModel):
        return _constrained(model)
    return _quadratic(model, spin=model.vartype is dimod.SPIN)


def _quadratic(model: dimod.BinaryQuadraticModel, *, spin: bool) -> Arrays:
    bits = model.change_vartype(dimod.BINARY, inplace=False) if spin else model
    names = tuple(bits.variables)
    place = {name: i for i, name in enumerate(names)}
    couplings = np.zeros((len(names), len(names)))
    for (u, v), value in bits.quadratic.items():
        couplings[place[u], place[v]] = couplings[place[v], place[u]] = value
    linear = np.array([bits.linear[name] for name in names], dtype=float)
    offset = float(bits.offset)
    if spin:  # dimod has x = (1 + s) / 2; ours is x = (1 - s) / 2, so that |0> is spin +1
        offset += float(linear.sum() + couplings.sum() / 2)
        linear = -linear - couplings.sum(axis=1)
    _require_finite(names, linear, couplings, offset)
    return Arrays(names=names, linear=linear, couplings=couplings, offset=offset, spin=spin)


def _require_finite(
    names: tuple[Any, ...], linear: NDArray[Any], couplings: NDArray[Any], offset: float
) -> None:
    if not np.isfinite(offset):
        raise DataError(f"the constant of the problem is {offset}")
    for i in np.flatnonzero(~np.isfinite(linear)):
        raise DataError(f"the coefficient of `{names[i]}` is {linear[i]}")
    for i, j in np.argwhere(~np.isfinite(couplings)):
        raise DataError(f"the coefficient of `{names[i]}` and `{names[j]}` is {couplings[i, j]}")


def _constrained(model: dimod.ConstrainedQuadraticModel) -> Arrays:
    names = tuple(model.variables)
    for name in names:
        if model.vartype(name) is not dimod.BINARY:
            raise DataError(
                f"variable `{name}` is {model.vartype(name).name.lower()}, not binary",
                hint="write it in bits, e.g. with dimod.generators.binary_encoding",
            )
    bits = dimod.BinaryQuadraticModel(dimod.BINARY)
    for name in names:
        bits.add_linear(name, 0.0)
    for name, value in model.objective.linear.items():
        bits.add_linear(name, value)
    for (u, v), value in model.objective.quadratic.items():
        bits.add_quadratic(u, v, value)
    bits.offset += model.objective.offset
    whole = _quadratic(bits, spin=False)
    groups: list[Group] = []
    limits: list[Limit] = []
    for label, constraint in model.constraints.items():
        limit = _limit(str(label), constraint, whole.names)
        group = _group(limit)
        if group is None:
            limits.append(limit)
        else:
            groups.append(group)
    return Arrays(
        names=whole.names,
        linear=whole.linear,
        couplings=whole.couplings,
        offset=whole.offset,
        groups=tuple(groups),
        limits=tuple(limits),
    )


def _limit(label: str, constraint: Any, names: tuple[Any, ...]) -> Limit:
    left = constraint.lhs
    if left.quadratic:
        raise DataError(
            f"constraint `{label}` is quadratic", hint="only linear constraints are understood"
        )
    weights = np.zeros(len(names))
    place = {name: i for i, name in enumerate(names)}
    for name, value in left.linear.items():
        weights[place[name]] = value
    right = float(constraint.rhs) - float(left.offset)
    if not (np.isfinite(weights).all() and np.isfinite(right)):
        raise DataError(f"constraint `{label}` has a coefficient that is not finite")
    low = -np.inf if constraint.sense is dimod.sym.Sense.Le else right
    high = np.inf if constraint.sense is dimod.sym.Sense.Ge else right
    return Limit(label, weights, low, high)


def _group(limit: Limit) -> Group | None:
    """Read a constraint whose weights are all 0 or 1 as a number of ones."""
    if not set(np.unique(limit.weights)) <= {0.0, 1.0}:
        return None
    members = tuple(int(i) for i in np.flatnonzero(limit.weights))
    low = max(0, int(np.ceil(limit.low - 1e-9))) if np.isfinite(limit.low) else 0
    size = len(members)
    high = min(size, int(np.floor(limit.high + 1e-9))) if np.isfinite(limit.high) else size
    if low > high or low > size:
        raise DataError(
            f"constraint `{limit.label}` cannot hold: it asks for {low} to {high} ones among"
            f" {size} variables"
        )
    return Group(limit.label, members, low, high)
