"""The kinds of odd video files, by what is odd about them. Each line is one file."""

from __future__ import annotations

from tests.contract import zoo_streams as streams
from tests.contract import zoo_surgery as cut
from tests.contract.zoo import Kind, Step
from tests.contract.zoo_mpeg2 import mpeg2_fields

_X = "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -bf 2 -g 12 -sc_threshold 0"
_X1 = "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -bf 0 -g 12 -sc_threshold 0"
_HEVC = "-pix_fmt yuv420p -c:v libx265 -preset ultrafast -x265-params log-level=error:bframes=3:keyint=12:pools=1"
_M2 = "-pix_fmt yuv420p -c:v mpeg2video -bf 2 -g 12 -b:v 800k"
_M4 = "-pix_fmt yuv420p -c:v mpeg4 -bf 1 -g 12 -q:v 4"
_VP9 = "-pix_fmt yuv420p -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 12 -b:v 300k"
_ALT = "-deadline good -cpu-used 5 -auto-alt-ref 1 -lag-in-frames 16 -g 40 -b:v 200k"
_TONE = "-f lavfi -i sine=r=48000:d=1.6"
_BASE = f"{{src}} {_X} base.mp4"
_BASE_TS = f"{{src}} {_X} base.ts"

_CLOCK = "the clock that is guessed for this raw stream differs between versions of ffmpeg"


def _kind(name: str, *steps: Step, damaged: bool = False, apart: str = "") -> Kind:
    return Kind(name, steps, damaged, apart)


TIMING = (
    _kind("vfr-dropped.mp4", f"{{src}} -vf select='not(eq(mod(n\\,5)\\,3))' -fps_mode vfr {_X} vfr-dropped.mp4"),
    _kind("vfr-hold.mp4", f"{{src}} -vf select='lt(n\\,10)+gt(n\\,30)' -fps_mode vfr {_X} vfr-hold.mp4"),
    _kind("vfr-jitter.mkv", f"{{src}} -vf setpts='PTS+mod(N*7\\,5)*0.004/TB' -fps_mode passthrough "
          f"-enc_time_base 1/1000 {_X} vfr-jitter.mkv"),
    _kind("vfr-two-rates.mov", f"{{src}} -vf setpts='if(lt(N\\,20)\\,N*0.04\\,0.8+(N-20)*0.01)/TB' -fps_mode "
          f"passthrough -enc_time_base 1/12800 {_X} vfr-two-rates.mov"),
    _kind("same-stamp-twice.mkv", f"{{src}} {_X1} a.mkv", "-i a.mkv -c copy -bsf:v setts=ts='floor(N/2)*80' "
          "same-stamp-twice.mkv"),
    _kind("same-stamp-twice.mp4", f"{{src}} {_X1} a.mp4", "-i a.mp4 -c copy -bsf:v setts=pts='floor(N/2)*1024':dts=N "
          "same-stamp-twice.mp4"),
    _kind("negative-start.mkv", f"{{src}} {_X1} a.mkv", "-i a.mkv -c copy -avoid_negative_ts disabled "
          "-bsf:v setts=ts=TS-500 negative-start.mkv"),
    _kind("negative-start.mp4", f"{{src}} {_X} a.mkv", "-i a.mkv -c copy -avoid_negative_ts disabled "
          "-bsf:v setts=ts=TS-500 negative-start.mp4"),
    _kind("late-start.mkv", f"{{src}} {_X} -output_ts_offset 4000 late-start.mkv"),
    _kind("gap.mkv", f"{{src}} {_X} a.mkv", "-i a.mkv -c copy -bsf:v setts=ts='TS+if(gt(N\\,20)\\,90000\\,0)' gap.mkv"),
    _kind("backward-jump.mkv", f"{{src}} {_X1} a.mkv", "-i a.mkv -c copy -bsf:v setts=ts='TS-if(gt(N\\,24)\\,600\\,0)' "
          "backward-jump.mkv"),
    _kind("b-frames-in-avi.avi", f"{{src}} {_X} b-frames-in-avi.avi"),
    _kind("b-frames-mpeg4.avi", f"{{src}} {_M4} b-frames-mpeg4.avi"),
    _kind("high-rate.mp4", f"{{src:96x64 960 0.1}} {_X} high-rate.mp4"),
    _kind("slow-rate.mp4", f"{{src:96x64 1/10 120}} {_X} slow-rate.mp4"),
    _kind("ntsc.mov", f"{{src:96x64 30000/1001 1.5}} {_X} ntsc.mov"),
)  # fmt: skip

