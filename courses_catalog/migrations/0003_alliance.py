"""Members of the alliance, and what harvesters are told.

What was shared before they could ask is announced too.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Min
from django.utils import timezone

SCOPES = ("public", "alliance")
KINDS = {"course": "Course", "resource": "Resource", "series": "Series"}


def series_of(apps, kind, number) -> str:
    if kind == "series":
        return f" {number} "
    if kind != "course":
        return ""
    links = apps.get_model("courses_catalog", "SeriesCourse").objects.filter(
        course=number, series__live=True, series__share_scope__in=SCOPES
    )
    numbers = sorted(set(links.values_list("series", flat=True)))
    return f" {' '.join(map(str, numbers))} " if numbers else ""


def announce(apps, schema_editor) -> None:
    announced = apps.get_model("courses_catalog", "AnnouncedRecord").objects
    now = timezone.now()
    for kind, name in KINDS.items():
        records = apps.get_model("courses_catalog", name).objects
        firsts = records.values("translation_key").annotate(first=Min("pk"))
        shared = records.filter(
            pk__in=firsts.values("first"), live=True, share_scope__in=SCOPES
        )
        for record in shared.order_by("pk").iterator():
            stamp = record.last_published_at or record.modified_at or now
            announced.create(
                kind=kind,
                number=record.pk,
                state=record.share_scope,
                was_public=record.share_scope == "public",
                stamp=stamp.replace(microsecond=0),
                node_id=record.owner_node_id,
                theme=record.theme,
                series=series_of(apps, kind, record.pk),
            )


class Migration(migrations.Migration):

    dependencies = [
        ('courses_catalog', '0002_catalogue_records'),
        ('home', '0007_moderation_in_chinese'),
    ]

    operations = [
        migrations.CreateModel(
            name='AllianceMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='名称')),
                ('is_active', models.BooleanField(default=True, help_text='取消后，这个成员只能采集公开的内容。', verbose_name='可以采集')),
                ('token_digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': '联盟成员',
                'verbose_name_plural': '联盟成员',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AnnouncedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('course', 'Course'), ('resource', 'Resource'), ('series', 'Series')], max_length=10)),
                ('number', models.BigIntegerField()),
                ('state', models.CharField(choices=[('public', 'Public'), ('alliance', 'Alliance'), ('gone', 'Gone')], max_length=10)),
                ('was_public', models.BooleanField()),
                ('stamp', models.DateTimeField(db_index=True)),
                ('theme', models.CharField(db_index=True, max_length=10)),
                ('series', models.TextField(blank=True)),
                ('node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.networknodepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'number'), name='announced_once')],
            },
        ),
        migrations.RunPython(announce, migrations.RunPython.noop),
    ]
