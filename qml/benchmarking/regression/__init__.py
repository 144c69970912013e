"""One benchmark against an earlier one: what got worse by more than noise and a threshold."""