EDITS = (
    _kind("cut-copy.mp4", _BASE, "-ss 0.7 -i base.mp4 -c copy cut-copy.mp4"),
    _kind("cut-copy-end.mp4", _BASE, "-ss 0.3 -t 0.62 -i base.mp4 -c copy cut-copy-end.mp4"),
    _kind("cut-copy.mov", _BASE, f"-i base.mp4 {_TONE} -map 0:v -map 1:a -c:v copy -c:a aac s.mp4",
          "-ss 0.9 -i s.mp4 -c copy cut-copy.mov"),
    _kind("cut-without-key.mp4", _BASE, "-i base.mp4 -ss 0.6 -c copy -copyinkf cut-without-key.mp4", damaged=True),
    _kind("edit-no-key-before.mp4", _BASE, cut.mp4("base.mp4", "edit-no-key-before.mp4", cut.edits((0.8, 0.3, 1)))),
    _kind("edit-delayed.mp4", _BASE, cut.mp4("base.mp4", "edit-delayed.mp4", cut.edits((0.5, -1, 1), (1.6, 0.08, 1)))),
    _kind("edit-several.mp4", _BASE, cut.mp4("base.mp4", "edit-several.mp4", cut.edits((0.3, 0.1, 1), (0.5, 0.7, 1)))),
    _kind("edit-twice.mp4", _BASE, cut.mp4("base.mp4", "edit-twice.mp4", cut.edits((0.5, 0.2, 1), (0.5, 0.2, 1)))),
    _kind("edit-backwards.mp4", _BASE,
          cut.mp4("base.mp4", "edit-backwards.mp4", cut.edits((0.4, 1.0, 1), (0.4, 0.1, 1)))),
    _kind("edit-gap-inside.mp4", _BASE,
          cut.mp4("base.mp4", "edit-gap-inside.mp4", cut.edits((0.4, 0.08, 1), (0.7, -1, 1), (0.6, 0.9, 1)))),
    _kind("edit-dwell.mp4", _BASE, cut.mp4("base.mp4", "edit-dwell.mp4", cut.edits((0.4, 0.5, 0), (0.6, 0.5, 1)))),
    _kind("edit-beyond-end.mp4", _BASE, cut.mp4("base.mp4", "edit-beyond-end.mp4", cut.edits((9.0, 0.5, 1)))),
    _kind("sound-first.mp4", f"-itsoffset 0.7 {{src}} {_TONE} -map 0:v -map 1:a {_X} -c:a aac sound-first.mp4"),
    _kind("negative-composition.mp4", f"{{src}} {_X} -movflags +negative_cts_offsets negative-composition.mp4"),
)  # fmt: skip

