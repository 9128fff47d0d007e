from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from accounts.models import User
from common.forms import ControlsMixin, ModelForm


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
