"""The actions: what each is called, where its menu entry is, which keys it has and what has to be there for it.

A new action is one line here and one `registry.bind`. Two actions that can meet may not share a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence_desk.domain.codebook import TERM_KEYS

INTAKE, REVIEW, CLAIMS, DOSSIER = "intake", "review", "claims", "dossier"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `menu` is a name of MENUS; a `group` is set apart by a line.

    `scope` names the rooms in which it works, empty for everywhere.
    `when` lists conditions by name: case, write, frames (a frame is shown)."""

    id: str
    text: str
    menu: str
    keys: tuple[str, ...]
    tip: str
    icon: str = ""
    scope: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    group: int = 0
    checkable: bool = False


MENUS: tuple[tuple[str, str], ...] = (
    ("File", "&File"),
    ("Edit", "&Edit"),
    ("View", "&View"),
    ("Go", "&Go"),
    ("Observe", "&Observe"),
    ("Claims", "&Claims"),
    ("Tools", "&Tools"),
    ("Help", "&Help"),
)

_CASE, _WRITE, _FRAMES, _WRITE_FRAMES = ("case",), ("write",), ("frames",), ("write", "frames")

# id | text | keys | tip | icon | when | group
_FILE = """
new | New case… | Ctrl+N | Make a folder that holds a case and copies of its exhibits | new_case | | 0
open | Open a case… | Ctrl+O | Open a folder ending in .edcase | folder | | 0
check_package | Check a package… | Ctrl+Shift+O | Re-derive every hash and still of a package | check_package | | 0
sample | Start the sample | Ctrl+Shift+E | Build the sample case and open it | case | | 0
add | Add files… | Ctrl+I | Copy files into the case as exhibits | add | write | 1
case_sheet | Case sheet | Ctrl+Shift+I | Mandate, scope, people and time zone | sheet | case | 1
export | Export… | Ctrl+E | Write the dossier or the package | dossier | case | 2
save_copy | Save a copy of the case… | Ctrl+Shift+S | A checked copy, also while you work | copy | case | 2
actor | Who is working… | Ctrl+Shift+A | The name and role that events record | actor | | 3
close | Close the case | Ctrl+W | Everything is already saved | close | case | 4
quit | Quit | Ctrl+Q | Close the case and leave the desk | cancel | | 4
"""

_EDIT = """
undo | Undo | Ctrl+Z | Take back the last change | undo | write | 0
redo | Redo | Ctrl+Shift+Z, Ctrl+Y | Do again what was taken back | redo | write | 0
steps | Steps of this window… | Ctrl+Shift+D | By name: what can be taken back or done again | redo | case | 0
record | Edit the record | F2 | Go to the form of the record | edit | case | 1
keep | Keep | Ctrl+Return, Ctrl+Enter | Keep what the form says | done | write | 1
withdraw | Withdraw… | Ctrl+Del | Withdraw the record with a reason; it stays on record | withdraw | write | 1
history | History of the record | Ctrl+H | Every event of the record | history | case | 1
records | All records… | Ctrl+D | Find by any word, put in order, change together | list | case | 2
filter | Filter the list | Ctrl+F | Narrow the list | filter | case | 2
"""

_VIEW_PICTURE = """
zoom_in | Enlarge the picture | Ctrl++, Ctrl+= | Show less of it, larger | zoom_in | case | 1
zoom_out | Reduce the picture | Ctrl+- | Show more of it, smaller | zoom_out | case | 1
zoom_fit | Fit the picture | Ctrl+0 | Show the whole picture | full_screen | case | 1
"""