_FRAG = "-i base.mp4 -c copy -movflags"
BOXES = (
    _kind("fragments.mp4", _BASE, f"{_FRAG} +empty_moov+frag_keyframe+default_base_moof fragments.mp4"),
    _kind("fragment-each-frame.mp4", _BASE, f"{_FRAG} +empty_moov+frag_every_frame fragment-each-frame.mp4"),
    _kind("fragments-late-index.mp4", _BASE, f"{_FRAG} +delay_moov+frag_keyframe fragments-late-index.mp4"),
    _kind("partly-fragmented.mp4", _BASE, f"{_FRAG} +frag_keyframe partly-fragmented.mp4"),
    _kind("dash.mp4", _BASE, f"{_FRAG} +dash+frag_keyframe+global_sidx dash.mp4"),
    _kind("cmaf.mp4", _BASE, f"{_FRAG} +cmaf+frag_keyframe+delay_moov cmaf.mp4"),
    _kind("smooth.ismv", _BASE, "-i base.mp4 -c copy -f ismv smooth.ismv"),
    _kind("fragments-not-at-keys.mp4", _BASE, f"{_FRAG} +empty_moov -frag_duration 230000 fragments-not-at-keys.mp4"),
    _kind("fragments-without-index.mp4", _BASE, f"{_FRAG} +empty_moov+frag_keyframe+skip_trailer+omit_tfhd_offset "
          "fragments-without-index.mp4"),
    _kind("no-sync-table.mp4", _BASE, cut.mp4("base.mp4", "no-sync-table.mp4", cut.drop(b"stss"))),
    _kind("sync-table-lies.mp4", _BASE, cut.mp4("base.mp4", "sync-table-lies.mp4", cut.every_sample_sync)),
    _kind("no-composition-table.mp4", _BASE, cut.mp4("base.mp4", "no-composition-table.mp4", cut.drop(b"ctts"))),
    _kind("no-durations.mp4", _BASE, cut.mp4("base.mp4", "no-durations.mp4", cut.no_durations)),
    _kind("wrong-order.mp4", _BASE, cut.mp4("base.mp4", "wrong-order.mp4", cut.wrong_order)),
    _kind("cut-then-fragmented.mp4", _BASE, "-ss 0.7 -i base.mp4 -c copy -movflags +frag_keyframe+delay_moov "
          "cut-then-fragmented.mp4"),
    _kind("long-offsets.mp4", _BASE, cut.mp4("base.mp4", "long-offsets.mp4", cut.long_offsets)),
    _kind("index-first.mp4", _BASE, "-i base.mp4 -c copy -movflags +faststart index-first.mp4"),
    _kind("two-descriptions.mp4", f"{{src}} {_X1} a.mp4", f"{{src:96x64 25 0.8}} {_X1} -coder 0 -refs 1 -profile:v "
          "baseline b.mp4", cut.two_descriptions("a.mp4", "b.mp4", "two-descriptions.mp4", 24)),
    _kind("turned.mov", _BASE, "-i base.mp4 -c copy -metadata:s:v rotate=90 turned.mov"),
    _kind("wide-pixels.mp4", f"{{src}} -vf setsar=64/45 {_X} wide-pixels.mp4"),
    _kind("timecode.mov", f"{{src}} {_X} -timecode 10:00:00:00 timecode.mov"),
)  # fmt: skip

