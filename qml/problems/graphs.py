"""Graphs whose largest cut is known, as lists of edges."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations, product

Edges = list[tuple[int, int]]

_REGULAR = (
    "02050715191d272834363847495b696c8babacadcd",
    "010708141b25292d35363d4a4d586a6b7b7c899cac",
    "01060c161828292d34353b474b575a6d7a8a9c9dbc",
    "03070912161d282d3a3c45494b565b687a7c8c9abd",
    "010607161c24282c383a3b494b5a5b5d677c8d9a9d",
    "0103051213282b3c464b4d5859696d797a7c8aadbc",
    "020b0c17181b2329393d464c4d56585a697a7d8cab",
    "0105081a1d23242c3b3d464a585b67697b7c8d9a9c",
    "060709131417252c2d373b4a4c5a5d686b8a8c9b9d",
    "06090c13191d27282a353d4648495c5d687a7babbc",
    "04080c13151a2628293637474c595a687d9babbdcd",
    "02060716181d232c373a46494c585a5b7d8b9a9bcd",
    "04090b16181a23272c373b4748585a5d6b6c9a9dcd",
    "01070d131a252a2c393a454b4c58676b6d7c898b9d",
    "0104051215262b343c3d45696d78797a8a8b9baccd",
)
"""networkx.random_regular_graph(3, 14, seed) for seeds 0 to 14 (networkx 3.6): two hexadecimal
digits an edge. Written down, since another release may draw other graphs."""


def petersen() -> Edges:
    """Return the Petersen graph: 15 edges, largest cut 12."""
    return [
        edge for i in range(5) for edge in ((i, (i + 1) % 5), (i, i + 5), (5 + i, 5 + (i + 2) % 5))
    ]


def heawood() -> Edges:
    """Return the Heawood graph: 21 edges, all of which can be cut."""
    ring = [(i, (i + 1) % 14) for i in range(14)]
    return ring + [(i, (i + 5) % 14) for i in range(0, 14, 2)]


def complete_bipartite(part: int) -> Edges:
    """Return K_(part, part): part^2 edges, all of which can be cut."""
    return [(i, part + j) for i, j in product(range(part), repeat=2)]


def cube(dimension: int) -> Edges:
    """Return a hypercube: all its edges can be cut."""
    nodes = range(2**dimension)
    return [(i, j) for i, j in combinations(nodes, 2) if (i ^ j).bit_count() == 1]


def regular(seed: int) -> Edges:
    """Return a random 3-regular graph of 14 nodes, 21 edges.

    Args:
        seed: 0 to 14.
    """
    return list(_pairs(_REGULAR[seed]))


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    for place in range(0, len(text), 2):
        yield int(text[place], 16), int(text[place + 1], 16)


NAMED: dict[str, Callable[[], Edges]] = {
    "k33": lambda: complete_bipartite(3),
    "petersen": petersen,
    "heawood": heawood,
    "k44": lambda: complete_bipartite(4),
    "cube4": lambda: cube(4),
    **{f"regular{seed}": partial(regular, seed) for seed in range(len(_REGULAR))},
}
"""Graphs by name, made when they are asked for."""
