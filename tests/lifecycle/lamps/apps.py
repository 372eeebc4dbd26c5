from django.apps import AppConfig


class LampsConfig(AppConfig):
    name = "tests.lifecycle.lamps"
    label = "lamps"
    default_auto_field = "django.db.models.BigAutoField"
