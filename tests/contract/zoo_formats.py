"""More kinds of odd video files: containers, pixel formats, sizes, several streams, and damaged ones."""

from __future__ import annotations

from tests.contract import zoo_streams as streams
from tests.contract import zoo_surgery as cut
from tests.contract.zoo import Kind
from tests.contract.zoo_kinds import (
    _BASE,
    _BASE_TS,
    _HEVC,
    _M2,
    _M4,
    _TONE,
    _VP9,
    _X,
    _X1,
    BOXES,
    EDITS,
    FIELDS,
    MANY_GROUPS,
    RAW,
    REFERENCES,
    TIMING,
    TRANSPORT,
    _kind,
)

CONTAINERS = (
    _kind("live.mkv", f"{{src}} {_X} -live 1 live.mkv"),
    _kind("no-cues.mkv", f"{{src}} {_X} a.mkv",
          cut.replaced("a.mkv", "no-cues.mkv", b"\x1c\x53\xbb\x6b", b"\xec\x40\x01\x6b", 9)),
    _kind("live.webm", f"{{src}} {_VP9} -f webm -live 1 live.webm"),
    _kind("cluster-each.mkv", f"{{src}} {_X} -cluster_time_limit 40 cluster-each.mkv"),
    _kind("stripped-headers.mkv", f"{{src}} {_M4} stripped-headers.mkv"),
    _kind("windows.wmv", f"{{src}} {_TONE} -pix_fmt yuv420p -c:v wmv2 -c:a wmav2 windows.wmv"),
    _kind("windows-1.asf", "{src} -pix_fmt yuv420p -c:v wmv1 windows-1.asf"),
    _kind("ms-mpeg4.avi", "{src} -pix_fmt yuv420p -c:v msmpeg4 ms-mpeg4.avi"),
    _kind("flash.flv", "{src} -pix_fmt yuv420p -c:v flv flash.flv"),
    _kind("flash-h264.flv", f"{{src}} {_TONE} {_X} -c:a aac flash-h264.flv"),
    _kind("screen.flv", "{src} -c:v flashsv screen.flv"),
    _kind("theora.ogv", "{src} -pix_fmt yuv420p -c:v libtheora -g 12 theora.ogv"),
    _kind("theora-sound.ogv", f"{{src}} {_TONE} -pix_fmt yuv420p -c:v libtheora -g 12 -c:a libvorbis "
          "theora-sound.ogv"),
    _kind("phone.3gp", "{src:176x144 15 1.6} -pix_fmt yuv420p -c:v h263 phone.3gp"),
    _kind("phone-mpeg4.3gp", f"{{src:176x144 15 1.6}} {_TONE} -pix_fmt yuv420p -c:v mpeg4 -g 10 -c:a aac "
          "phone-mpeg4.3gp"),
    _kind("real.rm", "{src:176x144} -pix_fmt yuv420p -c:v rv10 real.rm"),
    _kind("prores.mov", "{src:96x64 25 0.5} -pix_fmt yuv422p10le -c:v prores_ks prores.mov"),
    _kind("prores-alpha.mov", "{src:96x64 25 0.5} -pix_fmt yuva444p10le -c:v prores_ks -profile:v 4 prores-alpha.mov"),
    _kind("dnxhr.mov", "{src:256x128 25 0.4} -pix_fmt yuv422p -c:v dnxhd -profile:v dnxhr_sq dnxhr.mov"),
    _kind("dnxhr.mxf", "{src:256x128 25 0.4} -pix_fmt yuv422p -c:v dnxhd -profile:v dnxhr_sq dnxhr.mxf"),
    _kind("long-group.mxf", f"{{src}} {_M2} long-group.mxf"),
    _kind("h264.mxf", f"{{src}} {_X} h264.mxf"),
    _kind("xdcam.mxf", f"{{src}} {_TONE} {_M2} -c:a pcm_s16le xdcam.mxf"),
    _kind("broadcast.gxf", "{src:720x576 25 0.4} -pix_fmt yuv420p -c:v mpeg2video -bf 2 -g 6 broadcast.gxf"),
    _kind("recorded.wtv", f"{{src}} {_TONE} {_M2} -c:a mp2 recorded.wtv"),
    _kind("h264.nut", f"{{src}} {_X} h264.nut"),
    _kind("motion.avi", "{src} -pix_fmt yuvj420p -c:v mjpeg motion.avi"),
    _kind("dropped.avi", "{src} -pix_fmt yuv420p -c:v mpeg4 -g 10 a.m4v",
          streams.dropped_pictures("a.m4v", "dropped.avi", b"\0\0\1\xb6", b"FMP4", 6)),
    _kind("dropped-jpeg.avi", "{src} -pix_fmt yuvj420p -c:v mjpeg -f mjpeg a.mjpeg",
          streams.dropped_pictures("a.mjpeg", "dropped-jpeg.avi", b"\xff\xd8\xff", b"MJPG", 5)),
    _kind("no-index.avi", "{src} -pix_fmt yuv420p -c:v mpeg4 -g 10 a.m4v",
          streams.without_index("a.m4v", "no-index.avi", b"\0\0\1\xb6", b"FMP4")),
    _kind("no-index-sound.avi", f"{{src}} {_TONE} {_M4} -c:a mp2 a.avi",
          cut.replaced("a.avi", "no-index-sound.avi", b"idx1", b"JUNK")),
    _kind("wrong-rate.avi", "{src} -pix_fmt yuvj420p -c:v mjpeg a.avi",
          cut.replaced("a.avi", "wrong-rate.avi", b"\x01\0\0\0\x19\0\0\0", b"\x01\0\0\0\x01\0\0\0", 1)),
    _kind("animation.gif", "{src:64x48 10 2} -vf split[a][b];[a]palettegen[p];[b][p]paletteuse animation.gif"),
    _kind("disposal.gif", "-f lavfi -i color=gray:s=64x48:r=10:d=2,drawbox=x='mod(t*30\\,40)':y=5:w=12:h=12:color=red:"
          "t=fill a.gif", cut.gif_disposal("a.gif", "disposal.gif")),
    _kind("still-parts.gif", "-f lavfi -i color=gray:s=64x48:r=10:d=2,drawbox=x='if(lt(t\\,0.9)\\,4\\,30)':"
          "y=5:w=12:h=12:color=red:t=fill still-parts.gif"),
    _kind("animation.png", "{src:64x48 10 1.2} -c:v apng -f apng animation.png"),
    _kind("picture.png", "{src:64x48 10 0.1} -frames:v 1 -c:v png -f image2 picture.png"),
    _kind("picture.jpg", "{src:65x47 10 0.1} -frames:v 1 -pix_fmt yuvj420p -c:v mjpeg -f image2 picture.jpg"),
    _kind("picture.bmp", "{src:65x47 10 0.1} -frames:v 1 -c:v bmp -f image2 picture.bmp"),
    _kind("picture.tiff", "{src:65x47 10 0.1} -frames:v 1 -c:v tiff -f image2 picture.tiff"),
    _kind("picture.webp", "{src:64x48 10 0.1} -frames:v 1 -c:v libwebp -f image2 picture.webp"),
    _kind("amv.amv", "{src:128x96 15 1} -f lavfi -i sine=r=22050:d=1 -pix_fmt yuvj420p -c:v amv -c:a adpcm_ima_amv "
          "-ac 1 -block_size 1470 amv.amv"),
    _kind("sorenson.mov", "{src:176x144} -c:v svq1 -pix_fmt yuv410p sorenson.mov"),
    _kind("cinepak.avi", "{src:64x48 10 0.6} -c:v cinepak -pix_fmt rgb24 cinepak.avi"),
    _kind("zmbv.avi", "{src:64x48 10 1} -c:v zmbv -pix_fmt bgr0 -g 4 zmbv.avi"),
    _kind("snow.avi", "{src:64x48 10 1} -c:v snow -strict -2 -pix_fmt yuv420p -g 5 snow.avi"),
)  # fmt: skip


