"""What a healthy device may do: tolerances in total variation distance."""
