"""Benchmarks that are honest by construction: suites, their judgement, the screen, regressions."""