_VIEW_PIXELS = """
float | Picture in its own window | Ctrl+Alt+Shift+F | On a second screen where there is one | ph.monitor | case | 0
zoom_one | One to one | Ctrl+9 | One pixel of the picture for each of the screen | full_screen | frames | 1
magnifier | Magnifier | Q | The pixels under the pointer, large, with their values | zoom_in | frames | 1
copy_colour | Copy the magnified values | Ctrl+Alt+Shift+C | With frame, hash and place | ph.eyedropper | frames | 1
measure | Measure | R | Length, angle and ratio on the picture; nothing is kept | ph.ruler | frames | 1
smoothing | Pixels as squares | Ctrl+Alt+Shift+S | Squares, smooth, or squares from 200 % on | adjust | frames | 1
pixel_grid | Grid of pixels | Ctrl+Alt+Shift+G | Borders of stored pixels, from 800 % on | ph.grid-four | frames | 1
pan_left | Look further left | Alt+Shift+Home | Move the enlarged picture | step_back | frames | 1
pan_right | Look further right | Alt+Shift+End | Move the enlarged picture | step_forward | frames | 1
pan_up | Look further up | Alt+Shift+PgUp | Move the enlarged picture | zoom_in | frames | 1
pan_down | Look further down | Alt+Shift+PgDown | Move the enlarged picture | zoom_out | frames | 1
"""

_VIEW_DISPLAY = """
tone_map | Tone mapping for HDR | Ctrl+Alt+H | Bring HDR pictures into the range of the display | theme | frames | 1
deinterlace | Deinterlace | Ctrl+Alt+Shift+D | Show interlaced pictures without comb edges | exhibit_video | frames | 1
field_top | Top field alone | Ctrl+Alt+U | Show lines 0, 2, 4 … filled up | exhibit_video | frames | 1
field_bottom | Bottom field alone | Ctrl+Alt+B | Show lines 1, 3, 5 … filled up | exhibit_video | frames | 1
field_order | Bottom field first | Ctrl+Alt+O | For deinterlacing, where the file says it wrongly | undo | frames | 1
show_covered | Show while held | V | Show what is covered as long as the key is down | safe_view | frames | 6
uncover | Uncover or cover this part | Ctrl+Alt+V | Safe view: until the case is closed | safe_view | frames | 6
adjust | Adjustments | H | Levels, contrast, sharpening and more, for display only | adjust | frames | 1
adjust_bypass | Original picture | Shift+H | Original and adjusted picture in turn | observation | frames | 1
adjust_levels | Auto levels | Ctrl+Shift+L | Black and white where this frame has nearly no pixels | adjust | frames | 1
adjust_turn | Turn a quarter | Ctrl+R | Turn the picture clockwise, for display only | redo | frames | 1
adjust_steady | Stabilise onto this frame | Ctrl+Shift+W | Move the others onto it by whole pixels | still | frames | 1
adjust_steady_turn | Stabilise with turn | Ctrl+Alt+W | Turn and scale the others onto it as well | still | frames | 1
adjust_reset | No adjustments | Ctrl+Shift+H | Show the picture as it is, nothing set | undo | frames | 1
as_seen | As it was seen | Ctrl+Alt+G | Show its first frame as it was seen then | observation | frames | 1
timing | Timing of the frame | T | Show stamps, steps and bounds of the frame on screen | room_chronology | frames | 2
"""

_VIEW_COMPARE = """
compare | Compare | U | Another exhibit or frame beside this one | compare | frames | 3
compare_keep | Keep this frame beside | Ctrl+U | Compare this frame with those you step to | still | frames | 3
compare_side | Side by side | Ctrl+Alt+1 | Both pictures beside one another | panel | frames | 3
compare_wipe | Wipe | Ctrl+Alt+2 | One picture left of a line, the other right of it | compare | frames | 3
compare_difference | Difference | Ctrl+Alt+3 | What differs, pixel by pixel; black is the same | adjust | frames | 3
compare_blink | In turn | Ctrl+Alt+4 | One picture after the other, two changes a second | loop | frames | 3
compare_next | Next way of comparing | F9 | Side by side, wipe, difference, in turn | ten_forward | frames | 3
compare_flip | Show the other in turn | Shift+F9 | Change by hand which of both is shown | loop | frames | 3
compare_swap | Exchange both pictures | Ctrl+Shift+U | The other picture comes under the playhead | swap | frames | 3
compare_together | Step both together | F7 | By shared moments, or as both stand now | link | frames | 3
"""

_VIEW_TIMELINE = """
timeline_in | Enlarge the timeline | = | Show less time | zoom_in | frames | 2
timeline_out | Reduce the timeline | - | Show more time | zoom_out | frames | 2
timeline_all | Whole clip | Z | Show the whole clip in the timeline | full_screen | frames | 2
spectrogram | Spectrogram | Ctrl+Alt+F | Show which frequencies sound, below the waveform | exhibit_audio | frames | 2
sound_stream | Next sound stream | Ctrl+Alt+N | Show and hear another stream of the file | exhibit_audio | frames | 2
"""

