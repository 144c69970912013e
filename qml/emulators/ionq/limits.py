"""Limits of the API (IonQ, API v0.4)."""

BODY_BYTES = 10 * 1024 * 1024
CIRCUITS = 5_000
GATES = 150_000
SHOTS = 1_000_000
DEFAULT_SHOTS = 100
DEBIASING_SHOTS = 500
METADATA_KEYS = 10
METADATA_KEY = 40
METADATA_VALUE = 40_000

TYPES = ("ionq.circuit.v1", "ionq.multi-circuit.v1", "ionq.qasm3.v1")
NOT_EMULATED = ("qctrl.qaoa.v1", "quantum-function")
