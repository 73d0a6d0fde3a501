"""The doors: each translates a request into a verb and its outcome into a response."""
