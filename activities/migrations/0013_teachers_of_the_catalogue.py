"""A teacher of an activity may be one of the catalogue's list."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0012_notice_shown'),
    ]

    operations = [
        migrations.AlterField(
            model_name='activitypage',
            name='teachers',
            field=wagtail.fields.StreamField([('teacher', 3)], blank=True, block_lookup={0: ('activities.blocks.ListedTeacherBlock', ('courses_catalog.Teacher',), {'help_text': '本网点、上级网点的，或者借来的。不在名单里的，在下面写姓名。', 'label': '教师名单里的老师', 'required': False}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': '选了名单里的老师，可以空着。', 'label': '姓名', 'max_length': 40, 'required': False}), 2: ('wagtail.blocks.TextBlock', (), {'label': '介绍', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('listed', 0), ('name', 1), ('introduction', 2)]], {})}, verbose_name='老师'),
        ),
    ]
