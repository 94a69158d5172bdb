import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import courses_catalog.files


class Migration(migrations.Migration):

    dependencies = [
        ("courses_catalog", "0003_alliance"),
        ("home", "0007_moderation_in_chinese"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('course', '课程'), ('resource', '资源')], max_length=10, verbose_name='导入什么')),
                ('file', models.FileField(storage=courses_catalog.files.kept_files, upload_to='imports/%Y/%m/')),
                ('file_name', models.CharField(max_length=255, verbose_name='文件')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner_node', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='home.networknodepage')),
                ('state', models.CharField(choices=[('checking', '正在检查'), ('checked', '等您确认'), ('unreadable', '文件不能用'), ('importing', '正在导入'), ('done', '导入完成')], default='checking', max_length=12, verbose_name='状态')),
                ('position', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('errors', models.JSONField(default=list)),
                ('reason', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('touched_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': '导入',
                'verbose_name_plural': '导入',
                'ordering': ['-pk'],
            },
        ),
    ]
