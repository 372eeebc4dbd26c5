import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='StateChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target_id', models.BigIntegerField()),
                ('lifecycle', models.CharField(max_length=60, verbose_name='lifecycle')),
                ('verb', models.CharField(max_length=60, verbose_name='verb')),
                ('from_state', models.CharField(blank=True, max_length=24, verbose_name='from state')),
                ('to_state', models.CharField(max_length=24, verbose_name='to state')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('at', models.DateTimeField(verbose_name='moment')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                ('data', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('dispatched_at', models.DateTimeField(blank=True, null=True, verbose_name='told at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='on behalf of')),
                ('target_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'state change',
                'verbose_name_plural': 'state changes',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['target_type', 'target_id', 'id'], name='statechange_target'), models.Index(condition=models.Q(('dispatched_at__isnull', True)), fields=['id'], name='statechange_untold')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='16c655a45150819bedf6e5dbfd87aa755c31165a', operation='DELETE', pgid='pgtrigger_never_deleted_8b344', table='lifecycle_statechange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statechange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."target_type_id" IS DISTINCT FROM (NEW."target_type_id") OR OLD."target_id" IS DISTINCT FROM (NEW."target_id") OR OLD."lifecycle" IS DISTINCT FROM (NEW."lifecycle") OR OLD."verb" IS DISTINCT FROM (NEW."verb") OR OLD."from_state" IS DISTINCT FROM (NEW."from_state") OR OLD."to_state" IS DISTINCT FROM (NEW."to_state") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."on_behalf_of_id" IS DISTINCT FROM (NEW."on_behalf_of_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."data" IS DISTINCT FROM (NEW."data"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='3a413685a97ed6eb04cd8d7656028dc9f7934328', operation='UPDATE', pgid='pgtrigger_append_only_0714e', table='lifecycle_statechange', when='BEFORE')),
        ),
    ]