def _format(pix_fmt: str, codec: str, suffix: str, size: str = "97x63", more: str = "") -> Kind:
    name = f"{pix_fmt}-{codec}.{suffix}"
    return _kind(name, f"{{src:{size} 25 0.48}} -pix_fmt {pix_fmt} -c:v {codec} {more} {name}")


_H = "-preset ultrafast -bf 2 -g 5"
_H5 = "-preset ultrafast -x265-params log-level=error:bframes=2:keyint=5:pools=1"
FORMATS = (
    *(_format(p, "libx264", "mp4", "96x64", _H) for p in
      ("yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv444p10le", "gray", "nv12", "yuvj420p", "gray10le")),
    *(_format(p, "libx265", "mp4", "96x64", _H5) for p in
      ("yuv422p", "yuv444p", "yuv420p10le", "yuv422p12le", "yuv444p12le", "gray", "gbrp", "gbrp10le")),
    *(_format(p, "ffv1", "mkv") for p in
      ("gray", "gray16le", "yuv410p", "yuv411p", "yuv440p", "yuva420p", "yuv420p12le", "yuv444p16le", "gbrp10le",
       "gbrap16le", "bgra", "rgb48le", "ya8")),
    *(_format(p, "rawvideo", "avi", "34x18") for p in ("bgr24", "pal8", "rgb555le", "yuyv422", "gray", "monow")),
    *(_format(p, "rawvideo", "nut", "33x17") for p in
      ("rgb24", "nv12", "nv21", "rgb565le", "argb", "gbrp", "yuv420p10be", "p010le", "monob", "rgba64le", "uyvy422")),
    *(_format(p, "rawvideo", "mov", "34x18") for p in ("rgb24", "uyvy422", "argb", "pal8", "monow")),
    *(_format(p, "qtrle", "mov", "36x20") for p in ("rgb24", "argb", "rgb555be", "gray")),
    *(_format(p, "png", "mov", "33x17") for p in ("rgb24", "rgba", "pal8", "gray", "rgb48be", "monob")),
    *(_format(p, "libopenjpeg", "mov", "96x64") for p in ("rgb24", "yuv420p", "gray16le")),
    *(_format(p, "utvideo", "avi", "34x18") for p in ("gbrp", "yuv422p", "gbrap")),
    *(_format(p, "libvpx-vp9", "webm", "96x64", "-deadline realtime -cpu-used 8 -g 5") for p in
      ("yuv422p", "yuv444p", "yuv420p10le", "gbrp", "yuva420p", "yuv440p")),
    _format("yuva420p", "libvpx", "webm", "96x64", "-auto-alt-ref 0 -g 5"),
    _format("yuv422p10le", "v210", "mov", "50x18"),
    _format("rgb24", "libx264rgb", "mp4", "96x64", "-preset ultrafast -g 5"),
    _format("rgb24", "huffyuv", "avi", "34x18"),
    _format("yuv444p12le", "ffvhuff", "mkv", "33x17"),
    _format("rgb555be", "rpza", "mov", "36x20"),
    _format("pal8", "zmbv", "avi", "34x18", "-g 4"),
    _format("rgba", "hap", "mov", "36x20"),
    _format("yuv422p10le", "cfhd", "mov", "96x64"),
)  # fmt: skip

