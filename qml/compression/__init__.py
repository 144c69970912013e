"""Compression of models: which weights are kept, at which precision, and what that costs.

Data flows one way: a `subject` (a loaded model) is measured on calibration text; methods (`bits`,
`rounding`, `pruning`, `distillation`) turn the measurements into candidates made of `parts`;
`judging` holds every candidate against the teacher on held-out text; `export` writes the chosen
one.
"""
