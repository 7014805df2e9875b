"""The API as Django knows it: for its page's template."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Endpoints under /api/."""

    name = "lianze.api"
    label = "api"
