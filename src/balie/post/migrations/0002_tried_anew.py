"""When an administrator had something tried anew."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("post", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoing",
            name="tried_anew_at",
            field=models.DateTimeField(null=True),
        ),
    ]
