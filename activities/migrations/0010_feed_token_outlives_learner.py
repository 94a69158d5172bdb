import django.db.models.deletion
from django.db import migrations, models


def delete_those_of_nobody(apps, schema_editor):
    """On the way back: the column takes no NULL again."""
    apps.get_model("activities", "FeedToken").objects.filter(learner=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0009_notices_and_events_in_words"),
        ("learners", "0002_learners"),
    ]

    operations = [
        migrations.AlterField(
            model_name="feedtoken",
            name="learner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="feed_tokens",
                to="learners.learner",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, delete_those_of_nobody),
    ]
