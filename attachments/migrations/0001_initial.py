import django.db.models.deletion
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
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target_id', models.BigIntegerField(blank=True, null=True)),
                ('purpose', models.CharField(max_length=20, verbose_name='purpose')),
                ('file', models.FileField(upload_to='attachments/%Y/%m/%d', verbose_name='file')),
                ('shown', models.FileField(blank=True, upload_to='shown/%Y/%m/%d', verbose_name='shown copy')),
                ('thumbnail', models.FileField(blank=True, upload_to='thumbnails/%Y/%m/%d', verbose_name='thumbnail')),
                ('original_name', models.CharField(max_length=200, verbose_name='name')),
                ('content_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveIntegerField(verbose_name='file size')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken at')),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name='longitude')),
                ('phash', models.CharField(blank=True, db_index=True, max_length=16)),
                ('scan_state', models.CharField(choices=[('received', 'Being checked'), ('clean', 'Checked'), ('refused', 'Refused')], default='received', max_length=10)),
                ('uploaded_at', models.DateTimeField(verbose_name='given at')),
                ('device_time', models.DateTimeField(blank=True, null=True, verbose_name='device time')),
                ('target_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['id'],
                'indexes': [models.Index(fields=['target_type', 'target_id', 'id'], name='attachment_target'), models.Index(condition=models.Q(('target_id', None)), fields=['uploaded_at'], name='attachment_unbound')],
            },
        ),
    ]
