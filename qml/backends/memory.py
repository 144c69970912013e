"""How many qubits fit into this machine's memory."""

import os


def most_qubits(*, bytes_each: int, copies: int, density: bool = False) -> int:
    """Return the most qubits whose state fits into half of the physical memory.

    Args:
        bytes_each: Bytes of one amplitude.
        copies: Copies of the state that the simulator holds at once.
        density: Whether the state is a density matrix, of 4**n entries.
    """
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    amplitudes = physical // 2 // (bytes_each * copies)
    qubits = max(1, amplitudes.bit_length() - 1)
    return qubits // 2 if density else qubits
