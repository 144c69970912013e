"""What must be set once per process: threads, precision and the compilation cache.

Nothing here imports JAX before the environment variables that it reads at start-up are set.
"""

import os
import sys
from pathlib import Path

from qml.errors import UsageError


def setup(
    *, threads: int | None = None, cache_dir: Path | None = None, precision: str = "float32"
) -> None:
    """Configure JAX for this process; call it before the first circuit.

    Args:
        threads: CPU threads to use, None for all.
        cache_dir: Folder of compiled programs, made if absent; None keeps them in memory only.
        precision: "float32" or "float64"; the second also lets JAX work in 64 bits.

    Raises:
        UsageError: Another number of threads is given after JAX has run something.
    """
    if threads is not None:
        _limit_threads(threads)
    import jax

    from qml.engine.precision import dtypes

    # set both ways: a notebook may train in single precision after a double-precision kernel
    jax.config.update("jax_enable_x64", precision == "float64")
    dtypes(precision)
    if cache_dir is not None:
        cache_dir.mkdir(parents=True, exist_ok=True)
        jax.config.update("jax_compilation_cache_dir", str(cache_dir))
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.1)
        jax.config.update("jax_persistent_cache_min_entry_size_bytes", -1)


def _limit_threads(threads: int) -> None:
    if threads < 1:
        raise UsageError(f"threads must be at least 1, got {threads}")
    if os.environ.get("NPROC") == str(threads):
        return
    if _jax_runs():
        raise UsageError(
            "the number of threads must be set before JAX runs anything",
            hint="call `qml.engine.setup(threads=...)` first, or set NPROC in the environment",
        )
    os.environ["NPROC"] = str(threads)


def _jax_runs() -> bool:
    """JAX reads NPROC when it makes its first client, not when it is imported."""
    if "jax" not in sys.modules:
        return False
    from jax._src import xla_bridge

    return bool(xla_bridge.backends_are_initialized())
