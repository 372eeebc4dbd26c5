import audit.migrating
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        BtreeGistExtension(),
        audit.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Law',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('short_id', models.CharField(max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z][A-Z0-9-]*$', 'Capital letters, digits and hyphens only.')], verbose_name='short name')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('full_title', models.CharField(blank=True, help_text='As issued documents cite it.', max_length=200, verbose_name='full title')),
                        ('number', models.CharField(blank=True, max_length=100, verbose_name='number')),
                        ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                        ('repealed_on', models.DateField(blank=True, null=True, verbose_name='repealed on')),
                        ('mark', models.CharField(choices=[('V', 'read in the text of the law'), ('V2', 'read in a reliable report of the rule'), ('M', 'long-standing rule, text not opened'), ('M-', 'to be confirmed against the text'), ('S1', 'practice reported by Dongying'), ('S2', 'practice reported by Jiangsu'), ('S3', 'practice reported by Hongshan'), ('S4', 'practice reported by Taihe'), ('D', 'platform default')], max_length=2, verbose_name='confidence')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('jurisdiction', models.CharField(blank=True, default='', max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})$', 'A jurisdiction is a division code of 2, 4, 6, 9 or 12 digits.')], verbose_name='jurisdiction')),
                    ],
                    options={
                        'verbose_name': 'law',
                        'verbose_name_plural': 'laws',
                        'ordering': ['short_id'],
                    },
                ),
                migrations.CreateModel(
                    name='Article',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(verbose_name='number')),
                        ('branch', models.PositiveSmallIntegerField(default=0, help_text='1 for an article inserted as “之一”.', verbose_name='inserted article')),
                        ('label', models.CharField(max_length=40, verbose_name='label')),
                        ('part', models.CharField(blank=True, max_length=100, verbose_name='part')),
                        ('chapter', models.CharField(blank=True, max_length=100, verbose_name='chapter')),
                        ('section', models.CharField(blank=True, max_length=100, verbose_name='section')),
                        ('text', models.TextField(verbose_name='text')),
                        ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, this day included')),
                        ('law', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='rulebook.law', verbose_name='law')),
                    ],
                    options={
                        'verbose_name': 'article',
                        'verbose_name_plural': 'articles',
                        'ordering': ['law', 'number', 'branch', 'valid_from'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('law', '='), ('number', '='), ('branch', '='), (models.Func('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='rulebook_article_one_text_a_day', violation_error_message='Another text of this article is valid on some of these days.')],
                    },
                ),
                migrations.CreateModel(
                    name='LawEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('short_id', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^[A-Z][A-Z0-9-]*$', 'Capital letters, digits and hyphens only.')], verbose_name='short name')),
                        ('title', models.CharField(max_length=200, verbose_name='title')),
                        ('full_title', models.CharField(blank=True, help_text='As issued documents cite it.', max_length=200, verbose_name='full title')),
                        ('number', models.CharField(blank=True, max_length=100, verbose_name='number')),
                        ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                        ('repealed_on', models.DateField(blank=True, null=True, verbose_name='repealed on')),
                        ('mark', models.CharField(choices=[('V', 'read in the text of the law'), ('V2', 'read in a reliable report of the rule'), ('M', 'long-standing rule, text not opened'), ('M-', 'to be confirmed against the text'), ('S1', 'practice reported by Dongying'), ('S2', 'practice reported by Jiangsu'), ('S3', 'practice reported by Hongshan'), ('S4', 'practice reported by Taihe'), ('D', 'platform default')], max_length=2, verbose_name='confidence')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('jurisdiction', models.CharField(blank=True, default='', max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})$', 'A jurisdiction is a division code of 2, 4, 6, 9 or 12 digits.')], verbose_name='jurisdiction')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rulebook.law')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Parameter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('^[A-Z][A-Z0-9_]*$', 'Capital letters, digits and underscores only.')], verbose_name='code')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('value', models.DecimalField(decimal_places=4, max_digits=16, verbose_name='value')),
                        ('unit', models.CharField(choices=[('workday', 'working days'), ('day', 'days'), ('hour', 'hours'), ('minute', 'minutes'), ('month', 'months'), ('year', 'years'), ('yuan', 'yuan'), ('percent', 'percent'), ('count', 'times or items'), ('score', 'points'), ('day_of_month', 'day of the month after'), ('month_of_year', 'month of the year, to its last day'), ('flag', '1 for yes, 0 for no')], max_length=16, verbose_name='unit')),
                        ('jurisdiction', models.CharField(blank=True, default='', help_text='Empty for the whole country; the most specific place wins.', max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{2}|\\d{4}|\\d{6}|\\d{9}|\\d{12})$', 'A jurisdiction is a division code of 2, 4, 6, 9 or 12 digits.')], verbose_name='jurisdiction')),
                        ('article', models.PositiveIntegerField(blank=True, null=True, verbose_name='article')),
                        ('basis', models.CharField(blank=True, help_text='Needed where no law of the rulebook is named.', max_length=300, verbose_name='basis in words')),
                        ('mark', models.CharField(choices=[('V', 'read in the text of the law'), ('V2', 'read in a reliable report of the rule'), ('M', 'long-standing rule, text not opened'), ('M-', 'to be confirmed against the text'), ('S1', 'practice reported by Dongying'), ('S2', 'practice reported by Jiangsu'), ('S3', 'practice reported by Hongshan'), ('S4', 'practice reported by Taihe'), ('D', 'platform default')], max_length=2, verbose_name='confidence')),
                        ('effective_from', models.DateField(verbose_name='effective from')),
                        ('effective_to', models.DateField(blank=True, null=True, verbose_name='effective to, this day included')),
                        ('note', models.TextField(blank=True, verbose_name='note')),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the change')),
                        ('entered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='entered at')),
                        ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn at')),
                        ('entered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('law', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parameters', to='rulebook.law', verbose_name='law')),
                    ],
                    options={
                        'verbose_name': 'parameter',
                        'verbose_name_plural': 'parameters',
                        'ordering': ['code', 'jurisdiction', 'effective_from'],
                        'permissions': [('view_unconfirmed', 'Can see what is still to be confirmed')],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at__isnull', True)), expressions=[('code', '='), ('jurisdiction', '='), (models.Func('effective_from', 'effective_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='rulebook_parameter_one_a_day', violation_error_message='Another row of this parameter holds on some of these days.'), models.CheckConstraint(condition=models.Q(('effective_to__isnull', True), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='rulebook_parameter_ends_after_it_begins', violation_error_message='The last day lies before the first.'), models.CheckConstraint(condition=models.Q(('law__isnull', False), models.Q(('basis', ''), _negated=True), _connector='OR'), name='rulebook_parameter_has_a_basis', violation_error_message='Name a law, or say in words what the number rests on.')],
                    },
                ),
                migrations.CreateModel(
                    name='Question',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='number')),
                        ('text', models.TextField(verbose_name='question')),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                        ('laws', models.ManyToManyField(blank=True, related_name='questions', to='rulebook.law', verbose_name='laws concerned')),
                    ],
                    options={
                        'verbose_name': 'question to the legal section',
                        'verbose_name_plural': 'questions to the legal section',
                        'ordering': ['number'],
                    },
                ),
                migrations.CreateModel(
                    name='QuestionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                        ('text', models.TextField(verbose_name='question')),
                        ('answer', models.TextField(blank=True, verbose_name='answer')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rulebook.question')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ArticleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('number', models.PositiveIntegerField(verbose_name='number')),
                        ('branch', models.PositiveSmallIntegerField(default=0, help_text='1 for an article inserted as “之一”.', verbose_name='inserted article')),
                        ('label', models.CharField(max_length=40, verbose_name='label')),
                        ('part', models.CharField(blank=True, max_length=100, verbose_name='part')),
                        ('chapter', models.CharField(blank=True, max_length=100, verbose_name='chapter')),
                        ('section', models.CharField(blank=True, max_length=100, verbose_name='section')),
                        ('text', models.TextField(verbose_name='text')),
                        ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to, this day included')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rulebook.article')),
                        ('law', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rulebook.law', verbose_name='law')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='law',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_lawevent" ("full_title", "id", "in_force_from", "jurisdiction", "mark", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repealed_on", "short_id", "title") SELECT new_values."full_title", new_values."id", new_values."in_force_from", new_values."jurisdiction", new_values."mark", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."repealed_on", new_values."short_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='df7233d51d2760f694ee95ddb7277ccb391005b3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b706e', referencing='REFERENCING NEW TABLE AS new_values ', table='rulebook_law', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='law',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_lawevent" ("full_title", "id", "in_force_from", "jurisdiction", "mark", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repealed_on", "short_id", "title") SELECT new_values."full_title", new_values."id", new_values."in_force_from", new_values."jurisdiction", new_values."mark", new_values."note", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."repealed_on", new_values."short_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='41cc86f80f3c91f5ab24f987311b53f562311948', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6da81', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rulebook_law', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='law',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_lawevent" ("full_title", "id", "in_force_from", "jurisdiction", "mark", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repealed_on", "short_id", "title") SELECT old_values."full_title", old_values."id", old_values."in_force_from", old_values."jurisdiction", old_values."mark", old_values."note", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."repealed_on", old_values."short_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f16b018c05dc402a9d1e13ed7e334b630395b819', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4c03c', referencing='REFERENCING OLD TABLE AS old_values ', table='rulebook_law', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='article',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_articleevent" ("branch", "chapter", "id", "label", "law_id", "number", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "text", "valid_from", "valid_to") SELECT new_values."branch", new_values."chapter", new_values."id", new_values."label", new_values."law_id", new_values."number", new_values."part", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."section", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3629ad0470ede169b49e1f1d1fee6dbc59bf7714', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e5e7a', referencing='REFERENCING NEW TABLE AS new_values ', table='rulebook_article', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='article',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_articleevent" ("branch", "chapter", "id", "label", "law_id", "number", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "text", "valid_from", "valid_to") SELECT new_values."branch", new_values."chapter", new_values."id", new_values."label", new_values."law_id", new_values."number", new_values."part", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."section", new_values."text", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='75cb9112c54781bb2feaeb9ead749a2fde8b2f69', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_febf0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rulebook_article', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='article',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_articleevent" ("branch", "chapter", "id", "label", "law_id", "number", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "text", "valid_from", "valid_to") SELECT old_values."branch", old_values."chapter", old_values."id", old_values."label", old_values."law_id", old_values."number", old_values."part", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."section", old_values."text", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fa655fbb192caca3aee5a2a0534f5431725213f5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e28c0', referencing='REFERENCING OLD TABLE AS old_values ', table='rulebook_article', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='parameter',
                    trigger=pgtrigger.compiler.Trigger(name='parameter_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='620e5b84aa0203d73e7fbdc771aa9ff4b69b6473', operation='DELETE', pgid='pgtrigger_parameter_never_deleted_ff096', table='rulebook_parameter', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='parameter',
                    trigger=pgtrigger.compiler.Trigger(name='parameter_never_rewritten', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."unit" IS DISTINCT FROM (NEW."unit") OR OLD."jurisdiction" IS DISTINCT FROM (NEW."jurisdiction") OR OLD."law_id" IS DISTINCT FROM (NEW."law_id") OR OLD."article" IS DISTINCT FROM (NEW."article") OR OLD."basis" IS DISTINCT FROM (NEW."basis") OR OLD."mark" IS DISTINCT FROM (NEW."mark") OR OLD."effective_from" IS DISTINCT FROM (NEW."effective_from") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."entered_by_id" IS DISTINCT FROM (NEW."entered_by_id") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='162fb81b87c19d0a9b9ed5c27da6b9eac9313ab7', operation='UPDATE', pgid='pgtrigger_parameter_never_rewritten_29bc7', table='rulebook_parameter', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_questionevent" ("answer", "answered_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."answer", new_values."answered_on", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6dd11c980183d5f083a32d6e49a2b64dd77f2d23', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7cfde', referencing='REFERENCING NEW TABLE AS new_values ', table='rulebook_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_questionevent" ("answer", "answered_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."answer", new_values."answered_on", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1d8e5a0fee8feff5cb1e53b256d4ee6c8c49d239', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c6991', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rulebook_question', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='question',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rulebook_questionevent" ("answer", "answered_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT old_values."answer", old_values."answered_on", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='849aebfa4a3dc7a6c78fc52996e8ec448b4c56dc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2e602', referencing='REFERENCING OLD TABLE AS old_values ', table='rulebook_question', when='AFTER')),
                ),
            ],
        ),
    ]
