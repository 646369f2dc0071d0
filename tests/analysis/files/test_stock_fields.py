"""Names of form fields that come with software."""

from __future__ import annotations

import pytest

from analysis.files.stock_fields import is_stock_field


@pytest.mark.parametrize(
    "name", ["vb_login_username", "form_build_id", "login[username]", "_target_path", "email_address", "loginform[username]"]
)
def test_names_of_default_templates(name: str) -> None:
    assert is_stock_field(name)


@pytest.mark.parametrize("name", ["club_card_no", "user[pw]", "vb", "login[club]", "logn", "customer_pass", "my_vb_login_username"])
def test_names_that_somebody_chose(name: str) -> None:
    assert not is_stock_field(name)
