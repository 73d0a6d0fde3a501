"""Tells in a mail's text what its sender wrote now: the rest is folded, and nothing of it is lost.

Pure functions over text, in time that grows with its length. A new language is added in `phrases.py` alone.
"""

from balie.channels.mail.parsing.replies.folding import folds, unfolded

__all__ = ["folds", "unfolded"]
