"""Names are found however they are broken, and only where they stand."""

import pytest

from reports.extraction.names import Name, NameIndex

NAMES = ("EU", "E.U.", "US", "U.S.", "Russia", "I-Gnat", "MiG-29")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The EU and the US met.", ["EU", "US"]),
        ("The U.S. sold it to Russia.", ["U.S", "Russia"]),
        ("Ignat flew an I-Gnat.", ["I-Gnat"]),
        ("MiG 29, Mig29 and MiG–29s", ["MiG 29", "Mig29", "MiG–29s"]),
        ("Prussia, virus, museum", []),
    ],
)
def test_a_name_is_found_as_a_whole_and_broken_only_where_it_may_be(text: str, found: list[str]) -> None:
    index = NameIndex(Name(name, name) for name in NAMES)
    assert [text[hit.start : hit.end] for hit in index.find(text)] == found
