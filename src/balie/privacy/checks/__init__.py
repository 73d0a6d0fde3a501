"""The questions of a proof, each put to the whole of a desk at once."""
