"""The one app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reported arms transfers"
    default_auto_field = "django.db.models.BigAutoField"
