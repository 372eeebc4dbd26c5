import django.db.models.deletion
import django.db.models.functions.text
import encrypted_fields.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='FailedNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=16)),
                ('event_id', models.BigIntegerField()),
                ('notice', models.CharField(max_length=80, verbose_name='notice')),
                ('attempts', models.PositiveSmallIntegerField(default=1, verbose_name='attempts')),
                ('error', models.TextField(verbose_name='error')),
                ('at', models.DateTimeField(verbose_name='first failed')),
                ('next_try_at', models.DateTimeField(blank=True, null=True, verbose_name='next try')),
                ('solved_at', models.DateTimeField(blank=True, null=True, verbose_name='solved')),
            ],
            options={
                'verbose_name': 'failed notice',
                'verbose_name_plural': 'failed notices',
                'ordering': ['-at'],
                'indexes': [models.Index(condition=models.Q(('solved_at', None)), fields=['next_try_at'], name='inbox_failed_notice_due')],
                'constraints': [models.UniqueConstraint(fields=('source', 'event_id', 'notice'), name='inbox_failed_notice_unique')],
            },
        ),
        migrations.CreateModel(
            name='MessageTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='notice')),
                ('channel', models.CharField(choices=[('app', 'In the product'), ('sms', 'SMS')], max_length=8, verbose_name='channel')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='text')),
                ('provider_code', models.CharField(blank=True, help_text='The number under which the SMS provider approved this text, for example SMS_123456789.', max_length=40, verbose_name='template number at the provider')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'wording of a message',
                'verbose_name_plural': 'wordings of messages',
                'ordering': ['code', 'channel'],
                'constraints': [models.UniqueConstraint(fields=('code', 'channel'), name='inbox_template_unique')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 4), output_field=models.CharField(max_length=4))),
                ('county_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 6), output_field=models.CharField(max_length=6))),
                ('town_code', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Left('region_id', 9), output_field=models.CharField(max_length=9))),
                ('key', models.CharField(editable=False, max_length=200, unique=True)),
                ('channel', models.CharField(choices=[('app', 'In the product'), ('sms', 'SMS')], default='sms', max_length=8, verbose_name='channel')),
                ('recipient', models.CharField(editable=False, max_length=80)),
                ('recipient_name', models.CharField(blank=True, max_length=100, verbose_name='receiver')),
                ('phone', encrypted_fields.fields.EncryptedCharField(max_length=200, verbose_name='phone')),
                ('template_code', models.CharField(max_length=80, verbose_name='notice')),
                ('text', models.CharField(max_length=500, verbose_name='text')),
                ('fields', models.JSONField(blank=True, default=dict, verbose_name='fields')),
                ('is_urgent', models.BooleanField(default=False, verbose_name='urgent')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('expired', 'Too late'), ('unknown', 'Uncertain')], default='queued', max_length=8, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('renewed', models.PositiveSmallIntegerField(default=0, verbose_name='renewed')),
                ('at', models.DateTimeField(verbose_name='written')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('expires_at', models.DateTimeField(verbose_name='worthless after')),
                ('claimed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                ('provider_id', models.CharField(blank=True, max_length=100, verbose_name='number at the provider')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='error')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='division')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'text message',
                'verbose_name_plural': 'text messages',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at'], name='inbox_delivery_queued'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='inbox_delivery_sending'), models.Index(condition=models.Q(('state__in', ['failed', 'expired', 'unknown'])), fields=['-id'], name='inbox_delivery_not_sent'), models.Index(fields=['template_code', '-id'], name='inbox_delivery_by_notice'), models.Index(fields=['recipient', 'claimed_at'], name='inbox_delivery_per_person'), models.Index(fields=['city_code', '-at', '-id'], name='inbox_delivery_by_city'), models.Index(fields=['county_code', '-at', '-id'], name='inbox_delivery_by_county')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=200, unique=True)),
                ('code', models.CharField(max_length=80, verbose_name='notice')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('url', models.CharField(blank=True, max_length=500, verbose_name='page')),
                ('at', models.DateTimeField(verbose_name='sent')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inbox_messages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['user', '-at', '-id'], name='inbox_message_of_user'), models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='inbox_message_unread')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80, verbose_name='notice')),
                ('sms', models.BooleanField(default=True, verbose_name='by SMS')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inbox_preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'message preference',
                'verbose_name_plural': 'message preferences',
                'constraints': [models.UniqueConstraint(fields=('user', 'code'), name='inbox_preference_unique')],
            },
        ),
    ]
