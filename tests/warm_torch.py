"""Imported by the fork server of commands that load a language model, for what importing it does.

The tables by which transformers renames weights are compiled at the first load of any model, which
takes a second; forks find them made.
"""

from transformers.conversion_mapping import get_checkpoint_conversion_mapping

get_checkpoint_conversion_mapping("llama")
