"""The account at D-Wave: the vendor's own API client, each call one request.

The client's higher level sends from threads of its own; submissions must be one request each, so
its lower level is used.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from dwave.cloud.api import Problems, Solvers
from dwave.cloud.api.models import (
    ProblemAnswer,
    ProblemData,
    ProblemStatus,
    SolverIdentity,
    StructuredProblemData,
    UnstructuredProblemData,
)
from dwave.cloud.coders import decode_bq, decode_qp_numpy, encode_problem_as_qp
from dwave.cloud.solver import StructuredSolver

from qml import credentials
from qml.backends.dwave.faults import reading, submitting
from qml.errors import RefusedError, ThrottledError, UsageError

PROVIDER = "dwave"
VARIABLES = ("DWAVE_API_TOKEN",)
ENDPOINT = "DWAVE_API_ENDPOINT"
DEFAULT = "https://na-west-1.cloud.dwavesys.com/sapi/v2/"
_TIMEOUT = (10, 60)
_MOST_LISTED = 1000


class Account:
    """One key, one machine.

    Args:
        environ: Environment variables, where key and endpoint may be.
        device: Name of the machine.
        timeout: Seconds to wait for a connection, and for an answer.
    """

    def __init__(
        self, environ: Mapping[str, str], device: str, timeout: tuple[float, float] = _TIMEOUT
    ) -> None:
        self._environ = environ
        self._device = device
        self._timeout = timeout

    @property
    def endpoint(self) -> str:
        """Address of the API."""
        return self._environ.get(ENDPOINT) or DEFAULT

    @cached_property
    def token(self) -> str:
        """The key.

        Raises:
            UsageError: There is none.
        """
        found = credentials.find(PROVIDER, VARIABLES, self._environ)
        if found:
            return found
        raise UsageError(
            "there is no key for D-Wave",
            hint=f"export {VARIABLES[0]}=..., or put it into the keyring or"
            f' ~/.config/qml/{credentials.FILE} (mode 600): {PROVIDER} = "..."; --backend dwave'
            " needs none",
        )

    @property
    def connected(self) -> bool:
        """Whether D-Wave was asked for the machine already."""
        return "machine" in self.__dict__

    @cached_property
    def machine(self) -> StructuredSolver:
        """The machine as D-Wave describes it now."""
        with reading(f"machine {self._device}"):
            found = self._solvers.get_solver(self._device)
        return StructuredSolver(client=None, data=found.model_dump())

    def anneal(self, fields: Any, couplings: Any, *, label: str, params: Mapping[str, Any]) -> str:
        """Send one problem on the machine's qubits with exactly one request; returns its id.

        Raises:
            ThrottledError: Refused for now.
            RefusedError: Refused for certain.
            UnknownSubmissionError: Anything else that is no acceptance.
        """
        machine = self.machine
        encoded = encode_problem_as_qp(machine, fields, couplings)
        identity = SolverIdentity(name=self._device, version={"graph_id": machine.graph_id})
        data = ProblemData(StructuredProblemData(**encoded))
        raw = {"answer_mode": "raw", **params}
        return self._submit(data=data, params=raw, solver=identity, type="ising", label=label)

    def upload(self, problem: Any) -> str:
        """Upload a model, which costs nothing and may be repeated; returns its id.

        Raises:
            ThrottledError: It may be tried again; nothing was submitted.
        """
        from dwave.cloud import Client

        settings = {"request_timeout": self._timeout, "config_file": False}
        try:
            with Client(endpoint=self.endpoint, token=self.token, **settings) as client:
                return str(client.upload_problem_encoded(problem).result())
        except Exception as error:  # whatever it was, nothing was submitted
            raise ThrottledError(f"nothing was sent: the upload failed: {error}") from error

    def refer(self, upload: str, *, label: str, params: Mapping[str, Any]) -> str:
        """Send a problem that was uploaded with exactly one request; returns its id."""
        data = ProblemData(UnstructuredProblemData(data=upload))
        identity = SolverIdentity(name=self._device)
        return self._submit(
            data=data, params=dict(params), solver=identity, type="bqm", label=label
        )

    def _submit(self, **job: Any) -> str:
        with submitting():
            found = self._problems.submit_problem(**job)
        if not hasattr(found, "id"):
            raise RefusedError(f"D-Wave refused: {found.error_msg}")
        return str(found.id)

    def status(self, id_: str) -> ProblemStatus:
        """Ask once where a problem stands."""
        with reading(f"problem {id_}"):
            return self._problems.get_problem_status(id_)

    def reads(self, id_: str) -> dict[str, Any]:
        """Read what a machine found, decoded."""
        with reading(f"the answer of problem {id_}"):
            found: ProblemAnswer = self._problems.get_problem_answer(id_)
            decoded: dict[str, Any] = decode_qp_numpy(
                {"type": "ising", "answer": found.root.model_dump()}
            )
        return decoded

    def samples(self, id_: str) -> Any:
        """Read what a hybrid solver found: dimod's sample set."""
        with reading(f"the answer of problem {id_}"):
            found: ProblemAnswer = self._problems.get_problem_answer(id_)
            return decode_bq({"type": "bqm", "answer": found.root.model_dump()})["sampleset"]

    def messages(self, id_: str) -> str:
        """Read why a problem failed."""
        with reading(f"the messages of problem {id_}"):
            rows = self._problems.get_problem_messages(id_)
        return "; ".join(str(row.get("message", row)) for row in rows)

    def labelled(self, label: str) -> list[ProblemStatus]:
        """List the problems of a label."""
        with reading(f"problems labelled {label}"):
            found: list[ProblemStatus] = self._problems.list_problems(label=label)
        return [row for row in found if row.label == label]

    def problems(self) -> list[ProblemStatus]:
        """List the latest problems on the machine."""
        with reading("the list of problems"):
            found: list[ProblemStatus] = self._problems.list_problems(
                solver=self._device, max_results=_MOST_LISTED
            )
        return found

    def cancel(self, id_: str) -> None:
        """Ask for a problem to be dropped."""
        with reading(f"cancelling problem {id_}"):
            self._problems.cancel_problem(id_)

    def close(self) -> None:
        """Release connections."""
        for name in ("_problems", "_solvers"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    @cached_property
    def _problems(self) -> Problems:
        return Problems(**self._settings)

    @cached_property
    def _solvers(self) -> Solvers:
        return Solvers(**self._settings)

    @property
    def _settings(self) -> dict[str, Any]:
        return {
            "endpoint": self.endpoint,
            "token": self.token,
            "timeout": self._timeout,
            "retry": {"total": 0, "redirect": 0},
            "cache": False,
        }