SIZES = (
    *(_kind(f"size-{s}-ffv1.mkv", f"{{src:{s} 25 0.4}} -pix_fmt yuv420p -c:v ffv1 size-{s}-ffv1.mkv") for s in
      ("3x5", "17x33")),
    _kind("size-64x1-ffv1.mkv", "{src:64x2 25 0.4} -vf crop=64:1:0:0:exact=1 -pix_fmt yuv444p -c:v ffv1 "
          "size-64x1-ffv1.mkv"),
    _kind("size-1x1-png.mov", "{src:2x2 25 0.4} -vf crop=1:1:0:0:exact=1 -pix_fmt rgb24 -c:v png size-1x1-png.mov"),
    _kind("size-1x1-gif.gif", "{src:2x2 25 0.4} -vf crop=1:1:0:0:exact=1,format=rgb8 size-1x1-gif.gif"),
    *(_kind(f"size-{s}-vp9.webm", f"{{src:{s} 25 0.6}} {_VP9} size-{s}-vp9.webm") for s in ("17x33", "2x2", "3x5")),
    *(_kind(f"size-{s}-mpeg4.avi", f"{{src:{s} 25 0.6}} {_M4} size-{s}-mpeg4.avi") for s in ("17x33", "50x2")),
    *(_kind(f"size-{s}-h264.mp4", f"{{src:{s} 25 0.6}} {_X} size-{s}-h264.mp4") for s in ("18x34", "2x2", "1026x6")),
    _kind("size-17x33-444.mp4", f"{{src:17x33 25 0.6}} {_X} -pix_fmt yuv444p size-17x33-444.mp4"),
    _kind("size-35x21-jpeg.avi", "{src:35x21 25 0.6} -pix_fmt yuvj420p -c:v mjpeg size-35x21-jpeg.avi"),
    _kind("size-17x33-av1.mkv", "{src:17x33 25 0.3} -pix_fmt yuv420p -c:v libaom-av1 -cpu-used 8 size-17x33-av1.mkv"),
    _kind("changing-size.mkv", f"{{src}} {_M2} a.ts", f"{{src:128x80 25 1}} {_M2} b.ts", cut.join("c.ts", "a.ts",
          "b.ts"), "-i c.ts -c copy changing-size.mkv"),
    _kind("changing-size-h264.mkv", f"{{src}} {_X} a.ts", f"{{src:128x80 25 1}} {_X} b.ts", cut.join("c.ts", "a.ts",
          "b.ts"), "-i c.ts -c copy changing-size-h264.mkv"),
    _kind("changing-size-h264.mp4", f"{{src}} {_X} a.ts", f"{{src:128x80 25 1}} {_X} b.ts", cut.join("c.ts", "a.ts",
          "b.ts"), "-i c.ts -c copy -bsf:v dump_extra changing-size-h264.mp4"),
)  # fmt: skip

