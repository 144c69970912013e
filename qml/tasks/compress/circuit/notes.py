"""What a reader must know of a pruning, in sentences."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qml.compression.circuit.measuring import Measured
from qml.config import Config

if TYPE_CHECKING:
    from qml.tasks.compress.circuit.source import Source

_SMALL = 1e-6
"""Losses that are closer than this are equal (nats)."""


def notes_of(
    source: "Source", measured: Measured, rows: list[dict[str, Any]], *, interrupted: bool
) -> tuple[str, ...]:
    """Return notes."""
    notes = [_expansion_note(measured)]
    if rows[0]["price"]["minimum_applies"]:
        notes.append("the machine's minimum price per job applies: fewer gates cannot go below it")
    section = source.stored.backend
    if section.shots or section.name not in {"jax", "auto"}:
        shots = f", {section.shots} shots" if section.shots else ""
        notes.append(
            f"the model was trained on {section.name}{shots}; cuts are chosen and judged by exact"
            " simulation"
        )
    if interrupted:
        notes.append("stopped before every rival had its turn")
    return tuple(notes)


def _expansion_note(measured: Measured) -> str:
    found = {e.name: a for e, a in zip(measured.found, measured.agreements, strict=True)}
    said = ", ".join(f"{name} {value:.2f}" for name, value in found.items())
    best = measured.best
    end = (
        "its pair terms make the choice a quadratic problem"
        if best.quadratic
        else "it has no pair terms, so that sorting finds the optimum and a QUBO adds nothing"
    )
    return (
        f"rank correlation with true losses of held-out cuts: {said}; `{best.name}` is used, {end}"
    )


def verdict_of(rows: list[dict[str, Any]], config: Config) -> str:
    """Say what was reached, and which choice was best on the rows that decide."""
    whole, kept = rows[0], next(row for row in rows if row["chosen"])
    return f"{_reached(whole, kept)}; {_price(whole, kept, config)}. {_who(rows, kept)}"


def _reached(whole: dict[str, Any], kept: dict[str, Any]) -> str:
    return (
        f"{kept['two_qubit']} of {whole['two_qubit']} two-qubit gates and {kept['parameters']} of"
        f" {whole['parameters']} parameters are left: test accuracy {kept['accuracy']:.1%}"
        f" instead of {whole['accuracy']:.1%}"
    )


def _price(whole: dict[str, Any], kept: dict[str, Any], config: Config) -> str:
    wanted = config.compress.circuit
    before, after = (Decimal(row["price"]["expected"]) for row in (whole, kept))
    if not before:
        return f"predictions on {wanted.price_on} cost nothing"
    change = (after - before) / before
    return (
        f"{wanted.price_rows:,} predictions on {wanted.price_on} cost {after:,.2f} instead of"
        f" {before:,.2f} {kept['price']['currency']} ({change:+.0%})"
    )


def _who(rows: list[dict[str, Any]], kept: dict[str, Any]) -> str:
    """Tell honestly whether the solver's cut or a rival's is kept."""
    solver = next((row for row in rows[1:] if not row["rival"]), kept)
    others = [row for row in rows[1:] if row["rival"]]
    if not others:
        return f"`{solver['label']}` had no rival"
    best = min(others, key=lambda row: row["train_loss"])
    gap = best["train_loss"] - solver["train_loss"]
    if abs(gap) < _SMALL:
        return f"`{solver['label']}` and the rival `{best['label']}` are equal on training rows"
    if gap > 0:
        return f"`{solver['label']}` beats every rival on training rows; next is `{best['label']}`"
    return (
        f"The rival `{best['label']}` beats `{solver['label']}` on training rows by"
        f" {-gap:.3g} nats, and is what is kept"
    )
