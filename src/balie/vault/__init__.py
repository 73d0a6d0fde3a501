"""All personal data, sealed."""
