"""Pictures as SVG text: curves, intervals, a confusion matrix, a circuit. Colours come from CSS."""