_WRAP = "-muxdelay 0 -muxpreload 0 -output_ts_offset"
TRANSPORT = (
    _kind("plain.ts", f"{{src}} {_X} plain.ts"),
    _kind("mpeg2.ts", f"{{src}} {_M2} mpeg2.ts"),
    _kind("hevc.ts", f"{{src}} {_HEVC} hevc.ts"),
    _kind("open-group.ts", f"{{src}} {_X} -x264-params open-gop=1:bframes=3 open-group.ts"),
    _kind("wrap.ts", f"{{src}} {_X} {_WRAP} 95443 wrap.ts"),
    _kind("wrap-mpeg2.ts", f"{{src}} {_M2} {_WRAP} 95442.9 wrap-mpeg2.ts"),
    _kind("wrap-late.ts", f"{{src}} {_X} {_WRAP} 95442.25 wrap-late.ts"),
    _kind("joined.ts", f"{{src}} {_X} a.ts", f"{{src:96x64 25 1}} {_X1} b.ts", cut.join("joined.ts", "a.ts", "b.ts")),
    _kind("joined-other-pids.ts", f"{{src}} {_X} a.ts", f"{{src:96x64 25 1}} {_X} -mpegts_start_pid 0x200 b.ts",
          cut.join("joined-other-pids.ts", "a.ts", "b.ts")),
    _kind("joined-other-size.ts", f"{{src}} {_X} a.ts", f"{{src:128x80 25 1}} {_X} b.ts",
          cut.join("joined-other-size.ts", "a.ts", "b.ts")),
    _kind("joined-mpeg2.ts", f"{{src}} {_M2} a.ts", f"{{src:96x64 25 1}} {_M2} b.ts",
          cut.join("joined-mpeg2.ts", "a.ts", "b.ts")),
    _kind("joined-to-itself.ts", f"{{src}} {_X} a.ts", cut.join("joined-to-itself.ts", "a.ts", "a.ts")),
    _kind("joined-forward.ts", f"{{src}} {_X} a.ts", f"{{src:96x64 25 1}} {_X} -output_ts_offset 60 b.ts",
          cut.join("joined-forward.ts", "a.ts", "b.ts")),
    _kind("hole.ts", f"{{src:192x128}} {_X} a.ts", cut.without("a.ts", "hole.ts", 0.4, 0.5, 188), damaged=True),
    _kind("counters.ts", _BASE_TS, cut.ts("base.ts", "counters.ts", cut.wrong_counters), damaged=True),
    _kind("doubled.ts", _BASE_TS, cut.ts("base.ts", "doubled.ts", cut.doubled)),
    _kind("stuffed.ts", _BASE_TS, cut.ts("base.ts", "stuffed.ts", cut.with_null_packets)),
    _kind("packets-of-204.ts", _BASE_TS, cut.ts("base.ts", "packets-of-204.ts", cut.long_packets)),
    _kind("packets-of-192.m2ts", f"{{src}} {_X} -mpegts_m2ts_mode 1 packets-of-192.m2ts"),
    _kind("junk-first.ts", _BASE_TS, cut.junk_before("base.ts", "junk-first.ts", 777)),
    _kind("from-the-middle.ts", _BASE_TS, cut.keep("base.ts", "from-the-middle.ts", 0.17, 1, 188), damaged=True),
    _kind("from-the-middle-open.ts", f"{{src}} {_X} -x264-params open-gop=1:bframes=3 a.ts",
          cut.keep("a.ts", "from-the-middle-open.ts", 0.3, 1, 188), damaged=True),
    _kind("from-the-middle-mpeg2.ts", f"{{src:192x128}} {_M2} a.ts",
          cut.keep("a.ts", "from-the-middle-mpeg2.ts", 0.3, 1, 188), damaged=True),
    _kind("from-the-middle-hevc.ts", f"{{src}} {_HEVC}:open-gop=1 a.ts",
          cut.keep("a.ts", "from-the-middle-hevc.ts", 0.4, 1, 188), damaged=True),
    _kind("two-programs.ts", f"{{src}} {{src:64x48 25 1.6}} -map 0:v -map 1:v {_X} -program title=a:st=0 "
          "-program title=b:st=1 two-programs.ts"),
    _kind("with-sound.ts", f"{{src}} {_TONE} {_X} -c:a mp2 with-sound.ts"),
    _kind("program.mpg", f"{{src}} {_M2} program.mpg"),
    _kind("program-mpeg1.mpg", "{src} -pix_fmt yuv420p -c:v mpeg1video -bf 2 -g 12 program-mpeg1.mpg"),
    _kind("program-h264.vob", f"{{src}} {_X} -f vob program-h264.vob"),
    _kind("dvd.vob", f"{{src}} {_TONE} {_M2} -c:a ac3 -f dvd dvd.vob"),
    _kind("joined.mpg", f"{{src}} {_M2} a.mpg", f"{{src:96x64 25 1}} {_M2} b.mpg",
          cut.join("joined.mpg", "a.mpg", "b.mpg")),
    _kind("from-the-middle.mpg", f"{{src:192x128}} {_M2} a.mpg", cut.keep("a.mpg", "from-the-middle.mpg", 0.35, 1),
          damaged=True),
)  # fmt: skip

