"""Language models as sources of text: where they run, how answers are told apart and judged."""
