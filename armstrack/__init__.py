"""The project: settings, the embedded servers, and the supervisor that runs everything."""

from armstrack.celery import app as celery_app

__all__ = ["celery_app"]
