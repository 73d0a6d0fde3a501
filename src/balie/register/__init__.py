"""The record of processing activities: what may be kept, seen, sent, and until when."""
