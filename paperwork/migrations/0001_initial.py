import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='IssuedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 4), output_field=models.CharField(max_length=4))),
                ('county_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 6), output_field=models.CharField(max_length=6))),
                ('town_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 9), output_field=models.CharField(max_length=9))),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('title', models.CharField(max_length=60, verbose_name='title')),
                ('number', models.CharField(max_length=60, unique=True, verbose_name='number')),
                ('serial', models.PositiveIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('enterprise_id', models.BigIntegerField(db_index=True, null=True)),
                ('target_id', models.BigIntegerField()),
                ('facts', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('code', models.CharField(max_length=9, unique=True, verbose_name='code for verification')),
                ('base_url', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('queued', 'Waiting to be made'), ('ready', 'Ready'), ('failed', 'Could not be made')], default='queued', max_length=8)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('docx', models.BinaryField(null=True)),
                ('docx_sha256', models.CharField(blank=True, max_length=64)),
                ('pdf', models.BinaryField(null=True)),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('issued_at', models.DateTimeField(verbose_name='issued at')),
                ('rendered_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('withdrawal_reason', models.CharField(blank=True, max_length=300, verbose_name='reason of withdrawal')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='issued by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='issued by agency')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='division')),
                ('target_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'issued document',
                'verbose_name_plural': 'issued documents',
                'ordering': ['-issued_at', '-id'],
                'indexes': [models.Index(fields=['target_type', 'target_id', '-id'], name='document_target'), models.Index(condition=models.Q(('state', 'queued')), fields=['id'], name='document_queued')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=10)),
                ('word', models.CharField(max_length=10)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mark', 'word', 'year'), name='number_series_once')],
            },
        ),
        migrations.CreateModel(
            name='RecordSerial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=4)),
                ('county', models.CharField(max_length=6)),
                ('day', models.DateField()),
                ('last', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('prefix', 'county', 'day'), name='record_serial_once')],
            },
        ),
        migrations.CreateModel(
            name='ServiceReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('manner', models.CharField(choices=[('direct', 'Handed over'), ('leave', 'Left behind'), ('post', 'By post'), ('entrusted', 'Through another agency'), ('electronic', 'Electronically'), ('announcement', 'By announcement')], max_length=12, verbose_name='manner of service')),
                ('served_at', models.DateTimeField(verbose_name='served at')),
                ('recipient', models.CharField(max_length=60, verbose_name='recipient')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place of service')),
                ('proof', models.CharField(blank=True, max_length=200, verbose_name='proof')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='paperwork.issueddocument')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
            ],
            options={
                'verbose_name': 'service receipt',
                'verbose_name_plural': 'service receipts',
                'ordering': ['-served_at', '-id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='8614cd0c0202718d99e4663bc63ed7f3ec8d13b3', operation='DELETE', pgid='pgtrigger_never_deleted_92c0b', table='paperwork_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='facts_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."serial" IS DISTINCT FROM (NEW."serial") OR OLD."year" IS DISTINCT FROM (NEW."year") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."target_type_id" IS DISTINCT FROM (NEW."target_type_id") OR OLD."target_id" IS DISTINCT FROM (NEW."target_id") OR OLD."facts" IS DISTINCT FROM (NEW."facts") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."base_url" IS DISTINCT FROM (NEW."base_url") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0023ca5a8091aa216bfdbf567657b96c2bbc4027', operation='UPDATE', pgid='pgtrigger_facts_stay_3c7b2', table='paperwork_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='paper_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'ready\' AND (OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."docx" IS DISTINCT FROM (NEW."docx") OR OLD."docx_sha256" IS DISTINCT FROM (NEW."docx_sha256") OR OLD."pdf" IS DISTINCT FROM (NEW."pdf") OR OLD."pdf_sha256" IS DISTINCT FROM (NEW."pdf_sha256") OR OLD."rendered_at" IS DISTINCT FROM (NEW."rendered_at")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2af5fc1cebdb8fe662c095872507a4a6c123e650', operation='UPDATE', pgid='pgtrigger_paper_stays_f616c', table='paperwork_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='issueddocument',
            trigger=pgtrigger.compiler.Trigger(name='withdrawal_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL AND (OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at") OR OLD."withdrawn_by_id" IS DISTINCT FROM (NEW."withdrawn_by_id") OR OLD."withdrawal_reason" IS DISTINCT FROM (NEW."withdrawal_reason")))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3662f5c5428faa34bbf2336103e89d5bdf6b0db1', operation='UPDATE', pgid='pgtrigger_withdrawal_stays_c9c05', table='paperwork_issueddocument', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='servicereceipt',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81cebcbcf6c1065ce039f0ac25d2d924a4fecff3', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changed_a44cf', table='paperwork_servicereceipt', when='BEFORE')),
        ),
    ]
