"""Processes that answer queries, so that none of them can hold up or end the server.

In come tasks, out come replies: `workers` keeps the processes, `line` gives each client its turn, `children` starts and
ends them, and `worker` is what runs in one of them, with bounds on time and memory.
"""
