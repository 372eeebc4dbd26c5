import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})$', 'A code has 2, 4, 6, 9 or 12 digits.')], verbose_name='division code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'Province'), (2, 'City'), (3, 'County or district'), (4, 'Town or street'), (5, 'Village or community')], verbose_name='level')),
                ('is_functional_zone', models.BooleanField(default=False, verbose_name='development zone or the like')),
                ('external_code', models.CharField(blank=True, max_length=40, verbose_name='code in other systems')),
                ('latitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='regions.region', verbose_name='belongs to')),
            ],
            options={
                'verbose_name': 'division',
                'verbose_name_plural': 'divisions',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__length__in', [2, 4, 6, 9, 12])), name='regions_region_code_length', violation_error_message='A code has 2, 4, 6, 9 or 12 digits.')],
            },
        ),
        migrations.CreateModel(
            name='Grid',
            fields=[
                ('city_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 4), output_field=models.CharField(max_length=4))),
                ('county_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 6), output_field=models.CharField(max_length=6))),
                ('town_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 9), output_field=models.CharField(max_length=9))),
                ('code', models.CharField(max_length=15, primary_key=True, serialize=False, validators=[django.core.validators.RegexValidator('^\\d{15}$', 'A grid code has 15 digits.')], verbose_name='grid code')),
                ('kind', models.CharField(choices=[('area', 'Area grid'), ('industry', 'Industry department grid'), ('enterprise', 'Enterprise grid'), ('emergency', 'Emergency grid'), ('safety', 'Work safety supervision grid')], default='area', max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('external_code', models.CharField(blank=True, max_length=40, verbose_name='code in other systems')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='division')),
            ],
            options={
                'verbose_name': 'grid',
                'verbose_name_plural': 'grids',
                'ordering': ['code'],
                'indexes': [models.Index(fields=['county_code', 'code'], name='regions_grid_by_county')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__length', 15)), name='regions_grid_code_length', violation_error_message='A grid code has 15 digits.')],
            },
        ),
        migrations.CreateModel(
            name='FormerPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, db_index=True, help_text='Empty where only the name changed', max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})$', 'A code has 2, 4, 6, 9 or 12 digits.')], verbose_name='former code')),
                ('name', models.CharField(db_index=True, max_length=100, verbose_name='former name')),
                ('until', models.DateField(blank=True, null=True, verbose_name='held until')),
                ('keeps_below', models.BooleanField(default=False, help_text='Then a former code of a town or village leads to the one of today', verbose_name='the divisions below kept their last digits')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former', to='regions.region', verbose_name='division of today')),
            ],
            options={
                'verbose_name': 'former division',
                'verbose_name_plural': 'former divisions',
                'ordering': ['code', 'name'],
                'constraints': [models.UniqueConstraint(fields=('code', 'name', 'successor'), name='regions_former_once'), models.CheckConstraint(condition=models.Q(('code', models.F('successor')), _negated=True), name='regions_former_code_is_another', violation_error_message='Leave the code empty where only the name changed.')],
            },
        ),
    ]
