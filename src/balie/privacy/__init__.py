"""The duties: retention, and the proof that what is published is kept."""
