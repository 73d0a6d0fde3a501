"""Merging and moving, files of drafts, who is there, who follows, what belongs together, what is open."""

import balie.kernel.handles
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0006_tally"),
        ("people", "0002_preferences"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="moved_from",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="desk.ticket"
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="merged", to="desk.ticket"
            ),
        ),
        migrations.CreateModel(
            name="DraftFile",
            fields=[
                ("handle", models.UUIDField(default=balie.kernel.handles.new, primary_key=True, serialize=False)),
                ("name", models.UUIDField()),
                ("content", models.UUIDField()),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(default="application/octet-stream", max_length=80)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="draft_files", to="desk.ticket"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="desk.ticket"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "ticket"), name="followed_once")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "one",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.ticket"),
                ),
                (
                    "other",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.ticket"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other"), name="linked_once"),
                    models.CheckConstraint(condition=models.Q(("one__lt", models.F("other"))), name="linked_in_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "writing",
                    models.CharField(
                        blank=True,
                        choices=[("incoming", "Incoming"), ("answer", "Answer"), ("note", "Note")],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.ticket"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("ticket", "account"), name="there_once")],
            },
        ),
        migrations.CreateModel(
            name="Tab",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.account"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="desk.ticket"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "ticket"), name="open_once")],
            },
        ),
    ]
