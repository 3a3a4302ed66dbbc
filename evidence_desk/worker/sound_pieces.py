"""Plays a short piece of sound that is handed over whole, as when each step lets its own frame be heard."""

from __future__ import annotations

import ctypes
from typing import Any


class SoundPieces:
    """One piece at a time: a new one cuts the last one off. `player` is libvlc's, made with the first piece."""

    def __init__(self, vlc: Any, instance: Any) -> None:
        self._vlc, self._instance = vlc, instance
        self.player: Any = None
        self._data = b""
        self._place = 0
        names = vlc.CallbackDecorators
        self._calls = (
            names.MediaOpenCb(self._open),
            names.MediaReadCb(self._read),
            names.MediaSeekCb(self._seek),
            names.MediaCloseCb(self._close),
        )

    def play(self, wave: bytes, volume: int) -> None:
        """Play the bytes of a WAV file at a volume in percent."""
        if self.player is None:
            self.player = self._instance.media_player_new()
        self.player.stop()
        self._data, self._place = wave, 0
        media = self._instance.media_new_callbacks(*self._calls, None)
        media.add_option(":no-video")
        self.player.set_media(media)
        self.player.play()
        self.player.audio_set_volume(volume)

    def _open(self, _opaque: Any, data: Any, size: Any) -> int:
        self._place = 0
        data[0] = None
        size[0] = len(self._data)
        return 0

    def _read(self, _opaque: Any, buffer: Any, length: int) -> int:
        piece = self._data[self._place : self._place + length]
        ctypes.memmove(buffer, piece, len(piece))
        self._place += len(piece)
        return len(piece)

    def _seek(self, _opaque: Any, offset: int) -> int:
        if offset > len(self._data):
            return -1
        self._place = offset
        return 0

    def _close(self, _opaque: Any) -> None:
        self._place = 0
