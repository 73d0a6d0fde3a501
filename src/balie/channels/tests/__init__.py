"""Tests of what both doors share."""
