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
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Equality of text and integers inside an exclusion constraint.
        BtreeGistExtension(),
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
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'ordering': ['law', 'number', 'branch', 'valid_from'],
            },
        ),
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
            ],
            options={
                'verbose_name': 'parameter',
                'verbose_name_plural': 'parameters',
                'ordering': ['code', 'jurisdiction', 'effective_from'],
                'permissions': [('view_unconfirmed', 'Can see what is still to be confirmed')],
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
        migrations.AddField(
            model_name='article',
            name='law',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='rulebook.law', verbose_name='law'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='law',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rulebook_lawevent" ("full_title", "id", "in_force_from", "jurisdiction", "mark", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repealed_on", "short_id", "title") VALUES (NEW."full_title", NEW."id", NEW."in_force_from", NEW."jurisdiction", NEW."mark", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."repealed_on", NEW."short_id", NEW."title"); RETURN NULL;', hash='5ca8cf4703c073e495dfe812907d15c1c7aa3a40', operation='INSERT', pgid='pgtrigger_insert_insert_b706e', table='rulebook_law', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='law',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rulebook_lawevent" ("full_title", "id", "in_force_from", "jurisdiction", "mark", "note", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "repealed_on", "short_id", "title") VALUES (NEW."full_title", NEW."id", NEW."in_force_from", NEW."jurisdiction", NEW."mark", NEW."note", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."repealed_on", NEW."short_id", NEW."title"); RETURN NULL;', hash='9f1fa2e4156d9a2d13421fd1a1e2413280e185ae', operation='UPDATE', pgid='pgtrigger_update_update_6da81', table='rulebook_law', when='AFTER')),
        ),
        migrations.AddField(
            model_name='lawevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='lawevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rulebook.law'),
        ),
        migrations.AddField(
            model_name='parameter',
            name='entered_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='parameter',
            name='law',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parameters', to='rulebook.law', verbose_name='law'),
        ),
        migrations.AddField(
            model_name='question',
            name='laws',
            field=models.ManyToManyField(blank=True, related_name='questions', to='rulebook.law', verbose_name='laws concerned'),
        ),
        migrations.AddField(
            model_name='questionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='questionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rulebook.question'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('law', '='), ('number', '='), ('branch', '='), (models.Func('valid_from', 'valid_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='rulebook_article_one_text_a_day', violation_error_message='Another text of this article is valid on some of these days.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rulebook_articleevent" ("branch", "chapter", "id", "label", "law_id", "number", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "text", "valid_from", "valid_to") VALUES (NEW."branch", NEW."chapter", NEW."id", NEW."label", NEW."law_id", NEW."number", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."section", NEW."text", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='226c7ad6153a9d99de6caf8ce06e6ca35b9ceec1', operation='INSERT', pgid='pgtrigger_insert_insert_e5e7a', table='rulebook_article', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rulebook_articleevent" ("branch", "chapter", "id", "label", "law_id", "number", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "text", "valid_from", "valid_to") VALUES (NEW."branch", NEW."chapter", NEW."id", NEW."label", NEW."law_id", NEW."number", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."section", NEW."text", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='00a85ec4b732d6654f2c6e617d1618df76233cac', operation='UPDATE', pgid='pgtrigger_update_update_febf0', table='rulebook_article', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='parameter',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at__isnull', True)), expressions=[('code', '='), ('jurisdiction', '='), (models.Func('effective_from', 'effective_to', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='rulebook_parameter_one_a_day', violation_error_message='Another row of this parameter holds on some of these days.'),
        ),
        migrations.AddConstraint(
            model_name='parameter',
            constraint=models.CheckConstraint(condition=models.Q(('effective_to__isnull', True), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='rulebook_parameter_ends_after_it_begins', violation_error_message='The last day lies before the first.'),
        ),
        migrations.AddConstraint(
            model_name='parameter',
            constraint=models.CheckConstraint(condition=models.Q(('law__isnull', False), models.Q(('basis', ''), _negated=True), _connector='OR'), name='rulebook_parameter_has_a_basis', violation_error_message='Name a law, or say in words what the number rests on.'),
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
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "rulebook_questionevent" ("answer", "answered_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."answer", NEW."answered_on", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text"); RETURN NULL;', hash='139b59a095f4108de497c109bf4ea55afb8cff98', operation='INSERT', pgid='pgtrigger_insert_insert_7cfde', table='rulebook_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "rulebook_questionevent" ("answer", "answered_on", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."answer", NEW."answered_on", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text"); RETURN NULL;', hash='2833fdcb9c5a03285b1a6fee0642052c4b14b3e0', operation='UPDATE', pgid='pgtrigger_update_update_c6991', table='rulebook_question', when='AFTER')),
        ),
    ]