_IL = "-flags +ildct+ilme -top 1"
FIELDS = (
    _kind("interlaced.ts", f"{{src}} {_X} {_IL} interlaced.ts"),
    _kind("interlaced.mp4", f"{{src}} {_X} {_IL} interlaced.mp4"),
    _kind("interlaced-mpeg2.mxf", f"{{src:96x64 25 1}} {_M2} {_IL} interlaced-mpeg2.mxf"),
    _kind("interlaced-mpeg2.mpg", f"{{src}} {_M2} {_IL} interlaced-mpeg2.mpg"),
    _kind("repeated-fields.ts", f"{{src:96x64 24000/1001 1.6}} {_M2} -vf telecine repeated-fields.ts"),
    _kind("field-pictures.h264", streams.field_pictures("field-pictures.h264")),
    _kind("field-pictures.ts", streams.field_pictures("a.h264"), "-r 25 -i a.h264 -c copy field-pictures.ts"),
    _kind("field-pictures.mp4", streams.field_pictures("a.h264"), "-r 25 -i a.h264 -c copy field-pictures.mp4"),
    _kind("field-pictures.mkv", streams.field_pictures("a.h264"), "-r 25 -i a.h264 -c copy a.mp4",
          "-i a.mp4 -c copy field-pictures.mkv"),
    _kind("field-missing.ts", streams.field_pictures("a.h264", alone=True), "-r 25 -i a.h264 -c copy field-missing.ts",
          damaged=True),
    _kind("mpeg2-fields.m2v", mpeg2_fields("mpeg2-fields.m2v")),
    _kind("mpeg2-fields.ts", mpeg2_fields("a.m2v"), "-fflags +genpts -r 25 -i a.m2v -c copy mpeg2-fields.ts"),
    _kind("mpeg2-fields.mpg", mpeg2_fields("a.m2v", 60), "-fflags +genpts -r 25 -i a.m2v -c copy mpeg2-fields.mpg"),
    _kind("mpeg2-fields.mkv", mpeg2_fields("a.m2v"), "-fflags +genpts -r 25 -i a.m2v -c copy a.ts",
          "-i a.ts -c copy mpeg2-fields.mkv"),
    _kind("jpeg-fields.avi", "{src:96x32} -pix_fmt yuvj422p -c:v mjpeg -f mjpeg top.mjpeg",
          "{src:96x32} -vf negate -pix_fmt yuvj422p -c:v mjpeg -f mjpeg bottom.mjpeg",
          streams.jpeg_fields("top.mjpeg", "bottom.mjpeg", "jpeg-fields.avi")),
    _kind("dv.avi", "{src:720x576 25 0.3} -pix_fmt yuv420p -c:v dvvideo dv.avi"),
    _kind("raw.dv", "{src:720x480 30000/1001 0.3} -pix_fmt yuv411p -c:v dvvideo raw.dv", apart=_CLOCK),
)  # fmt: skip

