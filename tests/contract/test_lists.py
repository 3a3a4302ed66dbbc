"""Files that name other files: refused by content, or harmless. Nothing beside the file itself is ever read."""

from __future__ import annotations

import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evidence_desk.domain.errors import MediaUnreadable
from evidence_desk.media.client import MediaWorker
from evidence_desk.worker.lists import list_kind
from evidence_desk.worker.opening import open_media
from tests.contract.clips import Clip, make_clip

SDP = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n"
CPL = '<?xml version="1.0"?>\n<!-- made -->\n<CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016"/>'
LISTS = {
    "hls.mp4": "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:1,\nother.ts\n#EXT-X-ENDLIST\n",
    "hls.m3u8": "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "plain.m3u": "#EXTINF:1,a\nother.mp4\n",
    "dash.mp4": "<?xml version='1.0'?>\n<MPD type='static'><Period><BaseURL>other.mp4</BaseURL></Period></MPD>",
    "prefixed.mpd": "<!-- x --><d:MPD xmlns:d='urn:mpeg:dash:schema:mpd:2011'></d:MPD>",
    "session.sdp": SDP,
    "crlf.mov": SDP.replace("\n", "\r\n"),
    "script.mp4": "ffconcat version 1.0\nfile other.mp4\n",
    "headless.txt": "file 'other.mp4'\nfile 'other.mp4'\n",
    "winamp.pls": "[playlist]\nNumberOfEntries=1\nFile1=other.mp4\n",
    "windows.asx": '<ASX version="3.0"><Entry><Ref href="other.mp4"/></Entry></ASX>',
    "windows.asf": "[Reference]\nRef1=http://127.0.0.1/other.wmv\n",
    "xspf.mp4": '<?xml version="1.0"?><playlist version="1"><trackList/></playlist>',
    "show.smil": "<smil><body><video src='other.mp4'/></body></smil>",
    "list.wpl": '<?wpl version="1.0"?><smil><body/></smil>',
    "silverlight.ism": "<SmoothStreamingMedia MajorVersion='2'/>",
    "cpl.xml": CPL,
    "assets.xml": "<AssetMap></AssetMap>",
    "kodi.strm": "http://127.0.0.1:9/other.mp4\n",
    "real.ram": "rtsp://127.0.0.1/other.rm\n",
    "quicktime.mov": "rtsptextrtsp://127.0.0.1/other.mov",
}
DRESSED = {
    "as it is": lambda text: text.encode(),
    "with a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "in UTF-16": lambda text: ("\ufeff" + text).encode("utf-16-le"),
    "behind white space": lambda text: b"\n \t\r\n" + text.encode(),
    "behind remarks": lambda text: b"; made by hand\n# for a test\n// x\n" + text.encode(),
    "in capitals": lambda text: text.upper().encode(),
}


@pytest.fixture(scope="module")
def worker() -> Iterator[MediaWorker]:
    with MediaWorker() as running:
        yield running


@pytest.mark.parametrize("dress", DRESSED)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_known_by_its_content(name: str, dress: str) -> None:
    assert list_kind(DRESSED[dress](LISTS[name]))


def test_media_and_plain_text_are_no_lists(tmp_path: Path) -> None:
    for container in ("mp4", "matroska", "mpegts", "avi"):
        assert list_kind(make_clip(tmp_path / container, Clip(frames=2, container=container)).read_bytes()[:8192]) == ""
    for data in (
        b"",
        b"\x00" * 100,
        b"# a remark alone",
        b"<svg/>",
        b"<",
        b"<?",
        b"v=0",
        b"\xff\xfe",
        bytes(range(256)),
    ):
        assert list_kind(data) == ""


@pytest.mark.parametrize("name", ["hls.mp4", "dash.mp4", "session.sdp", "script.mp4", "kodi.strm", "cpl.xml"])
def test_a_list_beside_a_real_film_is_refused(worker: MediaWorker, tmp_path: Path, name: str) -> None:
    film = make_clip(tmp_path / "other.mp4", Clip(frames=2)).read_bytes()
    (tmp_path / "other.ts").write_bytes(film)
    file = tmp_path / name
    file.write_bytes(DRESSED["as it is"](LISTS[name]))
    for ask in (worker.probe, worker.outline, worker.survey, worker.sound_track):
        with pytest.raises(MediaUnreadable, match=name):
            ask(file)
    assert worker.lost == 0


