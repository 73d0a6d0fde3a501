"""Rows to do: arguments are handles only, and doing one twice does no harm."""