_LONG = "{src:64x48 25 10}"
MANY_GROUPS = (
    _kind("groups.ts", f"{_LONG} {_X} groups.ts"),
    _kind("groups-open.ts", f"{_LONG} {_X} -x264-params open-gop=1:bframes=5:b-pyramid=normal groups-open.ts"),
    _kind("groups-mpeg2.ts", f"{_LONG} {_M2} -sc_threshold 1000000000 groups-mpeg2.ts"),
    _kind("groups-hevc.ts", f"{_LONG} {_HEVC}:open-gop=1 groups-hevc.ts"),
    _kind("groups-wrap.ts", f"{_LONG} {_X} {_WRAP} 95439 groups-wrap.ts"),
    _kind("groups-wrap-mpeg2.m2ts", f"{_LONG} {_M2} {_WRAP} 95438.3 -mpegts_m2ts_mode 1 groups-wrap-mpeg2.m2ts"),
    _kind("groups.mpg", f"{_LONG} {_M2} groups.mpg"),
    _kind("groups-sound.vob", f"{_LONG} -f lavfi -i sine=r=48000:d=10 {_M2} -c:a ac3 -f dvd groups-sound.vob"),
    _kind("groups-mpeg1.mpg", f"{_LONG} -pix_fmt yuv420p -c:v mpeg1video -bf 2 -g 9 groups-mpeg1.mpg"),
    _kind("groups.avi", f"{_LONG} {_M4} groups.avi"),
    _kind("groups-h264.avi", f"{_LONG} {_X} groups-h264.avi"),
    _kind("keys-everywhere.avi", f"{_LONG} {_M4} a.avi", cut.avi_key_flags("a.avi", "keys-everywhere.avi", 0x10)),
    _kind("keys-nowhere.avi", f"{_LONG} {_M4} a.avi", cut.avi_key_flags("a.avi", "keys-nowhere.avi", 0)),
    _kind("groups-open.mkv", f"{_LONG} {_HEVC}:open-gop=1 groups-open.mkv"),
    _kind("groups-open.mp4", f"{_LONG} {_X} -x264-params open-gop=1:bframes=5 groups-open.mp4"),
    _kind("groups.h264", f"{_LONG} {_X} groups.h264"),
    _kind("groups.flv", f"{_LONG} {_X} groups.flv"),
    _kind("groups.ogv", f"{_LONG} -pix_fmt yuv420p -c:v libtheora -g 20 groups.ogv"),
    _kind("groups.asf", f"{_LONG} {_X} groups.asf"),
    _kind("groups.mxf", f"{_LONG} {_M2} groups.mxf"),
    _kind("groups.webm", f"{_LONG} -pix_fmt yuv420p -c:v libvpx-vp9 {_ALT} -g 24 groups.webm"),
    _kind("groups-vp8.webm", f"{_LONG} -pix_fmt yuv420p -c:v libvpx {_ALT} -g 24 groups-vp8.webm"),
    _kind("groups-refresh.ts", f"{_LONG} {_X1} -x264-params intra-refresh=1:keyint=20:bframes=0 groups-refresh.ts"),
    _kind("groups-joined.ts", f"{_LONG} {_X} a.ts", f"{_LONG} {_X} -mpegts_start_pid 0x300 b.ts",
          cut.join("groups-joined.ts", "a.ts", "b.ts", "a.ts")),
    _kind("sound-begins-later.ts", f"{{src:480x270 25 9}} {_X} -qp 27 a.ts", f"{{src:480x270 25 1}} {_TONE} {_X} "
          "-c:a mp2 b.ts", cut.join("sound-begins-later.ts", "a.ts", "b.ts")),
    _kind("picture-begins-later.ts", f"{{src:480x270 25 9}} {_X} -qp 27 a.ts", f"{{src:480x270 25 1}} {_X} "
          "-mpegts_start_pid 0x300 b.ts", cut.join("picture-begins-later.ts", "a.ts", "b.ts")),
    _kind("groups-fields.ts", streams.field_pictures("a.h264", 180), "-r 25 -i a.h264 -c copy groups-fields.ts"),
)  # fmt: skip

