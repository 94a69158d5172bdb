import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("home", "0001_network")]
    operations = [
        migrations.AddField(
            model_name="networknodepage",
            name="official_name",
            field=models.CharField(
                blank=True, editable=False, max_length=60, verbose_name="区划名称"
            ),
        ),
        migrations.AlterField(
            model_name="networknodepage",
            name="division_code",
            field=models.CharField(
                blank=True,
                help_text="12 位数字。没有就不填，例如开发区。",
                max_length=12,
                null=True,
                unique=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[0-9]{12}$", "区划代码是 12 位数字。"
                    )
                ],
                verbose_name="统计用区划代码",
            ),
        ),
        migrations.AlterField(
            model_name="networknodepage",
            name="opening_hours",
            field=models.CharField(
                blank=True,
                help_text="例如：周一到周六 8:30–17:30",
                max_length=200,
                verbose_name="开放时间",
            ),
        ),
        migrations.AlterField(
            model_name="networknodepage",
            name="short_name",
            field=models.CharField(
                help_text="用在面包屑和列表里，例如：濂溪区、十里街道、濂溪社区。",
                max_length=60,
                verbose_name="简称",
            ),
        ),
    ]