_VIEW_LANES = """
lanes | Lanes… | Ctrl+L | Which lanes of the timeline are shown, locked or shown alone | list | frames | 2
lane_words | Narrow the timeline | Ctrl+Shift+F | Show only marks with these words | filter | frames | 2
lane_alone | This lane alone | Ctrl+Alt+Shift+Y | Show only the lane of the selected mark | panel | frames | 2
lane_lock | Lock this lane | Ctrl+Alt+Shift+L | Its marks cannot be moved on the timeline | panel | frames | 2
lanes_all | All lanes | Ctrl+Shift+Y | Show every lane, locked or not, with every mark | list | frames | 2
lanes_higher | Higher lanes | Alt+= | More room for each lane, up to three times | zoom_in | frames | 2
lanes_lower | Lower lanes | Alt+- | Less room for each lane | zoom_out | frames | 2
lanes_by | Lanes by observer | Ctrl+Shift+P | One lane for each observer in place of each category | actor | frames | 2
"""

_VIEW = """
jobs | Jobs | Ctrl+J | Show all jobs | jobs | | 3
next_panel | Next panel | F6 | Move the focus to the next panel | panel | | 3
full_screen | Full screen | F11, F | Use the whole screen | full_screen | | 4
light | Light theme | Ctrl+Alt+Shift+T | Switch between dark and light | theme | | 4
text_larger | Larger text | Ctrl+Alt++, Ctrl+Alt+= | Larger text, up to 200 % | text_size | | 5
text_smaller | Smaller text | Ctrl+Alt+- | Smaller text, down to 100 % | text_size | | 5
text_usual | Usual text | Ctrl+Alt+0 | Text at 100 % | text_size | | 5
"""

_GO = """
next_frame | Next frame | Right, . | Step one frame forward | step_forward | frames | 0
prev_frame | Previous frame | Left, "," | Step one frame back | step_back | frames | 0
next_second | One second forward | PgDown | The frame on screen a second later | ten_forward | frames | 0
prev_second | One second back | PgUp | The frame on screen a second before | ten_back | frames | 0
next_ten | Ten frames forward | Shift+Right | Step ten frames forward | ten_forward | frames | 0
prev_ten | Ten frames back | Shift+Left | Step ten frames back | ten_back | frames | 0
first | First frame | Home | Go to frame 0 | first_frame | frames | 0
last | Last frame | End | Go to the last frame | last_frame | frames | 0
to | Frame or time… | Ctrl+G, G | Go to a frame or a time | go_to | frames | 1
in | To the in point | [ | Go to the in point | mark_in | frames | 1
out | To the out point | ] | Go to the out point | mark_out | frames | 1
again | Try this frame again | F5 | Decode the frame at the playhead once more | redo | frames | 1
play | Play or pause | Space | Play from here, or stop at this frame | play | frames | 2
back | Play backwards | J | Play backwards; again for faster | ten_back | frames | 2
stop | Stop | K | Stop at this frame | pause | frames | 2
forward | Play forwards | L | Play forwards; again for faster | ten_forward | frames | 2
loop | Loop between in and out | \\ | Play the range, or the whole clip, again and again | loop | frames | 2
faster | Faster | Ctrl+. | The next speed up, to four times | ten_forward | frames | 5
slower | Slower | Ctrl+, | The next speed down, to a tenth | ten_back | frames | 5
usual_speed | Usual speed | Ctrl+/ | Play as fast as it was recorded | play | frames | 5
mute | Mute | Ctrl+M | Let the sound be heard or not | sound_on | frames | 5
louder | Louder | Ctrl+Shift+Up | Ten percent louder | sound_on | frames | 5
quieter | Quieter | Ctrl+Shift+Down | Ten percent quieter | sound_on | frames | 5
scrub | Sound while stepping | Ctrl+Alt+M | Each step lets its own frame be heard | exhibit_audio | frames | 5
next_observation | Next observation | Ctrl+Right | Go to the next observation | observation | case | 3
prev_observation | Previous observation | Ctrl+Left | Go to the previous observation | observation | case | 3
"""

