"""The README's pictures: what the browser is given to draw."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from benchmarks.pictures import mail_page


def test_inline_pictures_stand_in_the_page_itself(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("text")
    message.add_alternative('<p>one</p><img src="cid:picture@samehand.invalid">', subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<picture@samehand.invalid>")  # type: ignore[union-attr,index]
    path = tmp_path / "weekly.eml"
    path.write_bytes(message.as_bytes())
    assert mail_page(path).strip() == '<p>one</p><img src="data:image/png;base64,iVBORw==">'


def test_a_mail_without_a_page_is_refused(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("text")
    path = tmp_path / "weekly.eml"
    path.write_bytes(message.as_bytes())
    with pytest.raises(ValueError, match="no HTML part"):
        mail_page(path)
