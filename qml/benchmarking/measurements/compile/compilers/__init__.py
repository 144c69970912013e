"""Compilers to IonQ's Forte gates, one a file: `compiled(circuit)` returns gpi, gpi2, zz, rz, swap.

What is left for who reads the counts (RZ at the end, the permutation of wires) is said as RZ and
SWAP, which are not counted.
"""
