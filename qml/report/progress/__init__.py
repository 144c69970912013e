"""Two ways to show that long work goes on: bars on a terminal, lines in a log."""
