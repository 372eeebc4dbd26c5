import django.contrib.postgres.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0101_ledgers"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceCalculation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="moment")),
                ("edition", models.CharField(max_length=40, verbose_name="edition of the standard")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("residents_500m", models.PositiveIntegerField(verbose_name="residents within 500 m")),
                ("s_value", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="S")),
                ("alpha", models.DecimalField(decimal_places=2, max_digits=4, verbose_name="α")),
                ("weighted", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="Σ β·q/Q")),
                ("r_value", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="R")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Grade 1"), (2, "Grade 2"), (3, "Grade 3"), (4, "Grade 4")],
                        null=True,
                        verbose_name="grade",
                    ),
                ),
                (
                    "lines",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="lines"
                    ),
                ),
            ],
            options={
                "verbose_name": "calculation of a major hazard source",
                "verbose_name_plural": "calculations of major hazard sources",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="SourceSubstance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="number in table 1"),
                ),
                ("name", models.CharField(max_length=80, verbose_name="substance")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hazard categories",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="largest amount (t)",
                    ),
                ),
            ],
            options={
                "verbose_name": "substance of a major hazard source",
                "verbose_name_plural": "substances of major hazard sources",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SourceSubstanceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="number in table 1"),
                ),
                ("name", models.CharField(max_length=80, verbose_name="substance")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hazard categories",
                    ),
                ),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=4,
                        max_digits=14,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="largest amount (t)",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SourceUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=24, verbose_name="state")),
                ("state_since", models.DateTimeField(verbose_name="in this state since")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="unit of identification")),
                (
                    "kind",
                    models.CharField(
                        choices=[("production", "Production unit"), ("storage", "Storage unit")],
                        max_length=12,
                        verbose_name="kind of unit",
                    ),
                ),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="latitude"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="longitude"
                    ),
                ),
                (
                    "residents_500m",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="residents within 500 m",
                    ),
                ),
                ("in_chemical_park", models.BooleanField(default=False, verbose_name="in a chemical park")),
                (
                    "boundary_distance",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="distance to the boundary (m)"
                    ),
                ),
                (
                    "people_in_unit",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people working in the unit"
                    ),
                ),
                (
                    "is_key_process",
                    models.BooleanField(
                        default=False, verbose_name="hazardous process under key supervision"
                    ),
                ),
                ("commissioned_on", models.DateField(blank=True, null=True, verbose_name="commissioned on")),
                ("monitor_points", models.PositiveIntegerField(default=0, verbose_name="monitoring points")),
                ("videos", models.PositiveIntegerField(default=0, verbose_name="cameras")),
                ("principal_name", models.CharField(max_length=40, verbose_name="principal answerable")),
                (
                    "principal_phone",
                    models.CharField(max_length=20, verbose_name="phone of the principal answerable"),
                ),
                (
                    "technical_name",
                    models.CharField(max_length=40, verbose_name="technical person answerable"),
                ),
                (
                    "technical_phone",
                    models.CharField(max_length=20, verbose_name="phone of the technical person answerable"),
                ),
                (
                    "operation_name",
                    models.CharField(max_length=40, verbose_name="operations person answerable"),
                ),
                (
                    "operation_phone",
                    models.CharField(max_length=20, verbose_name="phone of the operations person answerable"),
                ),
                (
                    "s_value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="S"
                    ),
                ),
                (
                    "r_value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="R"
                    ),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Grade 1"), (2, "Grade 2"), (3, "Grade 3"), (4, "Grade 4")],
                        null=True,
                        verbose_name="grade",
                    ),
                ),
                ("calculated_at", models.DateTimeField(blank=True, null=True, verbose_name="calculated at")),
                (
                    "assessed_on",
                    models.DateField(blank=True, null=True, verbose_name="assessment report completed on"),
                ),
                (
                    "assessment_agency",
                    models.CharField(blank=True, max_length=120, verbose_name="assessment made by"),
                ),
                (
                    "next_review_on",
                    models.DateField(blank=True, null=True, verbose_name="next assessment due on"),
                ),
                ("filing_number", models.CharField(blank=True, max_length=40, verbose_name="filing number")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="filed on")),
                (
                    "cancel_asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="deregistration asked for at"),
                ),
                ("created_at", models.DateTimeField(verbose_name="entered at")),
                ("updated_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "verbose_name": "major hazard source",
                "verbose_name_plural": "major hazard sources",
                "ordering": ["-updated_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SourceUnitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("state", models.CharField(max_length=24, verbose_name="state")),
                ("state_since", models.DateTimeField(verbose_name="in this state since")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("name", models.CharField(max_length=80, verbose_name="unit of identification")),
                (
                    "kind",
                    models.CharField(
                        choices=[("production", "Production unit"), ("storage", "Storage unit")],
                        max_length=12,
                        verbose_name="kind of unit",
                    ),
                ),
                ("place", models.CharField(max_length=120, verbose_name="place")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="latitude"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="longitude"
                    ),
                ),
                (
                    "residents_500m",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="residents within 500 m",
                    ),
                ),
                ("in_chemical_park", models.BooleanField(default=False, verbose_name="in a chemical park")),
                (
                    "boundary_distance",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="distance to the boundary (m)"
                    ),
                ),
                (
                    "people_in_unit",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="people working in the unit"
                    ),
                ),
                (
                    "is_key_process",
                    models.BooleanField(
                        default=False, verbose_name="hazardous process under key supervision"
                    ),
                ),
                ("commissioned_on", models.DateField(blank=True, null=True, verbose_name="commissioned on")),
                ("monitor_points", models.PositiveIntegerField(default=0, verbose_name="monitoring points")),
                ("videos", models.PositiveIntegerField(default=0, verbose_name="cameras")),
                ("principal_name", models.CharField(max_length=40, verbose_name="principal answerable")),
                (
                    "principal_phone",
                    models.CharField(max_length=20, verbose_name="phone of the principal answerable"),
                ),
                (
                    "technical_name",
                    models.CharField(max_length=40, verbose_name="technical person answerable"),
                ),
                (
                    "technical_phone",
                    models.CharField(max_length=20, verbose_name="phone of the technical person answerable"),
                ),
                (
                    "operation_name",
                    models.CharField(max_length=40, verbose_name="operations person answerable"),
                ),
                (
                    "operation_phone",
                    models.CharField(max_length=20, verbose_name="phone of the operations person answerable"),
                ),
                (
                    "s_value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="S"
                    ),
                ),
                (
                    "r_value",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="R"
                    ),
                ),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Grade 1"), (2, "Grade 2"), (3, "Grade 3"), (4, "Grade 4")],
                        null=True,
                        verbose_name="grade",
                    ),
                ),
                ("calculated_at", models.DateTimeField(blank=True, null=True, verbose_name="calculated at")),
                (
                    "assessed_on",
                    models.DateField(blank=True, null=True, verbose_name="assessment report completed on"),
                ),
                (
                    "assessment_agency",
                    models.CharField(blank=True, max_length=120, verbose_name="assessment made by"),
                ),
                (
                    "next_review_on",
                    models.DateField(blank=True, null=True, verbose_name="next assessment due on"),
                ),
                ("filing_number", models.CharField(blank=True, max_length=40, verbose_name="filing number")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="filed on")),
                (
                    "cancel_asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="deregistration asked for at"),
                ),
                ("created_at", models.DateTimeField(verbose_name="entered at")),
                ("updated_at", models.DateTimeField(verbose_name="changed at")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="sourcecalculation",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="sourcesubstanceevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="sourcesubstanceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="enterprises.sourcesubstance",
            ),
        ),
        migrations.AddField(
            model_name="sourceunit",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="source_units",
                to="enterprises.enterprise",
                verbose_name="enterprise",
            ),
        ),
        migrations.AddField(
            model_name="sourcesubstanceevent",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="enterprises.sourceunit",
                verbose_name="major hazard source",
            ),
        ),
        migrations.AddField(
            model_name="sourcesubstance",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="substances",
                to="enterprises.sourceunit",
                verbose_name="major hazard source",
            ),
        ),
        migrations.AddField(
            model_name="sourcecalculation",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calculations",
                to="enterprises.sourceunit",
                verbose_name="major hazard source",
            ),
        ),
        migrations.AddField(
            model_name="sourceunitevent",
            name="enterprise",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="enterprises.enterprise",
                verbose_name="enterprise",
            ),
        ),
        migrations.AddField(
            model_name="sourceunitevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="sourceunitevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="enterprises.sourceunit",
            ),
        ),
        migrations.AddIndex(
            model_name="sourceunit",
            index=models.Index(
                fields=["-updated_at", "-id"], include=("state", "grade"), name="source_changed"
            ),
        ),
        migrations.AddIndex(
            model_name="sourceunit",
            index=models.Index(fields=["grade", "-id"], name="source_grade"),
        ),
        migrations.AddIndex(
            model_name="sourceunit",
            index=models.Index(fields=["next_review_on", "id"], name="source_next_review"),
        ),
        migrations.AddConstraint(
            model_name="sourceunit",
            constraint=models.UniqueConstraint(fields=("enterprise", "name"), name="source_unit_once"),
        ),
        migrations.AddConstraint(
            model_name="sourceunit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("filing_number", ""), _negated=True),
                fields=("filing_number",),
                name="source_filing_number_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceunit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_sourceunitevent" ("assessed_on", "assessment_agency", "boundary_distance", "calculated_at", "cancel_asked_at", "commissioned_on", "created_at", "enterprise_id", "filed_on", "filing_number", "grade", "id", "in_chemical_park", "is_key_process", "kind", "latitude", "longitude", "monitor_points", "name", "next_review_on", "operation_name", "operation_phone", "people_in_unit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "principal_name", "principal_phone", "r_value", "residents_500m", "s_value", "state", "state_since", "technical_name", "technical_phone", "updated_at", "version", "videos") SELECT new_values."assessed_on", new_values."assessment_agency", new_values."boundary_distance", new_values."calculated_at", new_values."cancel_asked_at", new_values."commissioned_on", new_values."created_at", new_values."enterprise_id", new_values."filed_on", new_values."filing_number", new_values."grade", new_values."id", new_values."in_chemical_park", new_values."is_key_process", new_values."kind", new_values."latitude", new_values."longitude", new_values."monitor_points", new_values."name", new_values."next_review_on", new_values."operation_name", new_values."operation_phone", new_values."people_in_unit", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."principal_name", new_values."principal_phone", new_values."r_value", new_values."residents_500m", new_values."s_value", new_values."state", new_values."state_since", new_values."technical_name", new_values."technical_phone", new_values."updated_at", new_values."version", new_values."videos" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="cb57067ca7b23e83595cb7531238a5b204385036",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7bedc",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enterprises_sourceunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceunit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_sourceunitevent" ("assessed_on", "assessment_agency", "boundary_distance", "calculated_at", "cancel_asked_at", "commissioned_on", "created_at", "enterprise_id", "filed_on", "filing_number", "grade", "id", "in_chemical_park", "is_key_process", "kind", "latitude", "longitude", "monitor_points", "name", "next_review_on", "operation_name", "operation_phone", "people_in_unit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "principal_name", "principal_phone", "r_value", "residents_500m", "s_value", "state", "state_since", "technical_name", "technical_phone", "updated_at", "version", "videos") SELECT new_values."assessed_on", new_values."assessment_agency", new_values."boundary_distance", new_values."calculated_at", new_values."cancel_asked_at", new_values."commissioned_on", new_values."created_at", new_values."enterprise_id", new_values."filed_on", new_values."filing_number", new_values."grade", new_values."id", new_values."in_chemical_park", new_values."is_key_process", new_values."kind", new_values."latitude", new_values."longitude", new_values."monitor_points", new_values."name", new_values."next_review_on", new_values."operation_name", new_values."operation_phone", new_values."people_in_unit", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."principal_name", new_values."principal_phone", new_values."r_value", new_values."residents_500m", new_values."s_value", new_values."state", new_values."state_since", new_values."technical_name", new_values."technical_phone", new_values."updated_at", new_values."version", new_values."videos" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2088fd4dd8ebeec761d903eb951c5dc910aa7304",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_98f17",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enterprises_sourceunit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourceunit",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_sourceunitevent" ("assessed_on", "assessment_agency", "boundary_distance", "calculated_at", "cancel_asked_at", "commissioned_on", "created_at", "enterprise_id", "filed_on", "filing_number", "grade", "id", "in_chemical_park", "is_key_process", "kind", "latitude", "longitude", "monitor_points", "name", "next_review_on", "operation_name", "operation_phone", "people_in_unit", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "principal_name", "principal_phone", "r_value", "residents_500m", "s_value", "state", "state_since", "technical_name", "technical_phone", "updated_at", "version", "videos") SELECT old_values."assessed_on", old_values."assessment_agency", old_values."boundary_distance", old_values."calculated_at", old_values."cancel_asked_at", old_values."commissioned_on", old_values."created_at", old_values."enterprise_id", old_values."filed_on", old_values."filing_number", old_values."grade", old_values."id", old_values."in_chemical_park", old_values."is_key_process", old_values."kind", old_values."latitude", old_values."longitude", old_values."monitor_points", old_values."name", old_values."next_review_on", old_values."operation_name", old_values."operation_phone", old_values."people_in_unit", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."principal_name", old_values."principal_phone", old_values."r_value", old_values."residents_500m", old_values."s_value", old_values."state", old_values."state_since", old_values."technical_name", old_values."technical_phone", old_values."updated_at", old_values."version", old_values."videos" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ceafa2056df663cdec540417ee3c1042dbf5b280",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fcaea",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enterprises_sourceunit",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcesubstance",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="source_quantity_positive"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcesubstance",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_sourcesubstanceevent" ("categories", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_id") SELECT new_values."categories", new_values."id", new_values."name", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."quantity", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2f73399d194ac6a25a5c678439d6afa6e2c8768d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3efda",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="enterprises_sourcesubstance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcesubstance",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_sourcesubstanceevent" ("categories", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_id") SELECT new_values."categories", new_values."id", new_values."name", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."quantity", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="293bb5747807fc5c4bc38b6385ac9c4c0acedabb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ab59e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enterprises_sourcesubstance",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcesubstance",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enterprises_sourcesubstanceevent" ("categories", "id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_id") SELECT old_values."categories", old_values."id", old_values."name", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."quantity", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="8baeeef7a3a4a0777521ba7c6c9eabc0caa87633",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_47b7d",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="enterprises_sourcesubstance",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="sourcecalculation",
            index=models.Index(fields=["unit", "-id"], name="source_calculation_newest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcecalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="c983973bf11b5f9e4c7d09fdfa130637336edec0",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_8ed17",
                    table="enterprises_sourcecalculation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcecalculation",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="37d356d278acafd3852ebcc26e893eee5d3c206f",
                    operation="UPDATE",
                    pgid="pgtrigger_append_only_7a800",
                    table="enterprises_sourcecalculation",
                    when="BEFORE",
                ),
            ),
        ),
    ]
