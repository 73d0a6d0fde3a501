"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Log',
            fields=[
                ('desk', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('acts', models.CharField(default='P5Y', max_length=16)),
                ('looks', models.CharField(default='P1Y', max_length=16)),
                ('size', models.BigIntegerField(default=0)),
                ('note', models.TextField(blank=True)),
                ('sealed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('desk', models.CharField(max_length=60)),
                ('trace', models.BinaryField(max_length=16, null=True)),
                ('span', models.BinaryField(max_length=8, null=True)),
                ('act', models.CharField(max_length=64)),
                ('operation', models.CharField(max_length=16)),
                ('actor', models.CharField(max_length=64)),
                ('ref', models.UUIDField(null=True)),
                ('about', models.JSONField(default=list)),
                ('activity', models.CharField(max_length=200)),
                ('facts', models.JSONField(default=dict)),
                ('kind', models.CharField(choices=[('act', 'act'), ('look', 'look')], max_length=4)),
                ('at', models.BigIntegerField(null=True)),
                ('salt', models.BinaryField(max_length=32, null=True)),
                ('expires', models.IntegerField(null=True)),
                ('index', models.BigIntegerField(null=True)),
                ('commitment', models.BinaryField(max_length=32)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('index__isnull', True)), fields=['desk', 'id'], name='evidence_unsealed'), models.Index(condition=models.Q(('index__isnull', False), ('salt__isnull', False)), fields=['expires'], name='evidence_due'), models.Index(condition=models.Q(('kind', 'look'), ('ref__isnull', False)), fields=['ref'], name='evidence_looks')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('index__isnull', False)), fields=('desk', 'index'), name='one_entry_per_place'), models.CheckConstraint(condition=models.Q(('kind__in', ['act', 'look'])), name='acts_and_looks'), models.CheckConstraint(condition=models.Q(('index__isnull', True), ('expires__isnull', False), _connector='OR'), name='sealed_means_with_a_term')],
            },
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('desk', models.CharField(max_length=60)),
                ('level', models.PositiveSmallIntegerField()),
                ('number', models.BigIntegerField()),
                ('hashes', models.BinaryField(max_length=8192)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('desk', 'level', 'number'), name='one_tile_per_place')],
            },
        ),
    ]
