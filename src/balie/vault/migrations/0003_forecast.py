from django.db import migrations, models

# What records have in common that one line counts, as a row tells it.
_ALIKE = ("desk", "month", "activity", "item", "term", "term_version", "trigger", "waits", "held", "review")
_TOLD = (
    "{row}desk, COALESCE(substr({row}erase_at, 1, 7), ''), {row}activity, {row}item, {row}term, {row}term_version, {row}trigger, "
    "({row}happened_at IS NULL AND {row}trigger <> ''), {row}on_hold, COALESCE({row}review, '')"
)
_NAMES = ", ".join(f'"{one}"' for one in _ALIKE)
_IN = (
    f"INSERT INTO vault_forecast ({_NAMES}, count) VALUES ({_TOLD.format(row='NEW.')}, 1) "
    f"ON CONFLICT ({_NAMES}) DO UPDATE SET count = count + 1;"
)
_OUT = f"UPDATE vault_forecast SET count = count - 1 WHERE ({_NAMES}) = ({_TOLD.format(row='OLD.')});"
_MOVING = "desk, erase_at, activity, item, term, term_version, trigger, happened_at, on_hold, review"

# The database counts by itself, whatever changes a row and however. A migration that makes vault_record anew (SQLite does, to alter
# a column) must make these anew after it: a test looks that they are there.
TRIGGERS = {
    "vault_forecast_put": f"AFTER INSERT ON vault_record BEGIN {_IN} END",
    "vault_forecast_erased": f"AFTER DELETE ON vault_record BEGIN {_OUT} END",
    "vault_forecast_moved": f"AFTER UPDATE OF {_MOVING} ON vault_record BEGIN {_OUT} {_IN} END",
}
_COUNTED = f"INSERT INTO vault_forecast ({_NAMES}, count) SELECT {_TOLD.format(row='')}, count(*) FROM vault_record GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_whose_term_holds")]

    operations = [
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("desk", models.CharField(max_length=60)),
                ("month", models.CharField(blank=True, max_length=7)),
                ("activity", models.CharField(max_length=60)),
                ("item", models.CharField(max_length=60)),
                ("term", models.CharField(max_length=60)),
                ("term_version", models.PositiveIntegerField()),
                ("trigger", models.CharField(blank=True, max_length=40)),
                ("waits", models.BooleanField()),
                ("held", models.BooleanField()),
                ("review", models.CharField(blank=True, max_length=10)),
                ("count", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=_ALIKE, name="what_is_alike_is_counted_once")],
            },
        ),
        migrations.RunSQL(_COUNTED, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(f"CREATE TRIGGER {name} {done}", f"DROP TRIGGER {name}")
            for name, done in TRIGGERS.items()
        ),
        migrations.AddIndex(
            "erasure",
            models.Index(fields=["desk", "at"], name="vault_erased"),
        ),
    ]