_GO_COMPARE = """
next_other | Other picture one frame on | Ctrl+PgDown | Step the picture beside alone | step_forward | frames | 6
prev_other | Other picture one frame back | Ctrl+PgUp | Step the picture beside alone | step_back | frames | 6
next_moment | Next shared moment | Shift+F8 | Where both exhibits were marked | ten_forward | frames | 6
prev_moment | Previous shared moment | Ctrl+F8 | Where both exhibits were marked | ten_back | frames | 6
"""

_GO_TIMING = """
next_unseen | Next frame not looked at | Shift+U | The next frame that was never on screen | observation | frames | 1
next_irregular | Next irregular frame | Ctrl+Shift+Right | Where timing is not as usual | step_forward | frames | 1
prev_irregular | Previous irregular frame | Ctrl+Shift+Left | Where timing is not as usual | step_back | frames | 1
"""

_GO_MARKS = """
next_mark | Next cut or suggestion | Alt+Right | Kept or pointed at; moves a chosen region | step_forward | frames | 3
prev_mark | Previous cut or suggestion | Alt+Left | Kept or pointed at; moves a chosen region | step_back | frames | 3
"""

_GO_EXHIBIT = """
next_exhibit | Next exhibit | Ctrl+Down | Go to the next exhibit | exhibit_video | case | 3
prev_exhibit | Previous exhibit | Ctrl+Up | Go to the previous exhibit | exhibit_video | case | 3
"""

_GO_BACK = """
level_up | One level back | Esc | Leave what is open; at last to the picture | undo | | 4
"""

_OBSERVE = """
now | Observe at this frame | M | Keep a note of this frame at once, worded later | observation | write frames | 0
again | The last term again | Alt+M | Keep an observation of the term used last | observation | write frames | 0
form | Observe with the form… | Shift+M | Fill the form before it is kept | edit | write frames | 0
not_seen | Looked for, not seen… | Shift+N | Record what was looked for and not seen | withdraw | write frames | 0
not_assessable | Cannot be assessed… | Alt+N | What cannot be; again: the reason | question | write frames | 0
subject | Focal subject… | Alt+U | Of whom the next marks are, until it is changed | actor | write frames | 0
count | Count… | X | How many: one number and Enter, or min, best and max | edit | write frames | 0
mark_in | Set in | I | The range begins at this frame | mark_in | frames | 1
mark_out | Set out | O | The range ends at this frame | mark_out | frames | 1
clear_marks | Clear in and out | Shift+I | Forget the range | close | frames | 1
select | Select tool | S | Select regions on the picture | select | frames | 2
box | Box tool | B | Draw a box on the picture | box | write frames | 2
repeat | Same region again | N | Put the last region on this frame | add | write frames | 2
distressing | Mark as distressing | Ctrl+Alt+X | Cover from in to out, or no more | safe_view | write frames | 3
case_clock | Case clock at this frame… | Ctrl+Shift+T | Say when this frame was | room_chronology | write frames | 3
still | Still of this frame… | C | Save this frame as a picture that cites it | still | frames | 3
still_seen | Still as it is seen… | Ctrl+Alt+J | The clean still and, beside it, the adjusted one | still | frames | 3
still_marked | Still with regions… | Alt+Shift+C | The clean still and one with regions and caption | still | frames | 3
still_pair | Still of both pictures… | Alt+Shift+U | Both clean stills and a sheet of both | still | frames | 3
"""

