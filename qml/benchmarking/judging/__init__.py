"""Which differences between columns are more than noise: paired tests, ranks, effect sizes."""
