"""An exhibit whose file was taken out of the vault from outside: one line says so, and once it is back it is shown."""

from __future__ import annotations

from tests.qt.test_review import Hands, Key, examined, hands, workers

__all__ = ["examined", "hands", "workers"]


def test_a_file_that_vanished_from_the_vault_is_one_clear_line(hands: Hands) -> None:
    exhibit = hands.case.queries.exhibit("EX-002")
    file = hands.case.paths.exhibit_file(exhibit)
    kept = file.read_bytes()
    file.unlink()
    hands.context.session.select_exhibit("EX-002")
    badge = hands.room.centre.viewer.badge
    hands.bot.waitUntil(lambda: "cannot be shown" in badge.accessibleName(), timeout=8000)
    said = badge.accessibleName()
    assert "EX-002 (turned.mp4) is missing from the vault. Its records are safe." in said
    assert f"Put the file back as {exhibit.vault_path}" in said
    assert "Errno" not in said

    file.write_bytes(kept)
    hands.press(Key.Key_F5)
    hands.settled()
    assert not badge.isVisible()
