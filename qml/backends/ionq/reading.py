"""Results of a job as counts."""

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

import numpy as np

from qml.backends.ionq.client import Client, Document
from qml.backends.ionq.ticket import Ticket
from qml.backends.ionq.translate import bits
from qml.errors import ProviderError
from qml.results.counts import Counts

_ONE = "ionq.result.probabilities.json.v1"
_MANY = "ionq.result.probabilities-aggregate.json.v1"
_WHOLE = 0.02
"""How far a probability times the shots may lie from a whole number, because of rounded digits."""

Distribution = Mapping[str, float]


def distributions(client: Client, job: Document, ticket: Ticket) -> list[Distribution]:
    """Read the distribution of every circuit, in the order in which they were sent.

    Raises:
        ProviderError: There are not as many as there were circuits.
    """
    payload = _payload(client, job)
    if len(ticket.wires) == 1:
        return [_checked(payload, job)]
    children = job.get("child_job_ids") or []
    if len(children) != len(ticket.wires) or set(children) != set(payload):
        raise ProviderError(
            f"job {job['id']} of IonQ has {len(ticket.wires)} circuits, and tells"
            f" {len(children)} of their names and {len(payload)} results"
        )
    return [_checked(payload[child], job) for child in children]


def sampled(distribution: Distribution, wires: int, shots: int, seed: list[int]) -> Counts:
    """Draw shots from exact probabilities: IonQ's ideal simulator does not sample.

    The same as `qml.backends.sampling.draw`, without a vector of all 2**wires outcomes.
    """
    outcomes = sorted((bits(o, wires), p) for o, p in distribution.items() if p > 0)
    weights = np.array([p for _, p in outcomes], dtype=np.float64)
    tally = np.random.default_rng(seed).multinomial(shots, weights / weights.sum())
    return Counts(wires, {o: int(n) for (o, _), n in zip(outcomes, tally, strict=True) if n})


def counted(distribution: Distribution, wires: int, shots: int, *, mitigated: bool) -> Counts:
    """Turn frequencies of a machine into counts.

    Args:
        distribution: Outcome to frequency, multiples of 1 / `shots`.
        wires: Width of the circuit.
        shots: Shots of the circuit.
        mitigated: Mitigated frequencies are weighted, so that they may lie between; they are
            rounded such that the counts add up (largest remainders).

    Raises:
        ProviderError: The frequencies are not those of `shots` shots.
    """
    expected = {bits(o, wires): p * shots for o, p in distribution.items()}
    if mitigated:
        return Counts(wires, _apportioned(expected, shots))
    tally = {o: round(x) for o, x in expected.items()}
    if sum(tally.values()) != shots or any(abs(tally[o] - x) > _WHOLE for o, x in expected.items()):
        raise ProviderError(
            f"IonQ tells frequencies that are not those of {shots} shots",
            hint="results are not made up: look at the job in IonQ's console",
        )
    return Counts(wires, {o: n for o, n in sorted(tally.items()) if n})


def _apportioned(expected: Mapping[str, float], shots: int) -> dict[str, int]:
    total = sum(expected.values())
    shares = {o: x * shots / total for o, x in sorted(expected.items())}
    tally = {o: floor(x) for o, x in shares.items()}
    left = shots - sum(tally.values())
    for outcome in sorted(shares, key=lambda o: tally[o] - shares[o])[:left]:
        tally[outcome] += 1
    return {o: n for o, n in tally.items() if n}


def _payload(client: Client, job: Document) -> Document:
    """Read the results in either of the shapes that IonQ's API names them in."""
    results = job.get("results") or {}
    legacy = results.get("probabilities")
    if isinstance(legacy, Mapping) and isinstance(legacy.get("url"), str):
        return client.results(legacy["url"])
    for name in (_ONE, _MANY):
        found = results.get(name)
        if isinstance(found, Mapping) and isinstance(found.get("id"), str):
            return client.artifact(str(job["id"]), found["id"])
    raise ProviderError(f"job {job['id']} of IonQ is done, and names no probabilities")


def _checked(payload: Any, job: Document) -> Distribution:
    if not isinstance(payload, Mapping) or not payload or not _numbers(list(payload.values())):
        raise ProviderError(f"job {job['id']} of IonQ tells no probabilities")
    return payload


def _numbers(values: Sequence[Any]) -> bool:
    return all(
        isinstance(v, (int, float)) and not isinstance(v, bool) and 0 <= v <= 1 + 1e-6
        for v in values
    ) and any(v > 0 for v in values)