_OBSERVE_REGIONS = """
ellipse | Ellipse tool | E | Draw an ellipse on the picture | ellipse | write frames | 2
polygon | Polygon tool | P | Corner after corner; Enter or the first corner closes it | polygon | write frames | 2
polyline | Line tool | Y | Corner after corner; Enter ends it | polyline | write frames | 2
arrow | Arrow tool | W | Drag from the tail to the tip | arrow | write frames | 2
point | Point tool | D | Mark a point of the picture | point | write frames | 2
callout | Callout tool | Shift+D | A number with a line to what it means | ph.number-circle-one | write frames | 2
words | Text tool | Shift+T | Words on the picture | ph.text-t | write frames | 2
region_words | Words of the region… | Ctrl+Alt+E | Say what the region points at | edit | write frames | 4
region_corner | Next corner | Alt+Home | Alt+arrows move it; Delete takes it away | select | write frames | 4
region_life | How long the region lasts | Ctrl+Alt+Y | This frame, the span, or key frames | loop | write frames | 4
instance | Mark one that is counted | Shift+O, Ctrl+Shift+X | A point for each; Esc ends | point | write frames | 2
count_marks | Count by the marks | Ctrl+Shift+C | As many as are marked on one frame | done | write frames | 2
key_frame | Key frame here | Shift+K | Fix the region here; it moves between key frames | marking | write frames | 4
key_remove | Remove the key frame | Ctrl+Shift+K | Take this frame's key frame away | withdraw | write frames | 4
key_outside | Not in the picture from here | Alt+K | Until the next key frame | withdraw | write frames | 4
track_on | Track forwards | Ctrl+Alt+R | Follow what the region holds | ten_forward | write frames | 4
track_back | Track backwards | Ctrl+Alt+Shift+R | Follow what the region holds | ten_back | write frames | 4
track_next | Next tracked frame to look at | Ctrl+Alt+Shift+J | One nobody looked at | step_forward | write frames | 4
track_accept | Accept tracked frames | Ctrl+Alt+A | Those looked at since they were tracked | done | write frames | 4
"""

_OBSERVE_SPANS = """
first_here | Begin at this frame | Ctrl+[ | The selected one begins at this frame | mark_in | write frames | 5
last_here | End at this frame | Ctrl+] | The selected one ends at this frame | mark_out | write frames | 5
first_earlier | Begin a frame earlier | Alt+[ | Move the first frame | step_back | write frames | 5
first_later | Begin a frame later | Alt+] | Move the first frame | step_forward | write frames | 5
last_earlier | End a frame earlier | Alt+, | Move the last frame | step_back | write frames | 5
last_later | End a frame later | Alt+. | Move the last frame | step_forward | write frames | 5
span_earlier | All a frame earlier | Alt+PgUp | Move first and last frame | step_back | write frames | 5
span_later | All a frame later | Alt+PgDown | Move first and last frame | step_forward | write frames | 5
cut_here | Split at this frame | Ctrl+B | A second, equal observation begins here | ph.scissors | write frames | 5
merge | Merge with the next | Ctrl+Shift+M | With the next of its term, where both meet | link | write frames | 5
"""

_OBSERVE_SOUND = """
sound_range | Range in the sound… | Alt+A | Where it is heard: typed, or dragged on the waveform | edit | frames | 4
sound_hear | Hear the range | Shift+Space | The range in the sound, again and again; again to end | play | frames | 4
sound_frames | Sound of its frames | Ctrl+Alt+I | What sounds while its frames are seen | loop | write frames | 4
"""

_OBSERVE_COMPARE = """
shared_moment | Mark a shared moment | F8 | Both frames are the first that show it | shared_moment | write frames | 3
"""

_CLAIMS = """
source | New source… | Ctrl+Alt+S | Keep a text or a speaker's words in the case | source | write | 0
question | New question… | Ctrl+Alt+Q | Record what is not known | question | write | 0
"""

_CLAIMS_ROOM = """
claim | New claim from the selection | Ctrl+Alt+C | Quote the selected passage with its place | claim | write | 1
split | Split off a proposition… | Ctrl+Alt+P | One part that can be tested by itself | hypothesis | write | 1
"""

_CLAIMS_LINK = """
link | Link to a claim… | Shift+L | Say how the record bears on a claim, and why | link | write | 2
"""

_TOOLS = """
palette | Search or run a command… | Ctrl+K | Commands, records and frames | search | | 0
codebook | Codebook… | Ctrl+Shift+B | The words for what is seen and heard: terms, keys, facts | sheet | case | 1
change_keys | Change keys… | Ctrl+Alt+K | Give actions other keys, or choose a preset | shortcuts | | 0
verify | Verify the case | Ctrl+Shift+V | Re-derive every hash and the chain | verify | case | 1
"""