_COVER = "{src:64x64 1 1} -frames:v 1 -c:v png -f image2 cover.png"
SEVERAL = (
    _kind("two-pictures.mkv", f"{{src}} {{src:64x48 25 1}} -map 1:v -map 0:v {_X} two-pictures.mkv"),
    _kind("two-pictures.mp4", f"{{src}} {{src:64x48 25 1}} -map 1:v -map 0:v {_X} two-pictures.mp4"),
    _kind("sound-first.mkv", f"{{src}} {_TONE} -map 1:a -map 0:v {_X} -c:a aac sound-first.mkv"),
    _kind("cover.mp4", _COVER, _BASE, "-i base.mp4 -i cover.png -map 1 -map 0 -c copy -disposition:v:0 attached_pic "
          "cover.mp4"),
    _kind("cover.mkv", _COVER, _BASE, "-i base.mp4 -attach cover.png -metadata:s:t mimetype=image/png -c copy "
          "cover.mkv"),
    _kind("cover.mp3", _COVER, f"{_TONE} -i cover.png -map 0:a -map 1:v -c:a libmp3lame -c:v copy -id3v2_version 3 "
          "-disposition:v attached_pic cover.mp3"),
    _kind("sound.m4a", f"{_TONE} -c:a aac sound.m4a"),
    _kind("sound.wav", f"{_TONE} sound.wav"),
    _kind("sound.mkv", f"{_TONE} -c:a flac sound.mkv"),
    *(_kind(f"one-frame.{s}", f"{{src:96x64 25 0.04}} {c} one-frame.{s}") for s, c in
      (("mp4", _X), ("mkv", _HEVC), ("ts", _X1), ("avi", _M4), ("webm", _VP9), ("mpg", _M2),
       ("h264", _X1), ("mov", _X))),
    _kind("two-frames.mp4", f"{{src:96x64 25 0.08}} {_X} two-frames.mp4"),
)  # fmt: skip

BROKEN = tuple(
    _kind(f"cut-tail-{name}", f"{{src:192x128 25 1.6}} {how} {name}",
          *(["-i index.mp4 -c copy -movflags +faststart whole.mp4"] if name == "index.mp4" else []),
          cut.keep("whole.mp4" if name == "index.mp4" else name, f"cut-tail-{name}", 0, 0.7), damaged=True)
    for name, how in (("index.mp4", _X), ("m.mkv", _X), ("t.ts", _X), ("a.avi", _M4), ("f.flv", _X1), ("o.ogv",
                      "-pix_fmt yuv420p -c:v libtheora"), ("r.h264", _X), ("p.mpg", _M2), ("w.webm", _VP9),
                      ("h.hevc", _HEVC))
) + tuple(
    _kind(f"noise-{name}", f"{{src:192x128 25 1.6}} {how} {name}", cut.noise(name, f"noise-{name}", 0.45, 0.5, 97),
          damaged=True)
    for name, how in (("n.mp4", _X), ("m.mkv", _HEVC), ("t.ts", _X), ("a.avi", _M4), ("p.mpg", _M2), ("w.webm", _VP9),
                      ("j.avi", "-pix_fmt yuvj420p -c:v mjpeg"), ("s.mp4", f"{_X} -x264-params slices=4"))
) + (
    _kind("index-missing.mp4", _BASE, cut.keep("base.mp4", "index-missing.mp4", 0, 0.8), damaged=True),
    _kind("sparse-zeros.ts", _BASE_TS, cut.noise("base.ts", "sparse-zeros.ts", 0.3, 0.9, 4001), damaged=True),
)  # fmt: skip


ZOO = {
    "timing": TIMING,
    "edit lists": EDITS,
    "boxes": BOXES,
    "transport and program streams": TRANSPORT,
    "fields": FIELDS,
    "many groups": MANY_GROUPS,
    "raw streams": RAW,
    "references": REFERENCES,
    "containers": CONTAINERS,
    "pixel formats": FORMATS,
    "sizes": SIZES,
    "several streams": SEVERAL,
    "damaged": BROKEN,
}
