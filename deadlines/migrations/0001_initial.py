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
        ('pghistory', '0007_auto_20250421_0444'),
        ('regions', '0001_initial'),
        ('rulebook', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 4), output_field=models.CharField(max_length=4))),
                ('county_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 6), output_field=models.CharField(max_length=6))),
                ('town_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 9), output_field=models.CharField(max_length=9))),
                ('target_id', models.BigIntegerField()),
                ('rule', models.CharField(max_length=60, verbose_name='rule')),
                ('label', models.CharField(blank=True, max_length=200, verbose_name='record')),
                ('industry', models.CharField(blank=True, max_length=20)),
                ('enterprise_id', models.BigIntegerField(blank=True, null=True)),
                ('grid_code', models.CharField(blank=True, max_length=15)),
                ('started_at', models.DateTimeField(verbose_name='started at')),
                ('due_at', models.DateTimeField(verbose_name='due at')),
                ('n', models.PositiveIntegerField(blank=True, null=True, verbose_name='length')),
                ('unit', models.CharField(choices=[('workday', 'working days'), ('day', 'days'), ('hour', 'hours'), ('minute', 'minutes'), ('month', 'months'), ('year', 'years')], default='day', max_length=8, verbose_name='counted in')),
                ('state', models.CharField(choices=[('running', 'running'), ('paused', 'paused'), ('met', 'met'), ('breached', 'breached'), ('cancelled', 'cancelled')], default='running', max_length=10, verbose_name='state')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ('steps', models.JSONField(blank=True, default=list)),
                ('step', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='next step at')),
                ('retry_at', models.DateTimeField(blank=True, null=True, verbose_name='waiting until')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures')),
                ('error', models.TextField(blank=True, max_length=2000, verbose_name='last error')),
                ('basis', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='rulebook.parameter', verbose_name='legal basis')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='region')),
                ('target_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'deadline',
                'verbose_name_plural': 'deadlines',
                'ordering': ['due_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='deadline_next'), models.Index(fields=['target_type', 'target_id'], name='deadline_target'), models.Index(condition=models.Q(('retry_at__isnull', False)), fields=['-id'], name='deadline_failed'), models.Index(fields=['rule', '-id'], name='deadline_rule'), models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['city_code', 'due_at', 'id'], include=('rule', 'state', 'target_id'), name='deadline_open_city'), models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['county_code', 'due_at', 'id'], include=('rule', 'state', 'target_id'), name='deadline_open_county'), models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['town_code', 'due_at', 'id'], include=('rule', 'state', 'target_id'), name='deadline_open_town'), models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['region', 'due_at', 'id'], include=('rule', 'state', 'target_id'), name='deadline_open_region'), models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['enterprise_id', 'due_at', 'id'], include=('rule', 'state', 'target_id'), name='deadline_open_enterprise')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('target_type', 'target_id', 'rule'), name='deadline_one_open_per_rule'), models.CheckConstraint(condition=models.Q(('next_at__isnull', True), models.Q(('settled_at__isnull', True), models.Q(('state', 'paused'), _negated=True)), _connector='OR'), name='deadline_only_running_has_next')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('warned', 'warned'), ('due', 'due today'), ('lapsed', 'lapsed'), ('escalated', 'escalated')], max_length=10, verbose_name='event')),
                ('level', models.CharField(blank=True, max_length=12, verbose_name='level')),
                ('at', models.DateTimeField(verbose_name='moment')),
                ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                ('dispatched_at', models.DateTimeField(blank=True, null=True, verbose_name='told at')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='deadlines.deadline')),
            ],
            options={
                'verbose_name': 'deadline event',
                'verbose_name_plural': 'deadline events',
                'ordering': ['at', 'id'],
                'indexes': [models.Index(condition=models.Q(('dispatched_at__isnull', True)), fields=['id'], name='deadline_event_untold')],
                'constraints': [models.UniqueConstraint(fields=('deadline', 'kind', 'level', 'at'), name='deadline_event_once')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_before', models.DateTimeField(verbose_name='due before')),
                ('due_after', models.DateTimeField(verbose_name='due after')),
                ('at', models.DateTimeField(verbose_name='moment')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='deadlines.deadline')),
            ],
            options={
                'verbose_name': 'extension',
                'verbose_name_plural': 'extensions',
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_at', models.DateTimeField(verbose_name='stopped at')),
                ('to_at', models.DateTimeField(blank=True, null=True, verbose_name='resumed at')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('due_before', models.DateTimeField(verbose_name='due before')),
                ('due_after', models.DateTimeField(blank=True, null=True, verbose_name='due after')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suspensions', to='deadlines.deadline')),
                ('resumed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'suspension',
                'verbose_name_plural': 'suspensions',
                'ordering': ['from_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_at__isnull', True)), fields=('deadline',), name='deadline_one_open_suspension')],
            },
        ),
        migrations.CreateModel(
            name='WorkingDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False, verbose_name='date')),
                ('is_workday', models.BooleanField(verbose_name='working day')),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='occasion')),
                ('basis', models.CharField(blank=True, help_text='The notice that says so.', max_length=120, verbose_name='basis')),
            ],
            options={
                'verbose_name': 'holiday or make-up day',
                'verbose_name_plural': 'holidays and make-up days',
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='WorkingDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('day', models.DateField(serialize=False, verbose_name='date')),
                ('is_workday', models.BooleanField(verbose_name='working day')),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='occasion')),
                ('basis', models.CharField(blank=True, help_text='The notice that says so.', max_length=120, verbose_name='basis')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='deadlines.workingday')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlineevent',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0a48fec197796ae3e9826331d30f03fe9a369fcc', operation='DELETE', pgid='pgtrigger_never_deleted_61273', table='deadlines_deadlineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."deadline_id" IS DISTINCT FROM (NEW."deadline_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."level" IS DISTINCT FROM (NEW."level") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."recorded_at" IS DISTINCT FROM (NEW."recorded_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='205b7310fa035b56fcec156297950e7d5f3b934a', operation='UPDATE', pgid='pgtrigger_append_only_972b6', table='deadlines_deadlineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='extension',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4d448203caf5df9edb775d46ec0a94a598a7faeb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9e4e', table='deadlines_extension', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workingday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deadlines_workingdayevent" ("basis", "day", "is_workday", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."basis", new_values."day", new_values."is_workday", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."day" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a28604bd28102a9df442a4580528eba6c40da910', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6a7ff', referencing='REFERENCING NEW TABLE AS new_values ', table='deadlines_workingday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workingday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deadlines_workingdayevent" ("basis", "day", "is_workday", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."basis", new_values."day", new_values."is_workday", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."day" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."day") = (new_values."day") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='28d2bd93323a0ab20be146c93c4df945c26ab94c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_646d2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='deadlines_workingday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workingday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "deadlines_workingdayevent" ("basis", "day", "is_workday", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."basis", old_values."day", old_values."is_workday", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."day" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='db6e6a8ca1deacb2a79d27abfcf991b0f74b8059', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6639a', referencing='REFERENCING OLD TABLE AS old_values ', table='deadlines_workingday', when='AFTER')),
        ),
    ]
