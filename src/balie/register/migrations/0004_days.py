"""A version comes in force on a day; those that are there came with their adoption."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def with_their_adoption(apps: Any, schema_editor: Any) -> None:
    apps.get_model("register", "Adopted").objects.update(valid_from=F("adopted_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("register", "0003_proposals"),
    ]

    operations = [
        migrations.AddField("adopted", "valid_from", models.DateTimeField(null=True)),
        migrations.RunPython(with_their_adoption, migrations.RunPython.noop),
        migrations.AlterField("adopted", "valid_from", models.DateTimeField()),
        migrations.AddField("proposal", "valid_from", models.DateField(null=True)),
        migrations.CreateModel(
            name="Coming",
            fields=[
                (
                    "adopted",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="coming",
                        serialize=False,
                        to="register.adopted",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True, choices=[("begun", "Begun"), ("withdrawn", "Withdrawn")], max_length=9
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "withdrawn"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("outcome", "withdrawn"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="withdrawn_for_a_reason",
                    )
                ],
            },
        ),
    ]
