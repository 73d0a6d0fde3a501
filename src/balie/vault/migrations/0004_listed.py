from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_forecast")]

    operations = [
        migrations.AddField("record", "listed", models.UUIDField(null=True)),
        migrations.RemoveIndex("record", "vault_due"),
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["erase_at"],
                name="vault_due",
                condition=Q(erase_at__isnull=False, on_hold=False, listed__isnull=True),
            ),
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["listed"], name="vault_listed", condition=Q(listed__isnull=False))
        ),
    ]
