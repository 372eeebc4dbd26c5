"""A town's rows are counted from its index alone, which therefore holds the county that the post asks for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0006_lists_from_the_index")]

    operations = [
        migrations.RemoveIndex(model_name="enterprise", name="enterprise_town_new"),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                fields=["town_code", "-updated_at", "-id"],
                include=("county_code", "operating_status", "regulatory_category"),
                name="enterprise_town_new",
            ),
        ),
    ]
