"""How many automatic mails went, for limits."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("desk", "0005_what_was_not_read_or_delivered"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("desk", models.CharField(max_length=60)),
                ("mark", models.BinaryField(max_length=16)),
                ("since", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("desk", "mark", "since"), name="one_tally_a_mark")],
            },
        ),
    ]
