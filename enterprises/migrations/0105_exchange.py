import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import listings.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('enterprises', '0104_life'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='enterprise',
            name='enterprise_search',
        ),
        migrations.RemoveField(
            model_name='enterprise',
            name='search_text',
        ),
        migrations.AddField(
            model_name='enterprise',
            name='search_text',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat('name', models.Value(' '), 'uscc', models.Value(' '), 'former_name', models.Value(' '), 'legal_rep_name', models.Value(' '), 'principal_name', models.Value(' '), 'safety_head', models.Value(' '), 'contact_name', models.Value(' '), django.db.models.functions.text.Replace('legal_rep_phone', models.Value('-'), models.Value('')), models.Value(' '), django.db.models.functions.text.Replace('principal_phone', models.Value('-'), models.Value('')), models.Value(' '), django.db.models.functions.text.Replace('contact_phone', models.Value('-'), models.Value('')), models.Value(' '), django.db.models.functions.text.Replace('duty_phone', models.Value('-'), models.Value('')), models.Value(' '), 'production_address', models.Value(' '), 'registered_address'), output_field=models.TextField()),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=django.contrib.postgres.indexes.GinIndex(listings.text.PlacedBigrams('search_text', 'region_id'), name='enterprise_search'),
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='used by')),
                ('start', models.CharField(max_length=12, verbose_name='begins with')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('from_on', models.DateField(verbose_name='from')),
                ('to_on', models.DateField(verbose_name='to')),
                ('per_minute', models.PositiveSmallIntegerField(default=120, verbose_name='requests a minute')),
                ('issued_at', models.DateTimeField(verbose_name='issued at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used at')),
                ('issued_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL, verbose_name='sees and does as')),
            ],
            options={
                'verbose_name': 'API token',
                'verbose_name_plural': 'API tokens',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enterprise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='enterprises.enterprise', verbose_name='enterprise')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='sent by')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='division')),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='enterprises.apitoken', verbose_name='API token')),
                ('city_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 4), output_field=models.CharField(max_length=4))),
                ('county_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 6), output_field=models.CharField(max_length=6))),
                ('town_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 9), output_field=models.CharField(max_length=9))),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(verbose_name='in this state since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('key', models.CharField(max_length=80, verbose_name='idempotency key')),
                ('fingerprint', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('register', 'Registered'), ('change', 'Registration changed'), ('deregister', 'Registration cancelled'), ('revoke', 'Business licence revoked')], max_length=12, verbose_name='notice')),
                ('notice_no', models.CharField(blank=True, max_length=60, verbose_name='number at the sender')),
                ('event_on', models.DateField(verbose_name='day at the registry')),
                ('uscc', models.CharField(max_length=18, verbose_name='unified social credit code')),
                ('name', models.CharField(max_length=120, verbose_name='enterprise name')),
                ('legal_rep_name', models.CharField(blank=True, max_length=40, verbose_name='legal representative')),
                ('registered_address', models.CharField(blank=True, max_length=200, verbose_name='registered address')),
                ('business_scope', models.TextField(blank=True, max_length=2000, verbose_name='business scope')),
                ('enterprise_type', models.CharField(blank=True, choices=[('limited', 'Limited liability company'), ('joint_stock', 'Joint-stock company'), ('sole', 'Sole proprietorship'), ('partnership', 'Partnership'), ('individual', 'Individual business'), ('cooperative', "Farmers' cooperative"), ('state', 'State-owned enterprise'), ('foreign', 'Foreign-invested enterprise'), ('other', 'Other')], max_length=16, verbose_name='registered type')),
                ('registered_capital', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='registered capital (10,000 yuan)')),
                ('established_on', models.DateField(blank=True, null=True, verbose_name='established on')),
                ('industry_code', models.CharField(blank=True, max_length=4, verbose_name='industry code (GB/T 4754)')),
                ('why', models.CharField(blank=True, choices=[('no_file', 'No file of this code'), ('ending', 'The file still stands'), ('ended', 'The file has ended already'), ('moved', 'The file lies in another county'), ('older', 'A later notice has been taken over already'), ('industry', 'The industry differs from the file')], max_length=12, verbose_name='needs a person because')),
                ('applied', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='taken over')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('search_text', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat('name', models.Value(' '), 'uscc'), output_field=models.CharField(max_length=140))),
            ],
            options={
                'verbose_name': 'notice of the registry',
                'verbose_name_plural': 'notices of the registry',
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(fields=['county_code', 'longitude', 'latitude'], name='enterprise_county_map'),
        ),
        migrations.AddIndex(
            model_name='enterprise',
            index=models.Index(fields=['city_code', 'longitude', 'latitude'], name='enterprise_city_map'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('to_on__gte', models.F('from_on'))), name='token_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['county_code', '-received_at', '-id'], name='registration_county_new'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['town_code', '-received_at', '-id'], name='registration_town_new'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['city_code', '-received_at', '-id'], name='registration_city_new'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['uscc', '-event_on'], name='registration_uscc'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=django.contrib.postgres.indexes.GinIndex(listings.text.PlacedBigrams('search_text', 'region_id'), name='registration_search'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('organisation', 'key'), name='registration_once_by_key'),
        ),
    ]
