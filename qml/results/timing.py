"""Names of what a clock measures; no comparison of runs looks at them."""

TIMING = frozenset(
    {
        "circuits_per_second",
        "compile_seconds",
        "evaluate_seconds",
        "peak_memory_bytes",
        "seconds",
        "seconds_to_best",
        "per_second",
        "ess_per_second",
        "tokens_per_second",
        "time",
        "timestamp",
        "train_seconds",
        "wall_seconds",
    }
)
"""Names that a clock or the machine's load decides, at any depth; they are never compared."""
