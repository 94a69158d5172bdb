from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0002_notice"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedtoken",
            name="seed",
            field=models.CharField(default="", max_length=32),
        ),
        migrations.AddConstraint(
            model_name="feedtoken",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)),
                fields=("learner",),
                name="one_living_feed_token_per_learner",
                violation_error_message="已经有一个日历地址了。",
            ),
        ),
    ]
