"""What was done: append-only entries of every act, sealed into a Merkle log with signed checkpoints."""
