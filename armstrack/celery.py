"""The queue's application. Tasks are in reports/tasks.py."""

import os
import warnings
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "armstrack.settings")
app = Celery("armstrack")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["reports"])

# The danger that it warns of, running code that comes in a pickle, is not there: messages are JSON.
warnings.filterwarnings("ignore", message="(?s).*superuser privileges", module="celery.platforms")


@setup_logging.connect
def _leave_logging_to_django(**_: Any) -> None:
    """Settings.LOGGING holds for workers too; Celery sets up its own only if nobody answers this signal."""
