"""Connections: how many, how long, what they may ask, and what is logged of them."""
