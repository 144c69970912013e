"""Files that hold a compressed model: what they offer, what they weigh, written and read back."""
