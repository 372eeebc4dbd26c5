from django.db import migrations

KEPT = ("User", "Post", "Organisation", "Delegation")


def keep_what_stands(apps, schema_editor):
    """Give everybody who is there already a first version, against which the next change shows."""
    for name in KEPT:
        source = apps.get_model("accounts", name)._meta.db_table
        event = apps.get_model("audit", f"Kept{name}Event")
        own = [field.column for field in event._meta.local_fields if not field.name.startswith("pgh_")]
        columns = ", ".join(f'"{column}"' for column in own)
        schema_editor.execute(
            f'INSERT INTO "{event._meta.db_table}" ({columns}, pgh_created_at, pgh_label, pgh_obj_id)'
            f" SELECT {columns}, NOW(), 'insert', id FROM \"{source}\""
        )


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_history_of_people'),
    ]

    operations = [
        migrations.RunPython(keep_what_stands, migrations.RunPython.noop),
    ]
