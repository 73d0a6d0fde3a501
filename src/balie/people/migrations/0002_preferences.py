"""Each for oneself: density, colours, shortcuts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="preferences",
            field=models.JSONField(default=dict),
        ),
    ]
