import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('enterprises', '0102_sources'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChangeRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(verbose_name='in this state since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('before', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='before')),
                ('after', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='after')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('decision_note', models.CharField(blank=True, max_length=500, verbose_name='note on the decision')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='enterprises.enterprise', verbose_name='enterprise')),
            ],
            options={
                'verbose_name': 'change request',
                'verbose_name_plural': 'change requests',
                'ordering': ['-asked_at', '-id'],
                'indexes': [models.Index(fields=['-asked_at', '-id'], name='change_request_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'submitted')), fields=('enterprise',), name='change_request_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(verbose_name='in this state since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('field', models.CharField(max_length=40, verbose_name='field')),
                ('group', models.CharField(choices=[('status', 'Unit and status'), ('contact', 'People and contact'), ('place', 'Address and grid'), ('industry', 'Industry and process'), ('staff', 'Staff'), ('chemicals', 'Hazardous chemicals and stocks'), ('safety', 'Safety management ledgers'), ('licences', 'Licences and qualifications'), ('equipment', 'Equipment and installations'), ('health', 'Occupational health'), ('emergency', 'Emergency response')], max_length=12, verbose_name='group of facts')),
                ('declared', models.CharField(blank=True, max_length=300, verbose_name='on file')),
                ('seen', models.CharField(max_length=300, verbose_name='seen')),
                ('source', models.CharField(choices=[('inspection', 'Inspection'), ('permit', 'Permit'), ('sms', 'Text message'), ('registration', 'Registration'), ('complaint', 'Complaint'), ('other', 'Other')], max_length=12, verbose_name='seen in')),
                ('reference', models.CharField(blank=True, max_length=200, verbose_name='record behind it')),
                ('reference_url', models.CharField(blank=True, max_length=300)),
                ('reported_at', models.DateTimeField(verbose_name='reported at')),
                ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resolved at')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='enterprises.enterprise', verbose_name='enterprise')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reported by')),
                ('resolved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='resolved by')),
            ],
            options={
                'verbose_name': 'conflict',
                'verbose_name_plural': 'conflicts',
                'ordering': ['-reported_at', '-id'],
                'indexes': [models.Index(fields=['-reported_at', '-id'], name='conflict_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('enterprise', 'field', 'seen'), name='conflict_once_open')],
            },
        ),
        migrations.CreateModel(
            name='FactGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('status', 'Unit and status'), ('contact', 'People and contact'), ('place', 'Address and grid'), ('industry', 'Industry and process'), ('staff', 'Staff'), ('chemicals', 'Hazardous chemicals and stocks'), ('safety', 'Safety management ledgers'), ('licences', 'Licences and qualifications'), ('equipment', 'Equipment and installations'), ('health', 'Occupational health'), ('emergency', 'Emergency response')], max_length=12, verbose_name='group of facts')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('source', models.CharField(blank=True, choices=[('enterprise', 'The enterprise'), ('on_site', 'Regulator on site'), ('permit', 'Permit'), ('import', 'Import'), ('registration', 'Registration')], max_length=12, verbose_name='source')),
                ('stale_on', models.DateField(blank=True, null=True, verbose_name='stale from')),
                ('doubt', models.CharField(blank=True, max_length=300, verbose_name='doubt')),
                ('doubted_at', models.DateTimeField(blank=True, null=True, verbose_name='doubted at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='enterprises.enterprise', verbose_name='enterprise')),
            ],
            options={
                'verbose_name': 'group of facts',
                'verbose_name_plural': 'groups of facts',
                'ordering': ['enterprise', 'id'],
                'indexes': [models.Index(fields=['group', 'stale_on', 'id'], name='fact_group_stale')],
                'constraints': [models.UniqueConstraint(fields=('enterprise', 'group'), name='fact_group_once')],
            },
        ),
        migrations.CreateModel(
            name='QualityScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(verbose_name='score')),
                ('freshness', models.PositiveSmallIntegerField(verbose_name='freshness (%)')),
                ('completeness', models.PositiveSmallIntegerField(verbose_name='completeness (%)')),
                ('stale', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('status', 'Unit and status'), ('contact', 'People and contact'), ('place', 'Address and grid'), ('industry', 'Industry and process'), ('staff', 'Staff'), ('chemicals', 'Hazardous chemicals and stocks'), ('safety', 'Safety management ledgers'), ('licences', 'Licences and qualifications'), ('equipment', 'Equipment and installations'), ('health', 'Occupational health'), ('emergency', 'Emergency response')], max_length=12), default=list, size=None, verbose_name='stale groups')),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='missing fields')),
                ('since', models.DateField(verbose_name='so since')),
                ('enterprise', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='quality', to='enterprises.enterprise', verbose_name='enterprise')),
            ],
            options={
                'verbose_name': 'quality of a file',
                'verbose_name_plural': 'quality of files',
                'ordering': ['score', 'id'],
                'indexes': [models.Index(fields=['score', 'id'], name='quality_worst')],
            },
        ),
        migrations.CreateModel(
            name='VerificationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(choices=[('status', 'Unit and status'), ('contact', 'People and contact'), ('place', 'Address and grid'), ('industry', 'Industry and process'), ('staff', 'Staff'), ('chemicals', 'Hazardous chemicals and stocks'), ('safety', 'Safety management ledgers'), ('licences', 'Licences and qualifications'), ('equipment', 'Equipment and installations'), ('health', 'Occupational health'), ('emergency', 'Emergency response')], max_length=12, verbose_name='group of facts')),
                ('kind', models.CharField(choices=[('confirmed', 'Confirmed'), ('doubted', 'Doubted')], max_length=10, verbose_name='event')),
                ('at', models.DateTimeField(verbose_name='moment')),
                ('source', models.CharField(blank=True, choices=[('enterprise', 'The enterprise'), ('on_site', 'Regulator on site'), ('permit', 'Permit'), ('import', 'Import'), ('registration', 'Registration')], max_length=12, verbose_name='source')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('enterprise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='enterprises.enterprise', verbose_name='enterprise')),
            ],
            options={
                'verbose_name': 'verification',
                'verbose_name_plural': 'verifications',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['enterprise', '-at', '-id'], name='verification_newest')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verificationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f957eb68af17e64a98e51e4c6f098783a9c80dac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2d124', table='enterprises_verificationevent', when='BEFORE')),
        ),
    ]
