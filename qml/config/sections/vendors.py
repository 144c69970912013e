"""`[backend.ionq]`, `ibm`, `braket`, `azure`, `dwave`: vendors' settings.

Credentials have no key here: they come from the environment, the keyring or a private file.
"""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from qml.config.base import Section


class IonqSection(Section):
    """IonQ's own cloud."""

    device: str = Field(
        "simulator", min_length=1, description="The machine that a bare `ionq` means."
    )
    native: bool = Field(
        default=True,
        description="Compile to native gates here, before anything is priced or sent.",
    )
    debiasing: bool = Field(
        default=False,
        description="IonQ's error mitigation; it needs 500 shots and raises the job minimum.",
    )
    session_cost_limit: Decimal | None = Field(
        None, gt=0, description="Cost limit of the IonQ session that a run opens (USD)."
    )


class IbmSection(Section):
    """IBM Quantum."""

    device: str = Field(
        "fake_manila", min_length=1, description="The machine that a bare `ibm` means."
    )
    plan: Literal["open", "pay-as-you-go", "flex", "premium"] = Field(
        "pay-as-you-go", description="The plan whose price per second is used."
    )
    instance: str | None = Field(None, description="CRN of the instance; the account's default.")
    mode: Literal["job", "batch", "session"] = Field("job", description="How jobs are grouped.")
    fractional: bool = Field(
        default=False, description="Use fractional gates where the machine has them."
    )
    max_execution_time: int | None = Field(
        None, ge=1, description="IBM cancels a job that runs longer (seconds)."
    )


class BraketSection(Section):
    """Amazon Braket."""

    device: str = Field(
        "local", min_length=1, description="The machine that a bare `braket` means."
    )
    program_sets: bool = Field(
        default=True, description="Send many circuits as one task, for one task fee."
    )
    bucket: str | None = Field(
        None, description="S3 bucket for results; the account's default bucket of Braket."
    )


class AzureSection(Section):
    """Azure Quantum."""

    device: str = Field(
        "forte-1", min_length=1, description="The machine that a bare `azure` means."
    )
    workspace: str | None = Field(None, description="Resource id of the workspace.")
    native: bool = Field(
        default=True, description="Compile to native gates here, before anything is priced or sent."
    )
    debiasing: bool = Field(
        default=False, description="IonQ's error mitigation; it raises the job minimum."
    )


class DwaveSection(Section):
    """D-Wave's annealers."""

    device: str = Field("mock", min_length=1, description="The machine that a bare `dwave` means.")
    annealing_time: float | None = Field(
        None, gt=0, description="Time of one anneal; the machine's own default (microseconds)."
    )
    chain_strength: float | None = Field(
        None, gt=0, description="Coupling within a chain of qubits; by the problem where not set."
    )
    time_limit: float = Field(
        5.0, gt=0, description="Time that a hybrid solver works, and bills (seconds)."
    )
    embedding_seed: int = Field(
        0, ge=0, le=2**31 - 1, description="Seed of the search for chains of qubits."
    )
