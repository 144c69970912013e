"""From a dimod model to arrays."""

from typing import Any, TypeAlias

import dimod
import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError
from qml.problems.arrays import Arrays
from qml.problems.structure import Group, Limit, joined

Model: TypeAlias = dimod.BinaryQuadraticModel | dimod.ConstrainedQuadraticModel
"""What problems are: dimod's own classes."""


def compile_model(model: Model) -> Arrays:
    """Return the numbers of a model.

    Args:
        model: A binary quadratic model in bits or spins, or a constrained one over bits with linear
            constraints.

    Raises:
        DataError: A coefficient is not finite, a variable is neither a bit nor a spin, or a
            constraint is quadratic, soft, or cannot hold.
    """
    if isinstance(model, dimod.ConstrainedQuadraticModel):
        return _constrained(model)
    return _quadratic(model, spin=model.vartype is dimod.SPIN)


def _quadratic(model: dimod.BinaryQuadraticModel, *, spin: bool) -> Arrays:
    bits = model.change_vartype(dimod.BINARY, inplace=False) if spin else model
    names = tuple(bits.variables)
    diagonal, (rows, columns, values), constant = bits.to_numpy_vectors(variable_order=names)
    couplings = np.zeros((len(names), len(names)))
    couplings[rows, columns] = values
    couplings[columns, rows] = values
    linear, offset = np.array(diagonal, dtype=np.float64), float(constant)
    if spin:  # dimod has x = (1 + s) / 2; ours is x = (1 - s) / 2, so that |0> is spin +1
        offset += float(linear.sum() + couplings.sum() / 2)
        linear = -linear - couplings.sum(axis=1)
    _require_finite(names, linear, couplings, offset)
    return Arrays(names=names, linear=linear, couplings=couplings, offset=offset, spin=spin)


def _require_finite(
    names: tuple[Any, ...], linear: NDArray[Any], couplings: NDArray[Any], offset: float
) -> None:
    for i, j in np.argwhere(~np.isfinite(couplings)):
        raise DataError(f"the coefficient of `{names[i]}` and `{names[j]}` is {couplings[i, j]}")
    for i in np.flatnonzero(~np.isfinite(linear)):
        raise DataError(f"the coefficient of `{names[i]}` is {linear[i]}")
    if not np.isfinite(offset):
        raise DataError(f"the constant of the problem is {offset}")


def _constrained(model: dimod.ConstrainedQuadraticModel) -> Arrays:
    names = tuple(model.variables)
    for name in names:
        if model.vartype(name) is not dimod.BINARY:
            raise DataError(
                f"variable `{name}` is {model.vartype(name).name.lower()}, not binary",
                hint="declare it binary, or write it in bits (dimod.generators.binary_encoding)",
            )
    bits = dimod.BinaryQuadraticModel(dimod.BINARY)
    bits.add_linear_from((name, 0.0) for name in names)
    bits.add_linear_from(model.objective.linear)
    bits.add_quadratic_from((u, v, value) for (u, v), value in model.objective.quadratic.items())
    bits.offset += model.objective.offset
    whole = _quadratic(bits, spin=False)
    found = [_limit(str(label), c, whole.names) for label, c in model.constraints.items()]
    limits = [limit for limit in found if limit.weights.any()]
    groups = [group for limit in limits if (group := _group(limit)) is not None]
    return Arrays(
        names=whole.names,
        linear=whole.linear,
        couplings=whole.couplings,
        offset=whole.offset,
        groups=joined(groups),
        limits=tuple(limit for limit in limits if _group(limit) is None),
    )


def _limit(label: str, constraint: Any, names: tuple[Any, ...]) -> Limit:
    left = constraint.lhs
    if left.quadratic:
        raise DataError(
            f"constraint `{label}` is quadratic", hint="only linear constraints are understood"
        )
    if left.is_soft():
        raise DataError(f"constraint `{label}` is soft", hint="put its penalty into the objective")
    weights = np.zeros(len(names))
    place = {name: i for i, name in enumerate(names)}
    for name, value in left.linear.items():
        weights[place[name]] = value
    right = float(constraint.rhs) - float(left.offset)
    if not (np.isfinite(weights).all() and np.isfinite(right)):
        raise DataError(f"constraint `{label}` has a coefficient that is not finite")
    low = -np.inf if constraint.sense is dimod.sym.Sense.Le else right
    high = np.inf if constraint.sense is dimod.sym.Sense.Ge else right
    limit = Limit(label, weights, low, high)
    if not weights.any() and not limit.holds(np.zeros((1, len(names)), dtype=np.int8))[0]:
        raise DataError(f"constraint `{label}` has no variables and cannot hold")
    return limit


def _group(limit: Limit) -> Group | None:
    """Read a constraint whose weights are all 0 or c as a number of ones."""
    scale = limit.weights[np.flatnonzero(limit.weights)[0]]
    if not np.isin(limit.weights, (0.0, scale)).all():
        return None
    members = tuple(int(i) for i in np.flatnonzero(limit.weights))
    size, ends = len(members), sorted((limit.low / scale, limit.high / scale))
    low = max(0, int(np.ceil(ends[0] - 1e-9))) if np.isfinite(ends[0]) else 0
    high = min(size, int(np.floor(ends[1] + 1e-9))) if np.isfinite(ends[1]) else size
    if low > high or low > size:
        raise DataError(
            f"constraint `{limit.label}` cannot hold: no number of ones among its {size} variables"
            " is allowed",
            hint=f"it asks for {ends[0]:g} to {ends[1]:g} of them",
        )
    return Group(limit.label, members, low, high)
