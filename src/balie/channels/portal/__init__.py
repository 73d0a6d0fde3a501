"""The portal: what the public sees."""
