"""Finds libvlc, a component of the system, and starts it so that it knows one file and nothing else.

Everything that a missing or broken libvlc is known to do is caught here: python-vlc fails while it is imported, while
it makes the instance, or ends the interpreter; each becomes `VlcMissing` with one line.
"""

from __future__ import annotations

from typing import Any

DUMMY_SOUND = "adummy"

# What VLC would otherwise do besides playing the file: read settings, run scripts, ask the network for covers, look for
# subtitles and linked files beside it, draw on the picture, deinterlace it, or decode it on a graphics card.
_OPTIONS = (
    "--quiet",
    "--ignore-config",
    "--intf=dummy",
    "--no-interact",
    "--no-lua",
    "--no-media-library",
    "--no-metadata-network-access",
    "--no-auto-preparse",
    "--no-sub-autodetect-file",
    "--no-mkv-preload-local-dir",
    "--no-video-title-show",
    "--no-osd",
    "--no-spu",
    "--stats",
    "--no-disable-screensaver",
    "--deinterlace=0",
    "--avcodec-hw=none",
    "--file-caching=200",
)


class VlcMissing(Exception):
    """libvlc cannot be used; the text is one line for the person at the desk."""


def load_vlc() -> Any:
    """Return the module of python-vlc; raises VlcMissing."""
    try:
        import vlc
    except (Exception, SystemExit) as error:
        raise VlcMissing(f"python-vlc finds no usable libvlc ({_words(error)})") from error
    return vlc


def make_instance(vlc: Any, sound_output: str = "") -> Any:
    """Return a libvlc instance that has played nothing yet; `sound_output` names a module, "" for the usual one.

    Raises VlcMissing.
    """
    options = [*_OPTIONS, *([f"--aout={sound_output}"] if sound_output else [])]
    try:
        instance = vlc.Instance(options)
    except (Exception, SystemExit) as error:
        raise VlcMissing(f"libvlc cannot be started ({_words(error)})") from error
    if instance is None:
        raise VlcMissing("libvlc is there but did not start; its plug-ins may be missing")
    return instance


def version(vlc: Any) -> str:
    """Return the version of libvlc, e.g. "3.0.24 Vetinari"; raises VlcMissing where the library is not there."""
    try:
        found: bytes = vlc.libvlc_get_version()
    except (Exception, SystemExit) as error:
        raise VlcMissing(f"there is no libvlc on this system ({_words(error)})") from error
    return found.decode("utf-8", "replace")


def _words(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:120]
