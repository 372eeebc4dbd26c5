import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField(db_index=True, verbose_name='as of')),
                ('seconds', models.FloatField(default=0, verbose_name='seconds taken')),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
                'ordering': ['-taken_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StoredCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 4), output_field=models.CharField(max_length=4))),
                ('county_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 6), output_field=models.CharField(max_length=6))),
                ('town_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 9), output_field=models.CharField(max_length=9))),
                ('kind', models.CharField(choices=[('standing', 'by grade, level and source'), ('found', 'by month found'), ('closed', 'by month closed'), ('due', 'by month due'), ('enterprises', 'enterprises under supervision')], max_length=12)),
                ('grain', models.CharField(choices=[('county', 'County or district'), ('town', 'Town or street'), ('village', 'Village or community')], max_length=8)),
                ('industry', models.CharField(blank=True, max_length=20)),
                ('grade', models.CharField(blank=True, db_default='', max_length=8)),
                ('level_in_charge', models.CharField(blank=True, db_default='', max_length=8)),
                ('source', models.CharField(blank=True, db_default='', max_length=16)),
                ('month', models.DateField(null=True)),
                ('n_open', models.IntegerField(db_default=0)),
                ('n_overdue', models.IntegerField(db_default=0)),
                ('n_major', models.IntegerField(db_default=0)),
                ('n_found', models.IntegerField(db_default=0)),
                ('n_closed', models.IntegerField(db_default=0)),
                ('n_due', models.IntegerField(db_default=0)),
                ('n_in_time', models.IntegerField(db_default=0)),
                ('m_found', models.IntegerField(db_default=0)),
                ('m_closed', models.IntegerField(db_default=0)),
                ('m_due', models.IntegerField(db_default=0)),
                ('m_in_time', models.IntegerField(db_default=0)),
                ('n_enterprises', models.IntegerField(db_default=0)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='division')),
                ('snapshot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='analytics.snapshot')),
            ],
            options={
                'verbose_name': 'stored count',
                'verbose_name_plural': 'stored counts',
                'indexes': [models.Index(fields=['snapshot', 'kind', 'grain', 'county_code'], name='stored_count_county'), models.Index(fields=['snapshot', 'kind', 'grain', 'town_code'], name='stored_count_town')],
            },
        ),
    ]
