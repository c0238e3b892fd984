"""manage.py sample --load | --remove: the sample corpus in, through the worker, or out."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from reports.services.sample import has_sample, load_sample, remove_sample, still_waiting

SILENCE = 60.0  # seconds without progress after which nobody seems to be working


class Command(BaseCommand):
    help = "Load armstrack's sample corpus through the worker, or take it out."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--load", action="store_true", help="store it, and wait until the worker has read it")
        what.add_argument("--remove", action="store_true", help="take it out, with all that was read from it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            self.stdout.write(
                f"{remove_sample()} sample articles were taken out." if has_sample() else "There is none."
            )
            return
        texts = load_sample(now=timezone.now())
        self._wait(texts)
        self.stdout.write(f"The sample corpus is there: {len(texts)} articles, {len(set(texts))} texts.")

    def _wait(self, texts: list[int]) -> None:
        """Follow the worker with a progress bar."""
        total = len(set(texts))
        moved = time.monotonic()
        with tqdm(total=total, desc="sample corpus", unit="text") as bar:
            while left := still_waiting(texts=texts):
                if total - left > bar.n:
                    moved = time.monotonic()
                bar.update(total - left - bar.n)
                if time.monotonic() - moved > SILENCE:
                    raise CommandError(f"{left} texts wait, and no worker reads them: is one running (manage.py up)?")
                time.sleep(0.2)
            bar.update(total - bar.n)
