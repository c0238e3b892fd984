"""manage.py rebuild: stories, deals and disputes computed again from the claims."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from reports.services.rebuilding import rebuild


class Command(BaseCommand):
    help = "Compute all deals again from the claims, block by block, while the site is up."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit="block", desc="rebuild") as bar:

            def done(number: int, total: int) -> None:
                bar.total = total
                bar.update(number - bar.n)

            result = rebuild(done=done)
        self.stdout.write(
            f"{result.blocks} blocks: {result.came} deals came, {result.went} went, {result.changed} fields changed"
        )
