"""Ways of removing heads and neurons by their names in `[compress.prune]`."""

from collections.abc import Callable

from torch import Tensor

from qml.compression.prune.structured_selection import (
    Chooser,
    by_loss,
    by_pairs,
    by_size,
    one_by_one,
    refitted,
)

Cut = Callable[[Tensor, Tensor, int, int], tuple[Tensor, Tensor]]
"""From the consumer's weight, H, columns of a thing and the number that goes to the consumer's new
weight and the things that stay."""


def _plainly(choose: Chooser) -> Cut:
    def cut(weight: Tensor, hessian: Tensor, size: int, gone: int) -> tuple[Tensor, Tensor]:
        stay = choose(weight, hessian, size, gone)
        return weight * stay.repeat_interleave(size), stay

    return cut


def _refitting(*choices: Chooser) -> Cut:
    """Return the cut of least loss after the update."""

    def cut(weight: Tensor, hessian: Tensor, size: int, gone: int) -> tuple[Tensor, Tensor]:
        found = []
        for choose in choices:
            stay = choose(weight, hessian, size, gone)
            fitted = refitted(weight, hessian, size, stay)
            loss = float((((fitted - weight) @ hessian) * (fitted - weight)).sum())
            found.append((loss, fitted, stay))
        _, fitted, stay = min(found, key=lambda one: one[0])
        return fitted, stay

    return cut


CUTS: dict[str, Cut] = {
    "magnitude": _plainly(by_size),
    "wanda": _plainly(by_loss),
    "wanda_update": _refitting(by_loss),
    "sparsegpt": _refitting(one_by_one),
    "brain_surgeon_mask": _plainly(by_pairs),
    "brain_surgeon": _refitting(by_loss, by_pairs, one_by_one),
}
ABOUT = {
    "magnitude": "those whose columns have the smallest norms, no update",
    "wanda": "those that cost least alone, no update",
    "wanda_update": "those that cost least alone, then the best columns of what stays",
    "sparsegpt": "one by one with updates, as ZipLM",
    "brain_surgeon_mask": "exchanges by pair terms, no update",
    "brain_surgeon": "the best of cost alone, pair terms and one by one, after the update",
}
