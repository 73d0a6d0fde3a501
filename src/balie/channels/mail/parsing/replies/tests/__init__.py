"""Replies of made-up people, in the layouts of the programs that the world writes with."""
