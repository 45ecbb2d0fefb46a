from __future__ import annotations

import pytest

from flows.read.language import guess


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lenovo said on Monday that it had shipped more racks than ever to customers in Europe.", "en"),
        (
            "Lenovo hat am Montag mitgeteilt, dass es mehr Racks als je zuvor an Kunden in Europa geliefert hat.",
            "de",
        ),
        (
            "Lenovo a annoncé lundi que le groupe a livré plus de racks que jamais à des clients en Europe.",
            "fr",
        ),
        ("Lenovo dijo el lunes que la empresa ha enviado más racks que nunca a los clientes en Europa.", "es"),
        ("联想集团与英伟达（Nvidia）周三宣布扩大合作。", "zh"),
        ("レノボは月曜日に過去最高の出荷を発表した。", "ja"),
        ("레노버는 월요일 사상 최대 출하량을 발표했다.", "ko"),
        ("16.4 25.7 12.9", "und"),
        ("", "und"),
    ],
)
def test_guess(text: str, language: str) -> None:
    assert guess(text) == language
