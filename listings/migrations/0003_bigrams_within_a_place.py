from django.db import migrations

import listings.text


class Migration(migrations.Migration):
    dependencies = [("listings", "0002_imports_have_own_tables")]

    operations = [
        migrations.RunSQL(listings.text.CREATE_PLACED_FUNCTION, listings.text.DROP_PLACED_FUNCTION),
    ]
