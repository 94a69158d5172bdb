"""Harvesting from members of the alliance, where a record comes from, and whether
links answer."""

import django.core.validators
import django.db.models.deletion
import learners.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses_catalog', '0004_import_jobs'),
        ('home', '0007_moderation_in_chinese'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=500, unique=True)),
                ('host', models.CharField(db_index=True, max_length=255)),
                ('checked_at', models.DateTimeField(db_index=True, null=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('failing_since', models.DateTimeField(null=True)),
                ('is_broken', models.BooleanField(db_index=True, default=False)),
            ],
        ),
        migrations.RemoveField(
            model_name='resource',
            name='link_checked_at',
        ),
        migrations.RemoveField(
            model_name='resource',
            name='link_status',
        ),
        migrations.AddField(
            model_name='alliancemember',
            name='harvest_hours',
            field=models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(744)], verbose_name='每隔几小时采集一次'),
        ),
        migrations.AddField(
            model_name='alliancemember',
            name='harvest_node',
            field=models.ForeignKey(blank=True, help_text='这个网点和它上级的编辑决定收哪些；空着就只有管理员能挑选。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.networknodepage', verbose_name='由哪个网点挑选'),
        ),
        migrations.AddField(
            model_name='alliancemember',
            name='harvest_prefix',
            field=models.CharField(choices=[('oai_dc', 'Dublin Core (oai_dc)'), ('lom', 'LOM (lom)')], default='oai_dc', max_length=10, verbose_name='元数据格式'),
        ),
        migrations.AddField(
            model_name='alliancemember',
            name='harvest_set',
            field=models.CharField(blank=True, help_text='对方的 setSpec；空着就是全部。', max_length=200, verbose_name='只采集这个集合'),
        ),
        migrations.AddField(
            model_name='alliancemember',
            name='harvest_token',
            field=learners.encryption.EncryptedTextField(blank=True, help_text='对方要口令才填；加密保存。', verbose_name='对方给的口令'),
        ),
        migrations.AddField(
            model_name='alliancemember',
            name='harvest_url',
            field=models.CharField(blank=True, help_text='对方的 OAI-PMH 2.0 地址，例如 https://…/oai。空着就不采集。', max_length=500, validators=[django.core.validators.URLValidator(schemes=['http', 'https'])], verbose_name='采集地址'),
        ),
        migrations.AddField(
            model_name='course',
            name='source',
            field=models.CharField(blank=True, editable=False, max_length=120, verbose_name='来源'),
        ),
        migrations.AddField(
            model_name='course',
            name='source_link',
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name='course',
            name='source_rights',
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='resource',
            name='source',
            field=models.CharField(blank=True, editable=False, max_length=120, verbose_name='来源'),
        ),
        migrations.AddField(
            model_name='resource',
            name='source_link',
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name='resource',
            name='source_rights',
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AlterField(
            model_name='alliancemember',
            name='is_active',
            field=models.BooleanField(default=True, help_text='停用以后，这个成员只能采集公开的内容，本站也不采集它。', verbose_name='启用'),
        ),
        migrations.CreateModel(
            name='Harvest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('running', '正在采集'), ('done', '采集完成'), ('failed', '没有采集完')], default='running', max_length=10, verbose_name='状态')),
                ('asked', models.TextField()),
                ('since', models.CharField(blank=True, max_length=20)),
                ('granularity', models.CharField(blank=True, max_length=20)),
                ('token', models.TextField(blank=True)),
                ('pages', models.PositiveIntegerField(default=0)),
                ('response_date', models.DateTimeField(null=True)),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('restarts', models.PositiveSmallIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('wait_until', models.DateTimeField(null=True)),
                ('counts', models.JSONField(default=dict)),
                ('problems', models.JSONField(default=list)),
                ('reason', models.TextField(blank=True)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('touched_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='harvests', to='courses_catalog.alliancemember')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('member',), name='one_harvest_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='HarvestedRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=400, verbose_name='编号')),
                ('datestamp', models.DateTimeField(null=True)),
                ('sets', models.JSONField(default=list)),
                ('prefix', models.CharField(max_length=20)),
                ('metadata', models.TextField()),
                ('origins', models.JSONField(default=list)),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('theme', models.CharField(blank=True, choices=[('civic', '公民素养'), ('skills', '职业技能'), ('science', '科学普及'), ('health', '安全健康'), ('mind', '心理咨询')], max_length=10, verbose_name='主题')),
                ('values', models.JSONField(default=dict)),
                ('is_deleted', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', '等您看'), ('accepted', '已接收'), ('turned_down', '不接收')], default='waiting', max_length=12, verbose_name='状态')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='为什么不接收')),
                ('decided_at', models.DateTimeField(null=True)),
                ('taken', models.JSONField(default=dict)),
                ('is_changed', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField()),
                ('course', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='harvested', to='courses_catalog.course')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='harvested', to='courses_catalog.alliancemember', verbose_name='联盟成员')),
                ('resource', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='harvested', to='courses_catalog.resource')),
            ],
            options={
                'verbose_name': '采集来的记录',
                'verbose_name_plural': '采集来的记录',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['member', 'state'], name='harvested_queue')],
                'constraints': [models.UniqueConstraint(fields=('member', 'identifier'), name='harvested_once')],
            },
        ),
    ]
