"""The web application as Django knows it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, the audit list and saved filters."""

    name = "lianze.web"
    label = "web"

    def ready(self) -> None:
        """Log-ins are written to the audit list by signals."""
        from lianze.web import logins  # noqa: F401
