from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.AddField("record", "term_version", models.PositiveIntegerField(null=True)),
        migrations.RunSQL("UPDATE vault_record SET term_version = version", migrations.RunSQL.noop),
        migrations.AlterField("record", "term_version", models.PositiveIntegerField()),
    ]
