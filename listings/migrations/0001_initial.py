import django.db.models.deletion
import listings.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(listings.text.CREATE_FUNCTION, listings.text.DROP_FUNCTION),
        migrations.RunSQL(listings.text.CREATE_PLACED_FUNCTION, listings.text.DROP_PLACED_FUNCTION),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('export', 'Export'), ('bulk', 'Bulk step'), ('import', 'Import'), ('report', 'Printout')], max_length=8)),
                ('state', models.CharField(choices=[('waiting', 'Waiting to start'), ('running', 'Under way'), ('checked', 'Checked'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=8)),
                ('page', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=120)),
                ('params', models.JSONField(default=dict)),
                ('result', models.JSONField(default=dict)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(null=True)),
                ('source', models.FileField(blank=True, upload_to='jobs/%Y/%m')),
                ('file', models.FileField(blank=True, upload_to='jobs/%Y/%m')),
                ('message', models.CharField(blank=True, max_length=300)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['user', '-id'], name='job_user')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=30, verbose_name='name')),
                ('query', models.CharField(max_length=2000)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('user', 'page', 'name'), name='saved_filter_once')],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_no', models.PositiveIntegerField()),
                ('found_id', models.BigIntegerField()),
                ('found_key', models.CharField(max_length=60)),
                ('rank', models.PositiveSmallIntegerField()),
                ('said', models.JSONField()),
                ('filed', models.JSONField()),
                ('decision', models.CharField(blank=True, choices=[('', 'Not decided'), ('same', 'The same'), ('other', 'Another one')], default='', max_length=5)),
                ('is_applied', models.BooleanField(default=False)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='listings.job')),
            ],
            options={
                'ordering': ['row_no', '-rank', 'found_id'],
                'constraints': [models.UniqueConstraint(fields=('job', 'row_no', 'found_id'), name='listings_suggestion_once')],
            },
        ),
        migrations.CreateModel(
            name='ColumnChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=60)),
                ('names', models.JSONField(default=list)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'page'), name='column_choice_once')],
            },
        ),
    ]