RAW = (
    _kind("raw.h264", f"{{src}} {_X} raw.h264"),
    _kind("raw-open.h264", f"{{src}} {_X} -x264-params open-gop=1:bframes=3 raw-open.h264"),
    _kind("raw.hevc", f"{{src}} {_HEVC} raw.hevc"),
    _kind("raw.m2v", f"{{src}} {_M2} raw.m2v"),
    _kind("raw.m1v", "{src} -pix_fmt yuv420p -c:v mpeg1video -bf 2 -g 12 raw.m1v"),
    _kind("raw.m4v", f"{{src}} {_M4} raw.m4v"),
    _kind("raw.h263", "{src:176x144} -pix_fmt yuv420p -c:v h263 raw.h263"),
    _kind("raw.h261", "{src:176x144} -pix_fmt yuv420p -c:v h261 raw.h261", apart=_CLOCK),
    _kind("raw.mjpeg", "{src} -pix_fmt yuvj420p -c:v mjpeg raw.mjpeg"),
    _kind("raw.obu", "{src:96x64 25 0.6} -pix_fmt yuv420p -c:v libaom-av1 -cpu-used 8 -usage realtime -g 8 raw.obu"),
    _kind("raw.drc", "{src:96x64 25 0.6} -pix_fmt yuv420p -c:v vc2 -f dirac raw.drc"),
    _kind("raw.y4m", "{src:97x63 25 0.6} -pix_fmt yuv420p raw.y4m"),
    _kind("raw-middle.h264", f"{{src}} {_X} a.h264", cut.keep("a.h264", "raw-middle.h264", 0.31, 1), damaged=True),
    _kind("raw-joined.h264", f"{{src}} {_X} a.h264", f"{{src:128x80 25 1}} {_X1} b.h264",
          cut.join("raw-joined.h264", "a.h264", "b.h264")),
    _kind("raw-joined.hevc", f"{{src}} {_HEVC} a.hevc", f"{{src:128x80 25 1}} {_HEVC} b.hevc",
          cut.join("raw-joined.hevc", "a.hevc", "b.hevc")),
    _kind("raw-joined.m2v", f"{{src}} {_M2} a.m2v", f"{{src:128x80 25 1}} {_M2} b.m2v",
          cut.join("raw-joined.m2v", "a.m2v", "b.m2v")),
    _kind("raw-sizes.mjpeg", "{src} -pix_fmt yuvj420p -c:v mjpeg a.mjpeg", "{src:64x48 25 1} -pix_fmt yuvj420p -c:v "
          "mjpeg b.mjpeg", cut.join("raw-sizes.mjpeg", "a.mjpeg", "b.mjpeg", "a.mjpeg")),
    _kind("raw-formats.mjpeg", "{src} -pix_fmt yuvj420p -c:v mjpeg a.mjpeg", "{src:96x64 25 1} -pix_fmt yuvj444p -c:v "
          "mjpeg b.mjpeg", cut.join("raw-formats.mjpeg", "a.mjpeg", "b.mjpeg"),
          apart="ffmpeg converts pictures to the first one's pixel format"),
)  # fmt: skip

