"""Views that are kept, taking back what was done to many, what nobody has opened; indexes by which lists and counts cost little."""

import balie.kernel.handles
import django.db.models.deletion
from django.db import migrations, models

_OPEN, _ENDED = models.Q(("closed_at__isnull", True)), models.Q(("closed_at__isnull", False))


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0007_what_stands_around_a_ticket"),
        ("people", "0002_preferences"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="unread",
            field=models.BooleanField(default=False),
        ),
        migrations.RemoveIndex(model_name="ticket", name="desk_queue"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=_OPEN,
                fields=["desk", "last_contact_at", "number", "activity", "status", "assignee"],
                name="desk_open",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=_OPEN,
                fields=[
                    *("desk", "activity", "status", "service", "kind"),
                    *("channel", "team", "assignee", "unread"),
                ],
                name="desk_counted",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=_ENDED, fields=["desk", "-closed_at", "number", "activity"], name="desk_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["desk", "last_contact_at", "number"], name="desk_by_contact"),
        ),
        migrations.CreateModel(
            name="Undo",
            fields=[
                ("handle", models.UUIDField(default=balie.kernel.handles.new, primary_key=True, serialize=False)),
                ("desk", models.CharField(max_length=60)),
                ("at", models.DateTimeField(db_index=True)),
                ("was", models.JSONField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="View",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("desk", models.CharField(max_length=60)),
                ("terms", models.CharField(max_length=400)),
                ("columns", models.CharField(blank=True, max_length=200)),
                ("place", models.PositiveIntegerField()),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["desk", "owner", "place"], name="desk_views")]},
        ),
    ]
