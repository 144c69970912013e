"""Readers of data files, one format each; all yield a `Table`."""
