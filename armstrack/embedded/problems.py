"""What can be wrong with the embedded servers."""


class EmbeddedProblem(Exception):
    """The servers cannot run. The message says why and what to do, in one line."""
