"""What each number of a screen means, in a sentence."""

from collections.abc import Iterator
from typing import NamedTuple

from qml.benchmarking.screen.values import Screened
from qml.benchmarking.screen.verdict import SURE

_IMITATED = 0.95
_DIM = 0.5
"""Bits by which the variance falls with a qubit, from where on it is called exponential."""


class Sentence(NamedTuple):
    """A line of the page.

    Attributes:
        what: The measure.
        value: Its numbers.
        meaning: What they say about replacing the quantum model, or about running it.
    """

    what: str
    value: str
    meaning: str


def sentences(found: Screened) -> list[Sentence]:
    """Return the lines of a feature map."""
    return [
        *_kernels(found),
        _concentration(found),
        _surrogate(found),
        _twin(found),
        _entanglement(found),
        _magic(found),
    ]


def _kernels(found: Screened) -> Iterator[Sentence]:
    g, s, a, r = found.geometry, found.complexity, found.alignment, found.accuracy
    halves = "" if g["halves"] is None else f"; halves {g['halves'][0]:.3g} to {g['halves'][1]:.3g}"
    yield Sentence(
        "geometric difference",
        f"g = {g['g']:.3g} of sqrt(N) = {g['sqrt_rows']:.3g}{halves}",
        f"nearest is {g['nearest']}: on any labels it needs at most {g['g'] ** 2:.3g} times as many"
        " rows",
    )
    harder = "no harder" if s["classical"] <= s["quantum"] else "harder"
    yield Sentence(
        "complexity of the labels",
        f"s = {s['quantum']:.3g}; classical {s['classical']:.3g}, at lambda {s['ridge']:g}",
        f"these labels are {harder} for {s['kernel']} than for the quantum kernel",
    )
    less = "less than" if a["quantum"] < a["classical"] else "at least as much as"
    yield Sentence(
        "alignment with the labels",
        f"{a['quantum']:.3f}; classical {a['classical']:.3f}",
        f"before any fit the quantum kernel knows {less} {a['kernel']}",
    )
    word = _compared(r["quantum"], r["classical"], r["p_adjusted"])
    yield Sentence(
        "accuracy on rows left out",
        f"{r['quantum']:.3f}; classical {r['classical']:.3f}, p = {r['p_adjusted']:.2g}",
        f"the quantum machine is {word} the tuned classical one, {r['kernel']}",
    )


def _concentration(found: Screened) -> Sentence:
    c = found.concentration
    falls = c["bits_per_qubit"]
    if falls is None:
        trend = "with this many qubits no trend can be told"
    elif falls >= _DIM:
        trend = f"each qubit divides the variance by {2**falls:.2g}: the kernel concentrates"
    else:
        trend = "the variance does not fall exponentially up to here"
    return Sentence(
        "concentration",
        f"entries {c['mean']:.3g}, variance {c['variance']:.2g}",
        f"{trend}; {c['shots']:,} shots an entry tell two of them apart",
    )


def _surrogate(found: Screened) -> Sentence:
    s = found.surrogate
    enough = next((d["degree"] for d in s["degrees"] if d["share"] >= _IMITATED), None)
    best = max(s["share"], s["classical"])
    if enough is not None:
        meaning = f"frequencies up to {enough} imitate its answers: replace it by them"
    elif best >= _IMITATED:
        meaning = f"{s['kernel']} imitates its answers: replace it by that"
    else:
        meaning = "from so many rows no low-frequency model learns to imitate it"
    shares = ", ".join(f"{d['share']:.2f}" for d in s["degrees"])
    return Sentence(
        "low-frequency surrogate",
        f"R^2 = {shares} up to frequency 1, 2, 3; classical kernels {s['classical']:.2f}",
        meaning,
    )


def _twin(found: Screened) -> Sentence:
    r, a = found.accuracy, found.alignment
    if r["twin"] is None:
        return Sentence("separable twin", "itself", "no gate entangles: a product of sines does it")
    word = _compared(r["quantum"], r["twin"], r["twin_p_adjusted"])
    return Sentence(
        "separable twin",
        f"accuracy {r['twin']:.3f} (p = {r['twin_p_adjusted']:.2g}), alignment {a['twin']:.3f}",
        f"with its entangling gates the map is {word} itself without them",
    )


def _entanglement(found: Screened) -> Sentence:
    e = found.entanglement
    small = e["bond"] <= max(1, e["most"] // 2)
    meaning = (
        "matrix product states hold them with less than the full bond dimension"
        if small and e["most"] > 1
        else "matrix product states save nothing at this size"
    )
    return Sentence(
        "entanglement",
        f"{e['entropy']:.2f} bits (random {e['random']:.2f}), bond {e['bond']} of {e['most']}",
        meaning,
    )


def _magic(found: Screened) -> Sentence:
    m = found.magic
    entropy = "" if m["entropy"] is None else f"; magic {m['entropy']:.2f} of {m['most']:.2f} bits"
    few = m["away"] <= 0.1 * m["rotations"]
    return Sentence(
        "Clifford",
        f"{m['away']:.3g} of {m['rotations']} rotations are none{entropy}",
        "nearly a Clifford circuit: simulated at any size"
        if few
        else "Clifford simulation does not replace it",
    )


def _compared(ours: float, theirs: float, p_value: float) -> str:
    if p_value >= SURE or ours == theirs:
        return "not shown to differ from"
    return "better than" if ours > theirs else "worse than"
