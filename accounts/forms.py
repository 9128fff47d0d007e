from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password

from accounts.models import College, Role, Unit, User
from accounts.provinces import PROVINCES
from common.forms import ControlsMixin, Form, ModelForm


class SignInForm(ControlsMixin, AuthenticationForm):
    """Says how many tries are left, so that nobody is locked out by surprise."""

    error_messages = {"invalid_login": "用户名或密码不对。", "inactive": "这个账号已停用，请联系系统管理员。"}
    username = forms.CharField(label="用户名", max_length=30, widget=forms.TextInput(attrs={"autofocus": True}))
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["autocomplete"] = "username"

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().lower()


class PasswordForm(ControlsMixin, PasswordChangeForm):
    """Change one's own password; other sessions end with it."""

    error_messages = PasswordChangeForm.error_messages | {"password_incorrect": "现在的密码不对。"}


class PreferencesForm(ModelForm):
    class Meta:
        model = User
        fields = ("phone", "large_text", "density")


class SetupForm(Form):
    college = forms.CharField(label="学校全称", max_length=50)
    name = forms.CharField(label="您的姓名", max_length=30)
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]*$",
        label="用户名",
        max_length=30,
        error_messages={"invalid": "用小写字母和数字，如 xuhai。"},
    )
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), validators=[validate_password],
        help_text="至少十个字符，不要全是数字。",
    )  # fmt: skip
    code = forms.CharField(label="安装码", max_length=20, help_text="启动程序的窗口里有。")


class CollegeForm(ModelForm):
    province = forms.ChoiceField(
        label="所在省", required=False, choices=[("", "请选择"), *((name, name) for name in PROVINCES)],
        help_text="没有本地参数时按省里的查。",
    )  # fmt: skip

    class Meta:
        model = College
        fields = ("name", "short_name", "document_mark", "province", "contact_phone", "address", "representative")
        help_texts = {
            "document_mark": "发文字号里的代字，如“某职院后”。",
            "contact_phone": "印在公文的联系人后面。", "address": "印在与员工的协议上。",
        }  # fmt: skip


class UnitForm(ModelForm):
    class Meta:
        model = Unit
        fields = ("name", "short_name", "order", "phone")


class PersonForm(ModelForm):
    roles = forms.MultipleChoiceField(
        label="角色",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="一人可以有几个角色。",
    )

    class Meta:
        model = User
        fields = ("username", "name", "unit", "post", "phone", "is_active")
        labels = {"is_active": "在用"}
        help_texts = {"is_active": "离校的去掉勾选，意见和记录都保留。"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = sorted(self.instance.roles)


class PeopleForm(Form):
    text = forms.CharField(
        label="从 Excel 复制的几列", strip=False, max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 10, "placeholder": "用户名\t姓名\t部门\t职务\t角色"}),
        help_text="在 Excel 里选中“用户名、姓名、部门、职务、角色”五列，复制，粘贴到这里。几个角色用顿号隔开。",
    )  # fmt: skip