_HELP = """
guide | Read the guide | Ctrl+Shift+G | A short guide to the work | guide | | 0
shortcuts | Shortcuts | ?, F1 | All keys, with a filter | shortcuts | | 0
log | Show the log folder | Ctrl+Alt+Shift+O | Where the desk keeps its log | folder | | 1
about | About Evidence Desk | Ctrl+F1 | Versions and licences | about | | 1
"""

_SWITCHES = """
view.pixel_grid view.lanes_by view.float
view.full_screen view.light view.spectrogram view.tone_map view.deinterlace view.field_top view.field_bottom
view.field_order go.loop go.mute go.scrub view.compare view.compare_side view.compare_wipe view.compare_difference
view.compare_blink view.compare_together view.adjust view.adjust_bypass view.adjust_steady
view.adjust_steady_turn
"""
_CHECKABLE = frozenset(_SWITCHES.split())


def _read(menu: str, table: str, scope: tuple[str, ...] = ()) -> tuple[ActionSpec, ...]:
    return tuple(_spec(menu, line, scope) for line in table.strip().splitlines())


def _spec(menu: str, line: str, scope: tuple[str, ...]) -> ActionSpec:
    name, text, keys, tip, icon, when, group = (cell.strip() for cell in line.split(" |"))
    id_ = f"{menu.lower()}.{name}"
    # The comma parts the keys, so the key of that name is written in quotes.
    sequences = tuple("," if key == '","' else key for key in keys.split(", "))
    return ActionSpec(id_, text, menu, sequences, tip, icon, scope, tuple(when.split()), int(group), id_ in _CHECKABLE)


def _terms() -> tuple[ActionSpec, ...]:
    """Return one action for each key that a codebook may give a term; the room names it after the term."""
    tip, when = "Observe this term here", ("write", "frames")
    return tuple(
        ActionSpec(term_action(key), f"Term of key {key}", "Observe", (key,), tip, "observation", (REVIEW,), when, 9)
        for key in TERM_KEYS
    )


def term_action(key: str) -> str:
    """Return the id of the action that observes the term whose key in the codebook is `key`."""
    return f"observe.term_{key.rpartition('+')[2].lower()}"


SPECS: tuple[ActionSpec, ...] = (
    *_read("File", _FILE),
    *_read("Edit", _EDIT),
    *_read("View", _VIEW_PICTURE, (REVIEW, DOSSIER)),
    *_read("View", _VIEW_PIXELS, (REVIEW,)),
    *_read("View", _VIEW_DISPLAY, (REVIEW,)),
    *_read("View", _VIEW_TIMELINE, (REVIEW,)),
    *_read("View", _VIEW_LANES, (REVIEW,)),
    *_read("View", _VIEW_COMPARE, (REVIEW,)),
    *_read("View", _VIEW),
    *_read("Go", _GO, (REVIEW,)),
    *_read("Go", _GO_TIMING, (REVIEW,)),
    *_read("Go", _GO_COMPARE, (REVIEW,)),
    *_read("Go", _GO_MARKS, (REVIEW,)),
    *_read("Go", _GO_EXHIBIT, (INTAKE, REVIEW)),
    *_read("Go", _GO_BACK),
    *_read("Observe", _OBSERVE, (REVIEW,)),
    *_read("Observe", _OBSERVE_REGIONS, (REVIEW,)),
    *_read("Observe", _OBSERVE_SPANS, (REVIEW,)),
    *_read("Observe", _OBSERVE_SOUND, (REVIEW,)),
    *_read("Observe", _OBSERVE_COMPARE, (REVIEW,)),
    *_terms(),
    *_read("Claims", _CLAIMS),
    *_read("Claims", _CLAIMS_ROOM, (CLAIMS,)),
    *_read("Claims", _CLAIMS_LINK, (REVIEW, CLAIMS)),
    *_read("Tools", _TOOLS),
    *_read("Help", _HELP),
)


def room_specs(rooms: Iterable[tuple[str, str, str, str]]) -> tuple[ActionSpec, ...]:
    """Return an action for each room, given as (id, title, icon, key)."""
    return tuple(
        ActionSpec(f"room.{id_}", title, "View", (key,), f"{title} room", icon, (), _CASE, 0, checkable=True)
        for id_, title, icon, key in rooms
    )
