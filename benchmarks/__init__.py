"""Benchmarks: each runs alone and at other sizes, on mails that are made up here."""
