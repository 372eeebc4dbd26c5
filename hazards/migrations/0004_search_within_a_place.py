from django.db import migrations

import listings.text


class Migration(migrations.Migration):
    dependencies = [
        ("hazards", "0003_history_of_deletions"),
        ("listings", "0003_bigrams_within_a_place"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="hazard", name="hazard_search"),
        migrations.AddIndex(
            model_name="hazard",
            index=listings.text.BigramIndex("search_text", name="hazard_search"),
        ),
    ]
