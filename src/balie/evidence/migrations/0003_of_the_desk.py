from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_tally")]

    operations = [
        migrations.AddIndex(
            "entry",
            models.Index(
                fields=["desk", "act", "at"], name="evidence_of_the_desk", condition=Q(kind="act", ref__isnull=True)
            ),
        ),
    ]
