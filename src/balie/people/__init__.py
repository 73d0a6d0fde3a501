"""Persons and accounts: structure here, their data in the vault."""
