"""Connections: how many, how long, what they may ask, and what is logged of them.

In comes a request, out goes what the pages and the workers answer, with its headers; what is too large, too slow or of
another host is refused here (`gate`, `protocol`), before anybody works on it; `log` tells each in a line.
"""
