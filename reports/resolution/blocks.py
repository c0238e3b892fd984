"""Which claims are looked at together: a block holds all claims that may be about one deal, and no more.

Supplier, recipient and armament category name it, so that a hot pair is many blocks, and claims without a supplier
make a block a recipient and category, never one of everything.
"""

from reports.choices import Category

UNKNOWN = "?"


def block_of(*, supplier: str | None, recipient: str | None, category: Category) -> str:
    """The block of a claim, by the codes of its parties and its category."""
    return f"{supplier or UNKNOWN}>{recipient or UNKNOWN}:{category}"
