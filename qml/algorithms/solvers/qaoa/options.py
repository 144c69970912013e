"""Settings of QAOA."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section


class Options(Section):
    """Layers, angles, mixer."""

    layers: int = Field(5, ge=1, le=1000, description="Layers of phase and mixer (layers).")
    angles: Literal["fixed", "linear_ramp", "optimise"] = Field(
        "linear_ramp",
        description="Angles: a table for regular graphs, a linear ramp, or found by descent.",
    )
    delta_beta: float = Field(0.6, gt=0, description="Ramp of the mixers (rad).")
    delta_gamma: float = Field(
        0.6, gt=0, description="Ramp of the phases, over the largest weight in spins (rad)."
    )
    mixer: Literal["auto", "x", "xy", "grover"] = Field(
        "auto",
        description="Mixer; auto is x without constraints, xy where it keeps them all, else grover",
    )
    pairs: Literal["ring", "complete"] = Field(
        "ring", description="Pairs that xy exchanges in each group."
    )
    cvar: float = Field(
        1.0, gt=0, le=1, description="Share of the best shots that angles are chosen by (fraction)."
    )
    warm_start: Literal["auto", "none", "start", "relaxation"] = Field(
        "auto", description="Start of the x mixer; auto is the assignment given, if any, else none."
    )
    epsilon: float = Field(
        0.25, gt=0, le=0.5, description="Chance of the other bit in a warm start (fraction)."
    )
    penalty: float | None = Field(
        None, gt=0, description="Cost of a broken constraint under x; the largest flip if not set."
    )
    shots: int = Field(
        1000, ge=1, description="Shots drawn at a time where no backend sets them (shots)."
    )
    rounds: int = Field(
        1, ge=1, description="Samplings of the final circuit on a backend (submissions)."
    )
    iterations: int = Field(
        60, ge=1, description="Steps of the descent that finds angles (iterations)."
    )
    search: Literal["engine", "shots"] = Field(
        "engine", description="Where angles are found for a backend: on the engine, or by shots."
    )
