from django.db import migrations

import listings.text


class Migration(migrations.Migration):
    """The same pairs of characters, found faster: what is in the indexes stays right."""

    dependencies = [("listings", "0005_import_suggestions")]

    operations = [migrations.RunSQL(listings.text.CREATE_PLACED_FUNCTION, migrations.RunSQL.noop)]