REFERENCES = (
    _kind("packed.avi", f"{{src}} {_M4} a.m4v", streams.packed_b_frames("a.m4v", "packed.avi")),
    _kind("unpacked.avi", f"{{src}} {_M4} a.m4v", streams.packed_b_frames("a.m4v", "p.avi"),
          "-i p.avi -c copy -bsf:v mpeg4_unpack_bframes unpacked.avi"),
    _kind("packed.mp4", f"{{src}} {_M4} a.m4v", streams.packed_b_frames("a.m4v", "p.avi"),
          "-i p.avi -c copy packed.mp4"),
    _kind("xvid-b.avi", "{src} -pix_fmt yuv420p -c:v libxvid -bf 2 -g 12 xvid-b.avi"),
    _kind("quarter-pixel.mp4", f"{{src}} {_M4} -flags +qpel+mv4 -bf 2 quarter-pixel.mp4"),
    _kind("hidden-vp8.webm", f"{{src:160x96 25 2.4}} -pix_fmt yuv420p -c:v libvpx {_ALT} hidden-vp8.webm"),
    _kind("hidden-vp9.webm", f"{{src:160x96 25 2.4}} -pix_fmt yuv420p -c:v libvpx-vp9 {_ALT} hidden-vp9.webm"),
    _kind("hidden-vp8.ivf", f"{{src:160x96 25 2.4}} -pix_fmt yuv420p -c:v libvpx {_ALT} hidden-vp8.ivf"),
    _kind("hidden-vp9.ivf", f"{{src:160x96 25 2.4}} -pix_fmt yuv420p -c:v libvpx-vp9 {_ALT} a.ivf",
          "-i a.ivf -c copy -bsf:v vp9_superframe_split hidden-vp9.ivf"),
    _kind("hidden-vp9.mp4", f"{{src:160x96 25 2.4}} -pix_fmt yuv420p -c:v libvpx-vp9 {_ALT} hidden-vp9.mp4"),
    _kind("layers-vp9.webm", f"{{src}} {_VP9} -ts-parameters ts_number_layers=3:ts_target_bitrate=50,100,200:"
          "ts_rate_decimator=4,2,1:ts_periodicity=4:ts_layer_id=0,2,1,2 layers-vp9.webm"),
    _kind("resized-vp9.ivf", f"{{src}} {_VP9} a.ivf", f"{{src:128x80 25 1}} {_VP9} b.ivf",
          cut.ivf_joined("resized-vp9.ivf", "a.ivf", "b.ivf")),
    _kind("resized-vp8.webm", "{src} -c:v libvpx -pix_fmt yuv420p -g 12 a.ivf", "{src:128x80 25 1} -c:v libvpx "
          "-pix_fmt yuv420p -g 12 b.ivf", cut.ivf_joined("c.ivf", "a.ivf", "b.ivf"),
          "-i c.ivf -c copy resized-vp8.webm"),
    _kind("av1.mkv", "{src:96x64 25 0.8} -pix_fmt yuv420p -c:v libaom-av1 -cpu-used 8 -g 10 -lag-in-frames 12 av1.mkv"),
    _kind("av1-svt.mp4", "{src:128x96 25 1} -pix_fmt yuv420p -c:v libsvtav1 -preset 12 -g 12 av1-svt.mp4"),
    _kind("av1-grain.ivf", "{src:96x64 25 0.6} -pix_fmt yuv420p -c:v libaom-av1 -cpu-used 8 -denoise-noise-level 20 "
          "av1-grain.ivf"),
    _kind("refresh.mp4", f"{{src}} {_X1} -x264-params intra-refresh=1:keyint=10:bframes=0 refresh.mp4"),
    _kind("refresh.ts", f"{{src}} {_X1} -x264-params intra-refresh=1:keyint=10:bframes=0 refresh.ts"),
    _kind("refresh-hevc.mp4", f"{{src:128x96 25 1.2}} {_HEVC}:intra-refresh=1 refresh-hevc.mp4"),
    _kind("refresh-middle.ts", f"{{src:192x128}} {_X1} -x264-params intra-refresh=1:keyint=10:bframes=0 a.ts",
          cut.keep("a.ts", "refresh-middle.ts", 0.4, 1, 188), damaged=True),
    _kind("one-group.mp4", f"{{src:96x64 25 8}} {_X} -g 9999 -x264-params keyint=infinite one-group.mp4"),
    _kind("all-keys.mp4", f"{{src}} {_X1} -g 1 all-keys.mp4"),
    _kind("pyramid.mkv", f"{{src}} {_X} -x264-params b-pyramid=normal:bframes=8:b-adapt=0:ref=4 pyramid.mkv"),
    _kind("open-group.mp4", f"{{src}} {_X} -x264-params open-gop=1:bframes=3 open-group.mp4"),
    _kind("open-group-hevc.mkv", f"{{src}} {_HEVC}:open-gop=1 open-group-hevc.mkv"),
    _kind("radl-hevc.mp4", f"{{src}} {_HEVC}:radl=2 radl-hevc.mp4"),
    _kind("slices.mp4", f"{{src}} {_X} -x264-params slices=4 slices.mp4"),
    _kind("weighted.mp4", "{src} -vf fade=in:0:30 -pix_fmt yuv420p -c:v libx264 -preset slow -g 14 weighted.mp4"),
    _kind("lossless-444.mp4", "{src} -pix_fmt yuv444p -c:v libx264 -qp 0 -bf 2 -g 9 lossless-444.mp4"),
)  # fmt: skip
