"""Where each part of the site answers."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("reports.api.urls")),
    path("", include("reports.web.urls")),
]
