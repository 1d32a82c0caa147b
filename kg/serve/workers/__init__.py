"""Processes that answer queries, so that none of them can hold up or end the server."""
