"""How fast the catalogue loads and answers, as ratios to what does the least that any loader must.

Loading is measured as a newcomer meets it: a new interpreter imports the loader and loads every file. Its yardstick is
a new interpreter that reads the same files with `csv.reader` and keeps the cells; that of a lookup is `dict.get`.
Least of some rounds.
"""

import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Sequence

from reports.catalogue.load import DATA, load_catalogue

ROUNDS = 7
LOAD = "from reports.catalogue.load import load_catalogue; load_catalogue()"
READ = "import csv, sys; kept = [list(csv.reader(open(file, newline='', encoding='utf-8'))) for file in sys.argv[1:]]"


def started(program: str, *arguments: str) -> float:
    """Seconds that an interpreter takes for a program, from its start to its end."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program, *arguments], check=True, cwd=DATA.parents[2])
        best = min(best, time.perf_counter() - start)
    return best


def each(look_up: Callable[[str], object], names: Sequence[str]) -> float:
    """Seconds that one lookup takes."""
    return min(timeit.repeat(lambda: [look_up(name) for name in names], number=1, repeat=ROUNDS)) / len(names)


def main() -> None:
    files = [str(path) for path in sorted(DATA.glob("*.csv"))]
    load, read = started(LOAD), started(READ, *files)
    print(f"import and load: {load:6.3f} s, csv.reader alone {read:6.3f} s: ratio {load / read:.1f}")

    catalogue = load_catalogue()
    names = [name for row in catalogue.weapons for name in (row.designation, *row.aliases)]
    plain = dict.fromkeys(names)
    for what, asked in (("known", names), ("unknown", [f"{name} of old" for name in names])):
        catalogue.weapon_by_name(asked[0])  # the index is made at the first
        ours, theirs = each(catalogue.weapon_by_name, asked), each(plain.get, asked)
        print(f"{what} name: {ours * 1e6:6.3f} us, dict.get {theirs * 1e6:6.3f} us: ratio {ours / theirs:.1f}")


if __name__ == "__main__":
    main()
