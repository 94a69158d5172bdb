from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses_catalog.bulk.reading import MOST_BYTES
from courses_catalog.models import ImportJob
from home.models import NetworkNodePage, Role
from home.permissions import can_act_under, nodes_of

MEGABYTE = 1024 * 1024


class ImportForm(forms.ModelForm):
    """A file to look through; nothing is written yet."""

    place = forms.CharField(
        label=gettext_lazy("没写网点的行归谁"),
        required=False,
        max_length=12,
        help_text=gettext_lazy("网点的区划代码；空着就是您自己的网点。"),
    )

    class Meta:
        model = ImportJob
        fields = ["kind", "file"]

    field_order = ["kind", "file", "place"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["kind"].choices = ImportJob._meta.get_field("kind").choices
        self.fields["file"].label = _("文件（xlsx 或 csv）")
        self.fields["file"].widget = forms.FileInput(attrs={"accept": ".xlsx,.csv"})

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                _("文件最大 %(most)s MB，请分成几个。")
                % {"most": MOST_BYTES // MEGABYTE}
            )
        return file

    def clean_place(self):
        code = self.cleaned_data["place"].strip()
        if not code:
            own = nodes_of(self.user, Role.EDITOR)
            return own[0] if own else None
        nodes = NetworkNodePage.objects.originals()
        node = nodes.filter(division_code=code).first()
        if node is None or not can_act_under(self.user, node.path, (Role.EDITOR,)):
            raise ValidationError(_("请写您自己负责的网点，或它下面的网点。"))
        return node

    def save(self, commit=True):
        job = self.instance
        job.created_by, job.owner_node = self.user, self.cleaned_data["place"]
        job.file_name = self.cleaned_data["file"].name[:255]
        return super().save(commit)