@pytest.mark.parametrize("name", LISTS)
def test_what_is_refused_is_refused_before_libavformat_sees_it(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(DRESSED["as it is"](LISTS[name]))
    with pytest.raises(MediaUnreadable, match="give the files themselves"):
        open_media(str(file))


@pytest.mark.parametrize("name", ["hls.mp4", "dash.mp4", "session.sdp", "script.mp4"])
def test_libavformat_would_not_start_on_a_list_either(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(DRESSED["as it is"](LISTS[name]))
    code = (
        "import sys\n"
        "from evidence_desk.worker import opening\n"
        "opening.list_kind = lambda head: ''\n"
        "try:\n    opening.open_media(sys.argv[1])\n"
        "except opening.MediaUnreadable as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert "cannot be opened" in done.stdout


def png(path: Path, size: int) -> None:
    Image.fromarray(np.full((size, size, 3), 80, np.uint8)).save(path)


@pytest.mark.parametrize("name", ["frame%d.png", "frame%03d.png", "frame*.png", "frame[0-9].png", "%.png", "%%03d.png"])
def test_a_name_like_a_pattern_is_one_picture(worker: MediaWorker, tmp_path: Path, name: str) -> None:
    for other in ("frame0.png", "frame1.png", "frame001.png", "frame000.png", "%003.png"):
        png(tmp_path / other, 16)
    png(tmp_path / name, 32)
    table = worker.index(tmp_path / name)
    assert len(table) == 1
    assert worker.picture(tmp_path / name, table, 0).native_width == 32


@pytest.mark.parametrize(
    "name", ["http:x.mp4", "concat:a.mp4|b.mp4", "pipe:0", "data:,x.mp4", "-", "subfile,,start,0,,:x"]
)
def test_a_name_like_an_address_is_a_file(worker: MediaWorker, tmp_path: Path, name: str) -> None:
    file = make_clip(tmp_path / "clip.mp4", Clip(frames=3)).rename(tmp_path / name)
    assert len(worker.index(file)) == 3


def with_outside_data(data: bytes, target: str) -> bytes:
    """Return a QuickTime file whose pictures are said to lie in another file, in the older and the newer way."""
    path = target.encode()
    named = bytes([min(len(path), 63)]) + path[:63].ljust(63, b"\0")
    alias = b"\0" * 10 + b"\x01" + b"d".ljust(27, b"\0") + b"\0" * 12 + named + b"\0" * 16 + struct.pack(">HH", 1, 1)
    whole = b"d" + path
    alias += b"\0" * 16 + struct.pack(">hH", 2, len(whole)) + whole + b"\0" * (len(whole) % 2) + b"\xff\xff\0\0"
    entry = b"alis" + struct.pack(">I", 0) + alias
    url = b"url " + struct.pack(">I", 0) + b"file://" + path + b"\0"
    boxes = b"".join(struct.pack(">I", len(one) + 4) + one for one in (entry, url))
    at = data.index(b"dref") - 4
    old = struct.unpack_from(">I", data, at)[0]
    new = data[at + 4 : at + 12] + struct.pack(">I", 2) + boxes
    changed = bytearray(data[:at] + struct.pack(">I", len(new) + 4) + new + data[at + old :])
    for parent in (b"moov", b"trak", b"mdia", b"minf", b"dinf"):
        place = data.index(parent) - 4
        struct.pack_into(">I", changed, place, struct.unpack_from(">I", data, place)[0] + len(new) + 4 - old)
    return bytes(changed)


def test_a_film_that_points_to_another_shows_nothing_of_it(worker: MediaWorker, tmp_path: Path) -> None:
    other = make_clip(tmp_path / "other.mov", Clip(frames=9, width=128, height=128))
    data = make_clip(tmp_path / "clip.mov", Clip(frames=3)).read_bytes()
    assert data.index(b"moov") > data.index(b"mdat")  # nothing that follows has to move
    for name, target in (("beside.mov", "other.mov"), ("absolute.mov", str(other))):
        file = tmp_path / name
        file.write_bytes(with_outside_data(data, target))
        try:
            table = worker.index(file)
        except MediaUnreadable:
            continue
        for n in range(len(table)):
            assert worker.picture(file, table, n).native_width == 96
    assert worker.lost == 0


def test_a_reference_movie_is_no_film(worker: MediaWorker, tmp_path: Path) -> None:
    url = b"url \x00\x00\x00\x0aother.mp4\x00"

    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body) + 8) + kind + body

    film = box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"moov", box(b"rmra", box(b"rmda", box(b"rdrf", b"\0" * 4 + url))))
    make_clip(tmp_path / "other.mp4", Clip(frames=3))
    file = tmp_path / "reference.mov"
    file.write_bytes(film)
    with pytest.raises(MediaUnreadable, match=r"reference\.mov"):
        worker.index(file)


def test_a_picture_beyond_all_measure_is_refused(worker: MediaWorker, tmp_path: Path) -> None:
    small = tmp_path / "small.png"
    png(small, 16)
    data = bytearray(small.read_bytes())
    struct.pack_into(">II", data, 16, 40_000, 40_000)
    huge = tmp_path / "huge.png"
    huge.write_bytes(data)
    with pytest.raises(MediaUnreadable, match=r"huge\.png"):
        worker.index(huge)
    assert worker.lost == 0
