from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("listings", "0001_initial")]

    # Each import stages its rows in an unlogged table of its own, made when it begins.
    operations = [migrations.DeleteModel("StagedRow")]
