"""The headers of the catalogue's tables, for tests that write their own."""

from collections.abc import Callable
from pathlib import Path

HEADERS = {
    "parties": "code,alpha3,name,official_name,kind,region,country,valid_from,valid_to,successor,"
    "aliases,demonyms,metonyms,context",
    "officials": "party,name,role,valid_from,valid_to,aliases",
    "weapons": "designation,family,category,unroca,description,makers,origin,aliases,nato_name,context",
    "generics": "noun,category,unit,context",
    "organisations": "name,parties,kind,aliases,former_names,context",
    "outlets": "name,domain,country,language,kind,aliases",
    "missing_parties": "phrase,meaning",
}

Folder = Callable[..., Path]
