"""Classical rivals: they get the same rows, and what they choose they choose on training rows."""
