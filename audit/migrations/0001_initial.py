import audit.migrating
import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
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
    ]

    operations = [
        audit.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='KeptUser',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'default_permissions': (),
                    },
                    bases=('accounts.user',),
                    managers=[
                        ('objects', django.contrib.auth.models.UserManager()),
                    ],
                ),
                migrations.CreateModel(
                    name='KeptPost',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'default_permissions': (),
                    },
                    bases=('accounts.post',),
                ),
                migrations.CreateModel(
                    name='KeptOrganisation',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'default_permissions': (),
                    },
                    bases=('accounts.organisation',),
                ),
                migrations.CreateModel(
                    name='KeptDelegation',
                    fields=[
                    ],
                    options={
                        'proxy': True,
                        'default_permissions': (),
                    },
                    bases=('accounts.delegation',),
                ),
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_index=True, verbose_name='at')),
                        ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='recorded at')),
                        ('actor_name', models.CharField(blank=True, max_length=40, verbose_name='name')),
                        ('post_title', models.CharField(blank=True, max_length=80, verbose_name='post')),
                        ('verb', models.CharField(max_length=80, verbose_name='verb')),
                        ('target_id', models.BigIntegerField(blank=True, null=True)),
                        ('target_label', models.CharField(blank=True, max_length=200, verbose_name='record')),
                        ('region', models.CharField(blank=True, max_length=15, verbose_name='division')),
                        ('reason', models.TextField(blank=True, max_length=2000, verbose_name='reason')),
                        ('data', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                        ('ip', models.GenericIPAddressField(blank=True, null=True, verbose_name='address')),
                        ('actor', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                        ('on_behalf_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='on behalf of')),
                        ('target_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                    ],
                    options={
                        'verbose_name': 'audit entry',
                        'verbose_name_plural': 'audit entries',
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['target_type', 'target_id', '-id'], name='entry_target'), models.Index(fields=['verb', '-id'], name='entry_verb'), models.Index(fields=['actor', '-id'], name='entry_actor')],
                    },
                ),
                migrations.CreateModel(
                    name='KeptDelegationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('from_on', models.DateField(verbose_name='from')),
                        ('to_on', models.DateField(verbose_name='to')),
                        ('reason', models.CharField(max_length=200, verbose_name='reason')),
                        ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended early on')),
                        ('giver', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='away')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('receiver', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='acting')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='audit.keptdelegation')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='KeptOrganisationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('short_name', models.CharField(max_length=40, verbose_name='short name')),
                        ('kind', models.CharField(choices=[('bureau', 'Emergency management bureau'), ('department', 'Competent department'), ('team', 'Enforcement team'), ('town', 'Town government'), ('committee', 'Safety committee office'), ('agency', 'Technical service agency'), ('enterprise', 'Enterprise')], max_length=12, verbose_name='kind')),
                        ('document_mark', models.CharField(blank=True, max_length=10, verbose_name='mark in document numbers')),
                        ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation', verbose_name='superior')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='division')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='audit.keptorganisation')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='KeptPostEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('role', models.CharField(choices=[('city', 'City regulator'), ('county', 'County regulator'), ('town', 'Town regulator'), ('grid', 'Grid worker'), ('leader', 'Responsible leader'), ('legal', 'Legal reviewer'), ('officer', 'Enforcement officer'), ('dept', 'Competent department'), ('enterprise', 'Enterprise safety officer'), ('expert', 'Expert'), ('agency', 'Service agency'), ('admin', 'System administrator'), ('security', 'Security administrator'), ('auditor', 'Auditor')], max_length=12, verbose_name='role')),
                        ('industry', models.CharField(blank=True, max_length=20, verbose_name='industry')),
                        ('enterprise_id', models.BigIntegerField(blank=True, null=True, verbose_name='enterprise')),
                        ('grid_code', models.CharField(blank=True, max_length=15, verbose_name='grid')),
                        ('title', models.CharField(blank=True, max_length=60, verbose_name='title')),
                        ('from_on', models.DateField(verbose_name='from')),
                        ('to_on', models.DateField(blank=True, null=True, verbose_name='to')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation', verbose_name='organisation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='division')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='audit.keptpost')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('seq', models.BigIntegerField(unique=True)),
                        ('previous_hash', models.CharField(max_length=64)),
                        ('hash', models.CharField(max_length=64)),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='audit.entry')),
                    ],
                    options={
                        'ordering': ['seq'],
                    },
                ),
                migrations.CreateModel(
                    name='KeptUserEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                        ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                        ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                        ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                        ('name', models.CharField(max_length=40, verbose_name='name')),
                        ('phone', models.CharField(blank=True, max_length=20, null=True, verbose_name='mobile')),
                        ('language', models.CharField(default='zh-hans', max_length=10, verbose_name='language')),
                        ('password_changed_at', models.DateTimeField(blank=True, null=True, verbose_name='password changed at')),
                        ('must_change_password', models.BooleanField(default=False, verbose_name='must change the password')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation', verbose_name='organisation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='audit.keptuser')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptuser',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptuserevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "must_change_password", "name", "organisation_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "username") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."language", new_values."must_change_password", new_values."name", new_values."organisation_id", new_values."password_changed_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phone", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8a67667a5b01847e6ae9767a07a74641f2303ee4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_29b7b', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptuser',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptuserevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "must_change_password", "name", "organisation_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "username") SELECT new_values."date_joined", new_values."email", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."language", new_values."must_change_password", new_values."name", new_values."organisation_id", new_values."password_changed_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phone", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."must_change_password" IS DISTINCT FROM (new_values."must_change_password") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."password_changed_at" IS DISTINCT FROM (new_values."password_changed_at") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f3aac5490a7bb3f6ea100efeb94072895a1d058b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_67d09', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptuser',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptuserevent" ("date_joined", "email", "id", "is_active", "is_staff", "is_superuser", "language", "must_change_password", "name", "organisation_id", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "username") SELECT old_values."date_joined", old_values."email", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."language", old_values."must_change_password", old_values."name", old_values."organisation_id", old_values."password_changed_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phone", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='21ba77d3c3fc2abd49a614c9f6f0aae046d57e80', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_59fc8', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_user', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptpost',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptpostevent" ("enterprise_id", "from_on", "grid_code", "id", "industry", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role", "title", "to_on", "user_id") SELECT new_values."enterprise_id", new_values."from_on", new_values."grid_code", new_values."id", new_values."industry", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."region_id", new_values."role", new_values."title", new_values."to_on", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='10a99c9a0084b71f3e225427d48e44a3ec9d6b58', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e2883', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_post', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptpost',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptpostevent" ("enterprise_id", "from_on", "grid_code", "id", "industry", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role", "title", "to_on", "user_id") SELECT new_values."enterprise_id", new_values."from_on", new_values."grid_code", new_values."id", new_values."industry", new_values."organisation_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."region_id", new_values."role", new_values."title", new_values."to_on", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5c5e1211dbc581a7e83726bf3252e46def09145e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_63d5a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_post', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptpost',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptpostevent" ("enterprise_id", "from_on", "grid_code", "id", "industry", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role", "title", "to_on", "user_id") SELECT old_values."enterprise_id", old_values."from_on", old_values."grid_code", old_values."id", old_values."industry", old_values."organisation_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."region_id", old_values."role", old_values."title", old_values."to_on", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d25213173f0d2e1a9af84ce27b8b5b911f40e6ad', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f1a29', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_post', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptorganisation',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptorganisationevent" ("document_mark", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "short_name") SELECT new_values."document_mark", new_values."id", new_values."kind", new_values."name", new_values."parent_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."region_id", new_values."short_name" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b00b01cd2ea88ef8a926b0f019993de30c41c43e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_55726', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptorganisation',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptorganisationevent" ("document_mark", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "short_name") SELECT new_values."document_mark", new_values."id", new_values."kind", new_values."name", new_values."parent_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."region_id", new_values."short_name" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e8f29f7b13eb12bf8cfe288fa9abead89d6b360e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_22ad6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptorganisation',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptorganisationevent" ("document_mark", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "short_name") SELECT old_values."document_mark", old_values."id", old_values."kind", old_values."name", old_values."parent_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."region_id", old_values."short_name" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='66ad058afbde34c1adbdaf5e2a5ea780ea168b13', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b1325', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_organisation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptdelegation',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptdelegationevent" ("ended_on", "from_on", "giver_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receiver_id", "to_on") SELECT new_values."ended_on", new_values."from_on", new_values."giver_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."receiver_id", new_values."to_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='928979cd828fe5a7231374b3684d591cc321af22', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dda71', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_delegation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptdelegation',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptdelegationevent" ("ended_on", "from_on", "giver_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receiver_id", "to_on") SELECT new_values."ended_on", new_values."from_on", new_values."giver_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."receiver_id", new_values."to_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f9d53d25f915ab849c3d38ca7d8465d35e7cb4fb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1bcf5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_delegation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='keptdelegation',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "audit_keptdelegationevent" ("ended_on", "from_on", "giver_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "receiver_id", "to_on") SELECT old_values."ended_on", old_values."from_on", old_values."giver_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."receiver_id", old_values."to_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='73db8bdc1683fd5bf0d8165e1f289f7e8f3668e3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_18d0b', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_delegation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='entry',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b389f8260e22d0fbf38b4ff1e20214212b176ee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6b88', table='audit_entry', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='entry',
                    trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The audit trail is append-only: % cannot be emptied', TG_TABLE_NAME;", hash='a44d5877252a0fb0bdb54d9e8b8302ec93068cc3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_32091', table='audit_entry', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seal',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='425da599b8e4cf7384a383a64e17697a9d08a345', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4de12', table='audit_seal', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='seal',
                    trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'The audit trail is append-only: % cannot be emptied', TG_TABLE_NAME;", hash='a986ae125803c0e69c657a38ab66fb9ccf4e3a1e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2e740', table='audit_seal', when='BEFORE')),
                ),
            ],
        ),
    ]
