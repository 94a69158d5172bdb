"""Residents who nominate themselves as teachers, and teachers that are borrowed."""

import django.db.models.deletion
import learners.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses_catalog', '0005_harvest'),
        ('home', '0007_moderation_in_chinese'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='teacher',
            name='availability',
            field=models.CharField(blank=True, max_length=200, verbose_name='什么时候有空'),
        ),
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('review', '正在审核'), ('returned', '请本人修改'), ('listed', '列入教师名单'), ('refused', '没有通过'), ('withdrawn', '本人撤回')], default='review', max_length=10, verbose_name='状态')),
                ('shown_name', models.CharField(max_length=30, verbose_name='公开的名字')),
                ('theme', models.CharField(choices=[('civic', '公民素养'), ('skills', '职业技能'), ('science', '科学普及'), ('health', '安全健康'), ('mind', '心理咨询')], max_length=10, verbose_name='主题')),
                ('subjects', models.JSONField(default=list, verbose_name='教什么')),
                ('summary', models.CharField(max_length=100, verbose_name='一句话介绍')),
                ('introduction', models.TextField(blank=True, verbose_name='详细介绍')),
                ('availability', models.CharField(max_length=200, verbose_name='什么时候有空')),
                ('can_be_borrowed', models.BooleanField(default=False, verbose_name='可以请到别的网点上课')),
                ('phone', learners.encryption.EncryptedTextField(blank=True, default='', verbose_name='联系电话')),
                ('consent_version', models.CharField(max_length=20)),
                ('consented_at', models.DateTimeField()),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='什么时候交的')),
                ('closed_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='home.networknodepage', verbose_name='所属网点')),
                ('teacher', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='nomination', to='courses_catalog.teacher')),
                ('turn', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='home.networknodepage', verbose_name='轮到谁审核')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='nominations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '能者为师申请',
                'verbose_name_plural': '能者为师申请',
            },
        ),
        migrations.CreateModel(
            name='NominationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('act', models.CharField(choices=[('submitted', '交了申请'), ('resubmitted', '改好再交'), ('passed', '没有审核的人，由上一级审核'), ('agreed', '同意'), ('returned', '请本人修改'), ('refused', '不同意'), ('listed', '列入教师名单'), ('withdrawn', '本人撤回')], max_length=12, verbose_name='做了什么')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('node', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.networknodepage')),
                ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='courses_catalog.nomination')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='NominationNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(db_index=True, null=True)),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice', to='courses_catalog.nominationevent')),
            ],
        ),
        migrations.CreateModel(
            name='Proof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', learners.encryption.EncryptedTextField()),
                ('media_type', models.CharField(max_length=20)),
                ('size', models.PositiveIntegerField()),
                ('stored_as', models.CharField(max_length=60, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('nomination', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to='courses_catalog.nomination')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proofs', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='TeacherLoan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('asked', '等对方答复'), ('accepted', '已经同意'), ('declined', '没有同意'), ('cancelled', '不借了'), ('ended', '已经结束')], default='asked', max_length=10, verbose_name='状态')),
                ('purpose', models.CharField(max_length=200, verbose_name='请老师上什么课')),
                ('starts_on', models.DateField(verbose_name='从哪天起')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='到哪天为止')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('borrower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='borrowed_teachers', to='home.networknodepage', verbose_name='借到哪个网点')),
                ('teacher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='loans', to='courses_catalog.teacher', verbose_name='教师')),
            ],
            options={
                'verbose_name': '借用教师',
                'verbose_name_plural': '借用教师',
            },
        ),
        migrations.CreateModel(
            name='LoanEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('act', models.CharField(choices=[('asked', '申请借用'), ('accepted', '同意'), ('declined', '不同意'), ('cancelled', '不借了'), ('ended', '结束借用')], max_length=10, verbose_name='做了什么')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('loan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='courses_catalog.teacherloan')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='nomination',
            index=models.Index(condition=models.Q(('erased_at__isnull', True)), fields=['closed_at'], name='nomination_to_erase'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('review', 'returned'))), fields=('user',), name='one_open_nomination'),
        ),
        migrations.AddConstraint(
            model_name='teacherloan',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('asked', 'accepted'))), fields=('teacher', 'borrower'), name='one_active_loan'),
        ),
        migrations.AddConstraint(
            model_name='teacherloan',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='loan_ends_after_it_starts'),
        ),
    ]
