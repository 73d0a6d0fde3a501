"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Outgoing',
            fields=[
                ('handle', models.UUIDField(primary_key=True, serialize=False)),
                ('desk', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=32)),
                ('refs', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('to_send', 'To Send'), ('sending', 'Sending'), ('sent', 'Sent'), ('failed', 'Failed')], default='to_send', max_length=8)),
                ('not_before', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('claimed_by', models.CharField(blank=True, max_length=128)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=64)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'to_send')), fields=['not_before', 'handle'], name='post_to_send'), models.Index(condition=models.Q(('state', 'sending')), fields=['claimed_at'], name='post_sending'), models.Index(fields=['desk', 'created_at'], name='post_of_a_desk')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['to_send', 'sending', 'sent', 'failed'])), name='outgoing_states'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sending'), _negated=True), ('claimed_at__isnull', False), _connector='OR'), name='sending_means_claimed'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='sent_means_when')],
            },
        ),
    ]
