from django.db import migrations

import listings.text


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0003_history_of_deletions"),
        ("listings", "0003_bigrams_within_a_place"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="enterprise", name="enterprise_search"),
        migrations.AddIndex(
            model_name="enterprise",
            index=listings.text.BigramIndex("search_text", name="enterprise_search"),
        ),
    ]
