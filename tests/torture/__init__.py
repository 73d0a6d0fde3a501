"""Long trials, run by `make torture`."""
