"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Periodic',
            fields=[
                ('name', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('every', models.DurationField()),
                ('due_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=64)),
                ('args', models.JSONField(default=dict)),
                ('due_at', models.DateTimeField()),
                ('once', models.CharField(max_length=128, null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('claimed_by', models.CharField(blank=True, max_length=128)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('last_error', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('claimed_at__isnull', True)), fields=['due_at', 'id'], name='jobs_waiting'), models.Index(condition=models.Q(('claimed_at__isnull', False)), fields=['claimed_at'], name='jobs_claimed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('claimed_at__isnull', True)), fields=('once',), name='once_while_waiting')],
            },
        ),
    ]
