import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
import django.db.models.functions.text


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("regions", "0001_initial"),
        ("enterprises", "0103_truth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('successor_name', models.CharField(max_length=40, verbose_name='successor')),
                ('successor_phone', models.CharField(max_length=20, verbose_name="successor's mobile")),
                ('to_principal', models.BooleanField(default=False, verbose_name='falls to the principal')),
                ('open_tasks', models.PositiveIntegerField(default=0, verbose_name='open tasks handed over')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='moment')),
            ],
            options={
                'verbose_name': 'handover of a safety officer',
                'verbose_name_plural': 'handovers of safety officers',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='MergeRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dropped_id', models.BigIntegerField(db_index=True, verbose_name='number of the file that was dropped')),
                ('dropped_name', models.CharField(max_length=120, verbose_name='name in the file that was dropped')),
                ('dropped_uscc', models.CharField(max_length=18, verbose_name='code in the file that was dropped')),
                ('snapshot', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('filled', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('moved', models.JSONField(default=dict)),
                ('set_aside', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('at', models.DateTimeField(verbose_name='moment')),
                ('undo_until', models.DateField(verbose_name='can be undone until')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
            ],
            options={
                'verbose_name': 'merge of two files',
                'verbose_name_plural': 'merges of files',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='StatusProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='step')),
                ('status', models.CharField(max_length=20, verbose_name='status after it')),
                ('seen_on', models.DateField(verbose_name='day of the paper or the visit')),
                ('document_number', models.CharField(blank=True, max_length=60, verbose_name='number of the paper')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='what was found')),
                ('at', models.DateTimeField(verbose_name='moment')),
            ],
            options={
                'verbose_name': 'evidence of a status',
                'verbose_name_plural': 'evidence of statuses',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='StopRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('self', 'Stops by itself'), ('seasonal', 'Stops for the season')], max_length=10, verbose_name='kind')),
                ('stop_on', models.DateField(verbose_name='stopped from')),
                ('planned_until', models.DateField(blank=True, null=True, verbose_name='planned until')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('outcome', models.CharField(blank=True, choices=[('verified', 'Seen on site'), ('refused', 'Not confirmed'), ('withdrawn', 'Withdrawn'), ('overtaken', 'Overtaken by another step')], max_length=10, verbose_name='outcome')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('decision_reason', models.CharField(blank=True, max_length=500, verbose_name='reason of the decision')),
            ],
            options={
                'verbose_name': 'stop asked for',
                'verbose_name_plural': 'stops asked for',
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='division')),
                ('city_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 4), output_field=models.CharField(max_length=4))),
                ('county_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 6), output_field=models.CharField(max_length=6))),
                ('town_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 9), output_field=models.CharField(max_length=9))),
                ('state', models.CharField(max_length=24, verbose_name='state')),
                ('state_since', models.DateTimeField(verbose_name='in this state since')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='version')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                ('decision_reason', models.CharField(blank=True, max_length=500, verbose_name='reason of the decision')),
            ],
            options={
                'verbose_name': 'transfer of a file',
                'verbose_name_plural': 'transfers of files',
                'ordering': ['-id'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enterprise',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enterprise',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enterprise',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='enterprise',
            name='planned_until',
            field=models.DateField(blank=True, null=True, verbose_name='planned until'),
        ),
        migrations.AddField(
            model_name='enterprise',
            name='stop_checked_until',
            field=models.DateField(blank=True, null=True, verbose_name='stop verified until'),
        ),
        migrations.AddField(
            model_name='enterprise',
            name='version',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='enterpriseevent',
            name='planned_until',
            field=models.DateField(blank=True, null=True, verbose_name='planned until'),
        ),
        migrations.AddField(
            model_name='enterpriseevent',
            name='stop_checked_until',
            field=models.DateField(blank=True, null=True, verbose_name='stop verified until'),
        ),
        migrations.AddField(
            model_name='enterpriseevent',
            name='version',
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name='version'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enterprise',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("annual_revenue", "building_area", "business_scope", "competent_department_id", "contact_name", "contact_phone", "created_at", "duty_phone", "employees", "enterprise_type", "established_on", "fixed_assets", "former_name", "full_time_safety_managers", "grid_id", "id", "industry_code", "is_above_designated", "land_area", "latitude", "legal_rep_name", "legal_rep_phone", "longitude", "main_products", "name", "operating_status", "parent_group", "part_time_safety_managers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_until", "postcode", "principal_name", "principal_phone", "process_description", "production_address", "raw_materials", "region_id", "registered_address", "registered_capital", "registered_safety_engineers", "regulatory_category", "risk_tags", "safety_head", "shift_system", "size", "special_operators", "status_since", "stop_checked_until", "sub_category", "supervising_organisation_id", "supervision_level", "updated_at", "uscc", "version") SELECT new_values."annual_revenue", new_values."building_area", new_values."business_scope", new_values."competent_department_id", new_values."contact_name", new_values."contact_phone", new_values."created_at", new_values."duty_phone", new_values."employees", new_values."enterprise_type", new_values."established_on", new_values."fixed_assets", new_values."former_name", new_values."full_time_safety_managers", new_values."grid_id", new_values."id", new_values."industry_code", new_values."is_above_designated", new_values."land_area", new_values."latitude", new_values."legal_rep_name", new_values."legal_rep_phone", new_values."longitude", new_values."main_products", new_values."name", new_values."operating_status", new_values."parent_group", new_values."part_time_safety_managers", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."planned_until", new_values."postcode", new_values."principal_name", new_values."principal_phone", new_values."process_description", new_values."production_address", new_values."raw_materials", new_values."region_id", new_values."registered_address", new_values."registered_capital", new_values."registered_safety_engineers", new_values."regulatory_category", new_values."risk_tags", new_values."safety_head", new_values."shift_system", new_values."size", new_values."special_operators", new_values."status_since", new_values."stop_checked_until", new_values."sub_category", new_values."supervising_organisation_id", new_values."supervision_level", new_values."updated_at", new_values."uscc", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8d71e9e2bc62965c1b62ddb673aeefb4a68626f6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_079c7', referencing='REFERENCING NEW TABLE AS new_values ', table='enterprises_enterprise', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enterprise',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("annual_revenue", "building_area", "business_scope", "competent_department_id", "contact_name", "contact_phone", "created_at", "duty_phone", "employees", "enterprise_type", "established_on", "fixed_assets", "former_name", "full_time_safety_managers", "grid_id", "id", "industry_code", "is_above_designated", "land_area", "latitude", "legal_rep_name", "legal_rep_phone", "longitude", "main_products", "name", "operating_status", "parent_group", "part_time_safety_managers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_until", "postcode", "principal_name", "principal_phone", "process_description", "production_address", "raw_materials", "region_id", "registered_address", "registered_capital", "registered_safety_engineers", "regulatory_category", "risk_tags", "safety_head", "shift_system", "size", "special_operators", "status_since", "stop_checked_until", "sub_category", "supervising_organisation_id", "supervision_level", "updated_at", "uscc", "version") SELECT new_values."annual_revenue", new_values."building_area", new_values."business_scope", new_values."competent_department_id", new_values."contact_name", new_values."contact_phone", new_values."created_at", new_values."duty_phone", new_values."employees", new_values."enterprise_type", new_values."established_on", new_values."fixed_assets", new_values."former_name", new_values."full_time_safety_managers", new_values."grid_id", new_values."id", new_values."industry_code", new_values."is_above_designated", new_values."land_area", new_values."latitude", new_values."legal_rep_name", new_values."legal_rep_phone", new_values."longitude", new_values."main_products", new_values."name", new_values."operating_status", new_values."parent_group", new_values."part_time_safety_managers", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."planned_until", new_values."postcode", new_values."principal_name", new_values."principal_phone", new_values."process_description", new_values."production_address", new_values."raw_materials", new_values."region_id", new_values."registered_address", new_values."registered_capital", new_values."registered_safety_engineers", new_values."regulatory_category", new_values."risk_tags", new_values."safety_head", new_values."shift_system", new_values."size", new_values."special_operators", new_values."status_since", new_values."stop_checked_until", new_values."sub_category", new_values."supervising_organisation_id", new_values."supervision_level", new_values."updated_at", new_values."uscc", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."annual_revenue" IS DISTINCT FROM (new_values."annual_revenue") OR old_values."building_area" IS DISTINCT FROM (new_values."building_area") OR old_values."business_scope" IS DISTINCT FROM (new_values."business_scope") OR old_values."competent_department_id" IS DISTINCT FROM (new_values."competent_department_id") OR old_values."contact_name" IS DISTINCT FROM (new_values."contact_name") OR old_values."contact_phone" IS DISTINCT FROM (new_values."contact_phone") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."duty_phone" IS DISTINCT FROM (new_values."duty_phone") OR old_values."employees" IS DISTINCT FROM (new_values."employees") OR old_values."enterprise_type" IS DISTINCT FROM (new_values."enterprise_type") OR old_values."established_on" IS DISTINCT FROM (new_values."established_on") OR old_values."fixed_assets" IS DISTINCT FROM (new_values."fixed_assets") OR old_values."former_name" IS DISTINCT FROM (new_values."former_name") OR old_values."full_time_safety_managers" IS DISTINCT FROM (new_values."full_time_safety_managers") OR old_values."grid_id" IS DISTINCT FROM (new_values."grid_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."industry_code" IS DISTINCT FROM (new_values."industry_code") OR old_values."is_above_designated" IS DISTINCT FROM (new_values."is_above_designated") OR old_values."land_area" IS DISTINCT FROM (new_values."land_area") OR old_values."latitude" IS DISTINCT FROM (new_values."latitude") OR old_values."legal_rep_name" IS DISTINCT FROM (new_values."legal_rep_name") OR old_values."legal_rep_phone" IS DISTINCT FROM (new_values."legal_rep_phone") OR old_values."longitude" IS DISTINCT FROM (new_values."longitude") OR old_values."main_products" IS DISTINCT FROM (new_values."main_products") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."operating_status" IS DISTINCT FROM (new_values."operating_status") OR old_values."parent_group" IS DISTINCT FROM (new_values."parent_group") OR old_values."part_time_safety_managers" IS DISTINCT FROM (new_values."part_time_safety_managers") OR old_values."planned_until" IS DISTINCT FROM (new_values."planned_until") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."principal_name" IS DISTINCT FROM (new_values."principal_name") OR old_values."principal_phone" IS DISTINCT FROM (new_values."principal_phone") OR old_values."process_description" IS DISTINCT FROM (new_values."process_description") OR old_values."production_address" IS DISTINCT FROM (new_values."production_address") OR old_values."raw_materials" IS DISTINCT FROM (new_values."raw_materials") OR old_values."region_id" IS DISTINCT FROM (new_values."region_id") OR old_values."registered_address" IS DISTINCT FROM (new_values."registered_address") OR old_values."registered_capital" IS DISTINCT FROM (new_values."registered_capital") OR old_values."registered_safety_engineers" IS DISTINCT FROM (new_values."registered_safety_engineers") OR old_values."regulatory_category" IS DISTINCT FROM (new_values."regulatory_category") OR old_values."risk_tags" IS DISTINCT FROM (new_values."risk_tags") OR old_values."safety_head" IS DISTINCT FROM (new_values."safety_head") OR old_values."shift_system" IS DISTINCT FROM (new_values."shift_system") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."special_operators" IS DISTINCT FROM (new_values."special_operators") OR old_values."status_since" IS DISTINCT FROM (new_values."status_since") OR old_values."stop_checked_until" IS DISTINCT FROM (new_values."stop_checked_until") OR old_values."sub_category" IS DISTINCT FROM (new_values."sub_category") OR old_values."supervising_organisation_id" IS DISTINCT FROM (new_values."supervising_organisation_id") OR old_values."supervision_level" IS DISTINCT FROM (new_values."supervision_level") OR old_values."updated_at" IS DISTINCT FROM (new_values."updated_at") OR old_values."uscc" IS DISTINCT FROM (new_values."uscc") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e3591fe7ae290df3c3401e80bd50808da6d52925', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_11bf5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='enterprises_enterprise', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enterprise',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_enterpriseevent" ("annual_revenue", "building_area", "business_scope", "competent_department_id", "contact_name", "contact_phone", "created_at", "duty_phone", "employees", "enterprise_type", "established_on", "fixed_assets", "former_name", "full_time_safety_managers", "grid_id", "id", "industry_code", "is_above_designated", "land_area", "latitude", "legal_rep_name", "legal_rep_phone", "longitude", "main_products", "name", "operating_status", "parent_group", "part_time_safety_managers", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_until", "postcode", "principal_name", "principal_phone", "process_description", "production_address", "raw_materials", "region_id", "registered_address", "registered_capital", "registered_safety_engineers", "regulatory_category", "risk_tags", "safety_head", "shift_system", "size", "special_operators", "status_since", "stop_checked_until", "sub_category", "supervising_organisation_id", "supervision_level", "updated_at", "uscc", "version") SELECT old_values."annual_revenue", old_values."building_area", old_values."business_scope", old_values."competent_department_id", old_values."contact_name", old_values."contact_phone", old_values."created_at", old_values."duty_phone", old_values."employees", old_values."enterprise_type", old_values."established_on", old_values."fixed_assets", old_values."former_name", old_values."full_time_safety_managers", old_values."grid_id", old_values."id", old_values."industry_code", old_values."is_above_designated", old_values."land_area", old_values."latitude", old_values."legal_rep_name", old_values."legal_rep_phone", old_values."longitude", old_values."main_products", old_values."name", old_values."operating_status", old_values."parent_group", old_values."part_time_safety_managers", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."planned_until", old_values."postcode", old_values."principal_name", old_values."principal_phone", old_values."process_description", old_values."production_address", old_values."raw_materials", old_values."region_id", old_values."registered_address", old_values."registered_capital", old_values."registered_safety_engineers", old_values."regulatory_category", old_values."risk_tags", old_values."safety_head", old_values."shift_system", old_values."size", old_values."special_operators", old_values."status_since", old_values."stop_checked_until", old_values."sub_category", old_values."supervising_organisation_id", old_values."supervision_level", old_values."updated_at", old_values."uscc", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='11d02b9241efc0d2ae0880ea8854e625995a4930', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dc699', referencing='REFERENCING OLD TABLE AS old_values ', table='enterprises_enterprise', when='AFTER')),
        ),
        migrations.AddField(
            model_name='handover',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='handover',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='enterprises.enterprise', verbose_name='enterprise'),
        ),
        migrations.AddField(
            model_name='handover',
            name='leaver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who leaves'),
        ),
        migrations.AddField(
            model_name='handover',
            name='successor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name="successor's account"),
        ),
        migrations.AddField(
            model_name='mergerecord',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='mergerecord',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='enterprises.enterprise', verbose_name='file that was kept'),
        ),
        migrations.AddField(
            model_name='mergerecord',
            name='undone_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statusproof',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='statusproof',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='enterprises.enterprise', verbose_name='enterprise'),
        ),
        migrations.AddField(
            model_name='stoprequest',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='stoprequest',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stoprequest',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stop_requests', to='enterprises.enterprise', verbose_name='enterprise'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='transfer',
            name='enterprise',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='enterprises.enterprise', verbose_name='enterprise'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='from_region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='from'),
        ),
        migrations.AddIndex(
            model_name='statusproof',
            index=models.Index(fields=['enterprise', '-id'], name='proof_enterprise'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusproof',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fbe238eb449561df8a3959bef9eb057208bf747f', operation='DELETE', pgid='pgtrigger_never_deleted_fea71', table='enterprises_statusproof', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statusproof',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."verb" IS DISTINCT FROM (NEW."verb") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."seen_on" IS DISTINCT FROM (NEW."seen_on") OR OLD."document_number" IS DISTINCT FROM (NEW."document_number") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."at" IS DISTINCT FROM (NEW."at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='665e382d16c2109788daee8f73cbdcadcece2540', operation='UPDATE', pgid='pgtrigger_append_only_502a1', table='enterprises_statusproof', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='stoprequest',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('enterprise',), name='enterprise_one_open_stop'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['county_code', '-id'], name='transfer_county_new'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('enterprise',), name='enterprise_one_open_transfer'),
        ),
    ]
