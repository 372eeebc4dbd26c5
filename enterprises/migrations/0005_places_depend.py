from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0004_search_within_a_place")]

    operations = [
        # A town lies in one county: without knowing it, PostgreSQL takes the two conditions for two filters.
        migrations.RunSQL(
            "CREATE STATISTICS enterprise_places (dependencies) "
            "ON city_code, county_code, town_code FROM enterprises_enterprise",
            "DROP STATISTICS enterprise_places",
        ),
    ]
