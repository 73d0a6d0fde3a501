"""Data of people who take no part in a conversation: noticed, held back, and decided about by a person (mission S3.12)."""
