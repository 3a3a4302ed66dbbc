PRAGMA application_id = 1162103601;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE acquisitions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        exhibit TEXT NOT NULL,
        source_url TEXT NOT NULL DEFAULT '',
        page_source TEXT NOT NULL DEFAULT '',
        page_capture TEXT NOT NULL DEFAULT '',
        embedded_media TEXT NOT NULL DEFAULT '',
        embedded_metadata TEXT NOT NULL DEFAULT '',
        context TEXT NOT NULL DEFAULT '',
        collected_by TEXT NOT NULL DEFAULT '',
        collected_at TEXT NOT NULL DEFAULT '',
        method TEXT NOT NULL DEFAULT '',
        tool TEXT NOT NULL DEFAULT '',
        hash_at_collection TEXT NOT NULL DEFAULT '',
        platform TEXT NOT NULL DEFAULT '',
        account TEXT NOT NULL DEFAULT '',
        posted_at TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "acquisitions" VALUES('01a20666-676e-7db0-ad98-36a125d926e2','AQ-001',1,'2026-05-04T10:00:01.000000Z','Reviewer A','2026-05-04T10:00:01.000000Z','Reviewer A','','EX-001','https://example.org/p/1','','','','','','Reviewer A','','','','','','','','');
CREATE TABLE case_sheets (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        case_number TEXT NOT NULL DEFAULT '',
        mandate TEXT NOT NULL DEFAULT '',
        scope TEXT NOT NULL DEFAULT '',
        not_asked TEXT NOT NULL DEFAULT '',
        standard TEXT NOT NULL DEFAULT '',
        asked_by TEXT NOT NULL DEFAULT '',
        people TEXT,
        time_zone TEXT NOT NULL DEFAULT 'UTC',
        languages TEXT NOT NULL DEFAULT '',
        content_notice TEXT NOT NULL DEFAULT '',
        distribution TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "case_sheets" VALUES('01a20666-6758-780d-9689-60b223abc9a3','CS-001',2,'2026-05-04T10:00:00.000000Z','Reviewer A','2026-05-04T10:00:02.000000Z','Reviewer A','','Yard, 4 May','','Training','','','','','[{"name":"Reviewer A","role":"lead"}]','UTC','','','');
CREATE TABLE claims (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL,
        quote TEXT NOT NULL,
        start INTEGER NOT NULL DEFAULT 0,
        end INTEGER NOT NULL DEFAULT 0,
        claimant TEXT NOT NULL DEFAULT '',
        dated TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        translation TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "claims" VALUES('01a20666-6771-7f92-a1bb-6a98fc961fc8','CL-001',3,'2026-05-04T10:00:04.000000Z','Reviewer A','2026-05-04T10:00:12.000000Z','Reviewer A','','SR-001','ثلاثة رجال 🙂',46,58,'','','','','');
INSERT INTO "claims" VALUES('01a20666-6772-726f-a93b-b5154673c390','CL-002',1,'2026-05-04T10:00:05.000000Z','Reviewer A','2026-05-04T10:00:05.000000Z','Reviewer A','','SR-001','raised their hands',10,28,'','','','','');
CREATE TABLE codebooks (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        terms TEXT
    , categories TEXT) STRICT;
INSERT INTO "codebooks" VALUES('01a20666-675a-7b0e-aa6f-f8317d851ae5','CB-001',1,'2026-05-04T10:00:00.000000Z','Reviewer A','2026-05-04T10:00:00.000000Z','Reviewer A','','custody','1.0','Custody and surrender','[{"attributes":[],"basis":"seen","category":"people","counted":true,"definition":"How many figures are visible in the picture, with min, best and max","example":"Six figures visible, four by the wall and two beside the gate.","icon":"ph.users-three","id":"count-of-people","key":"1","label":"Count of people","span":true,"statement":"Figures are visible in the picture."},{"attributes":[{"choices":["enters","leaves"],"id":"direction","kind":"choice","label":"Direction","unit":""}],"basis":"seen","category":"people","counted":false,"definition":"A figure comes into the picture or goes out of it","example":"A figure comes from behind the wall in frame 204.","icon":"ph.person-simple-walk","id":"figure","key":"","label":"Figure enters or leaves","span":false,"statement":"A figure enters the picture."},{"attributes":[{"choices":[],"id":"colour","kind":"text","label":"Colour","unit":""},{"choices":["left","right","both","not decidable"],"id":"arm","kind":"choice","label":"Arm","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"marking","counted":true,"definition":"A band of a named colour around an arm","example":"Yellow band on the left upper arm of the figure by the gate.","icon":"ph.tag-simple","id":"armband","key":"2","label":"Armband","span":true,"statement":"A band is visible around an upper arm."},{"attributes":[{"choices":[],"id":"colour","kind":"text","label":"Colour","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"marking","counted":false,"definition":"Colour, pattern or covering that is visible on a figure","example":"Green patterned jacket and trousers, no headgear.","icon":"ph.t-shirt","id":"clothing","key":"","label":"Clothing or headgear","span":true,"statement":"Clothing of the same colour and pattern is visible on figures."},{"attributes":[{"choices":["both","left","right","not decidable"],"id":"arms","kind":"choice","label":"Arms","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"One or both arms above shoulder height","example":"Three figures by the wall, both arms above the head.","icon":"ph.hand-palm","id":"arms-raised","key":"3","label":"Arms raised","span":true,"statement":"Figures raise both arms."},{"attributes":[{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"One or both knees on the ground","example":"Four figures kneel, their arms still above the head.","icon":"ph.person-simple","id":"kneels","key":"4","label":"Kneels","span":true,"statement":"Figures kneel."},{"attributes":[{"choices":["down","up","side","not decidable"],"id":"facing","kind":"choice","label":"Facing","unit":""},{"choices":["seen","not seen","not decidable"],"id":"movement","kind":"choice","label":"Movement","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"The trunk rests on the ground","example":"Four figures, chest on the ground, heads to the left.","icon":"ph.person-simple","id":"lies","key":"5","label":"Lies on the ground","span":true,"statement":"Figures lie on the ground."},{"attributes":[{"choices":["seen","not seen","not decidable"],"id":"band","kind":"choice","label":"Band or cord","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"Wrists close together, in front or behind; a band or cord is named only when seen","example":"Wrists crossed behind the back; a band cannot be told from shadow.","icon":"ph.hand-grabbing","id":"hands-together","key":"","label":"Wrists together","span":true,"statement":"Wrists are held together."},{"attributes":[{"choices":["at a figure","to the ground","upwards","elsewhere","not decidable"],"id":"directed","kind":"choice","label":"Directed","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"object","counted":true,"definition":"An object held in one or both hands","example":"Long dark object in both hands, pointing to the ground.","icon":"ph.line-segment","id":"object-held","key":"6","label":"Long object held","span":true,"statement":"A figure holds a long object."},{"attributes":[{"choices":[],"id":"what","kind":"text","label":"What","unit":""}],"basis":"seen","category":"object","counted":false,"definition":"A thing of interest lying or standing in the picture","example":"Backpack beside the wall.","icon":"ph.cube","id":"object","key":"","label":"Object","span":true,"statement":"An object is visible."},{"attributes":[{"choices":[],"id":"colour","kind":"text","label":"Colour","unit":""}],"basis":"seen","category":"object","counted":true,"definition":"A dark area on the ground or on clothing","example":"Dark area on the ground beside the second figure.","icon":"ph.drop","id":"stain","key":"","label":"Dark stain","span":true,"statement":"A dark area is visible on the ground."},{"attributes":[],"basis":"heard","category":"sound","counted":true,"definition":"A short sound with a sharp onset","example":"Two such sounds about a fifth of a second apart.","icon":"ph.ear","id":"impulsive-sound","key":"7","label":"Impulsive sound","span":false,"statement":"An impulsive sound is heard."},{"attributes":[{"choices":[],"id":"language","kind":"text","label":"Language","unit":""},{"choices":[],"id":"words","kind":"text","label":"Words heard","unit":""}],"basis":"heard","category":"sound","counted":false,"definition":"Words or calls are heard; wording and language apart","example":"A man''s voice near the camera, two words.","icon":"ph.speaker-high","id":"speech","key":"","label":"Speech","span":true,"statement":"Speech is heard."},{"attributes":[],"basis":"heard","category":"sound","counted":false,"definition":"The sound track ends","example":"The sound stops 40 milliseconds after the last picture.","icon":"ph.speaker-slash","id":"sound-ends","key":"","label":"Sound ends","span":false,"statement":"The sound track ends."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The picture changes between two frames in a way no movement explains","example":"Frame 1203 shows the yard, frame 1204 the road.","icon":"ph.scissors","id":"cut","key":"8","label":"Cut","span":false,"statement":"The picture changes between this frame and the one before."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The last picture of the stream","example":"The stream ends at frame 3603 while sounds are heard.","icon":"ph.scissors","id":"picture-ends","key":"9","label":"Picture ends","span":false,"statement":"This is the last picture; no further frames are in the container."},{"attributes":[],"basis":"measured","category":"continuity","counted":false,"definition":"Frames that last longer or shorter than their neighbours, repeat or are missing","example":"Frame 812 lasts four times as long as those around it.","icon":"ph.ruler","id":"timing","key":"","label":"Frame timing","span":true,"statement":"The frame durations differ from those before and after."},{"attributes":[{"choices":[],"id":"what","kind":"text","label":"What","unit":""}],"basis":"seen","category":"place","counted":false,"definition":"A lasting feature of the place that could be found again","example":"Brick wall with two gaps and a shed behind it.","icon":"ph.map-pin","id":"landmark","key":"","label":"Landmark","span":true,"statement":"A lasting feature of the place is visible."},{"attributes":[{"choices":[],"id":"words","kind":"text","label":"Words","unit":""},{"choices":[],"id":"language","kind":"text","label":"Language","unit":""}],"basis":"read","category":"place","counted":false,"definition":"Writing, a number or a sign that can be read in the picture","example":"Three digits on the door of a vehicle.","icon":"ph.text-aa","id":"text-or-sign","key":"","label":"Text or sign","span":true,"statement":"Writing is visible."},{"attributes":[{"choices":[],"id":"direction","kind":"text","label":"Direction","unit":""}],"basis":"seen","category":"place","counted":false,"definition":"Direction and length of shadows, light, weather","example":"Shadows fall towards the camera, about as long as the figures are tall.","icon":"ph.sun","id":"light-and-shadow","key":"","label":"Light and shadow","span":true,"statement":"Shadows are visible on the ground."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"Something to come back to; words later","example":"To be compared with the clip from above.","icon":"ph.note","id":"note","key":"","label":"Note","span":false,"statement":""}]','[{"colour":"people","icon":"ph.users-three","id":"people","label":"People"},{"colour":"marking","icon":"ph.tag-simple","id":"marking","label":"Marking"},{"colour":"posture","icon":"ph.hand-palm","id":"posture","label":"Posture"},{"colour":"object","icon":"ph.cube","id":"object","label":"Object"},{"colour":"sound","icon":"ph.ear","id":"sound","label":"Sound"},{"colour":"continuity","icon":"ph.scissors","id":"continuity","label":"Continuity"},{"colour":"place","icon":"ph.map-pin","id":"place","label":"Place"}]');
CREATE TABLE counters (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
INSERT INTO "counters" VALUES('CS',1);
INSERT INTO "counters" VALUES('CB',1);
INSERT INTO "counters" VALUES('EX',1);
INSERT INTO "counters" VALUES('AQ',1);
INSERT INTO "counters" VALUES('SR',1);
INSERT INTO "counters" VALUES('CL',2);
INSERT INTO "counters" VALUES('CL-002',1);
INSERT INTO "counters" VALUES('OB',1);
INSERT INTO "counters" VALUES('LK',1);
INSERT INTO "counters" VALUES('QN',1);
CREATE TABLE coverage (
        id INTEGER PRIMARY KEY,
        exhibit TEXT NOT NULL,
        actor TEXT NOT NULL,
        how TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        shown BLOB,
        speed TEXT NOT NULL DEFAULT '',
        zoom INTEGER,
        covered INTEGER NOT NULL DEFAULT 0,
        began_at TEXT NOT NULL,
        ended_at TEXT NOT NULL
    ) STRICT;
CREATE TABLE drafts (
        key TEXT PRIMARY KEY,
        actor TEXT NOT NULL,
        began_at TEXT NOT NULL,
        at TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
CREATE TABLE events (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        record TEXT NOT NULL,
        kind TEXT NOT NULL,
        cause TEXT NOT NULL,
        content INTEGER NOT NULL,
        before TEXT,
        after TEXT,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    ) STRICT;
INSERT INTO "events" VALUES(1,'2026-05-04T10:00:00.000000Z','Reviewer A','case.add','CS-001','case','do',1,NULL,'{"asked_by":"","case_number":"","changed_at":"2026-05-04T10:00:00.000000Z","changed_by":"Reviewer A","content_notice":"","created_at":"2026-05-04T10:00:00.000000Z","created_by":"Reviewer A","distribution":"","languages":"","mandate":"","not_asked":"","number":"CS-001","people":[],"revision":1,"scope":"","standard":"","time_zone":"UTC","title":"Yard, 4 May","uid":"01a20666-6758-780d-9689-60b223abc9a3","withdrawn":""}','0000000000000000000000000000000000000000000000000000000000000000','cdd80aa1304065594be754887f99b20dbbb11901dbe3fcb67451a5485b4dea69');
INSERT INTO "events" VALUES(2,'2026-05-04T10:00:00.000000Z','Reviewer A','codebook.add','CB-001','codebook','do',1,NULL,'{"categories":[{"colour":"people","icon":"ph.users-three","id":"people","label":"People"},{"colour":"marking","icon":"ph.tag-simple","id":"marking","label":"Marking"},{"colour":"posture","icon":"ph.hand-palm","id":"posture","label":"Posture"},{"colour":"object","icon":"ph.cube","id":"object","label":"Object"},{"colour":"sound","icon":"ph.ear","id":"sound","label":"Sound"},{"colour":"continuity","icon":"ph.scissors","id":"continuity","label":"Continuity"},{"colour":"place","icon":"ph.map-pin","id":"place","label":"Place"}],"changed_at":"2026-05-04T10:00:00.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:00.000000Z","created_by":"Reviewer A","name":"custody","number":"CB-001","revision":1,"terms":[{"attributes":[],"basis":"seen","category":"people","counted":true,"definition":"How many figures are visible in the picture, with min, best and max","example":"Six figures visible, four by the wall and two beside the gate.","icon":"ph.users-three","id":"count-of-people","key":"1","label":"Count of people","span":true,"statement":"Figures are visible in the picture."},{"attributes":[{"choices":["enters","leaves"],"id":"direction","kind":"choice","label":"Direction","unit":""}],"basis":"seen","category":"people","counted":false,"definition":"A figure comes into the picture or goes out of it","example":"A figure comes from behind the wall in frame 204.","icon":"ph.person-simple-walk","id":"figure","key":"","label":"Figure enters or leaves","span":false,"statement":"A figure enters the picture."},{"attributes":[{"choices":[],"id":"colour","kind":"text","label":"Colour","unit":""},{"choices":["left","right","both","not decidable"],"id":"arm","kind":"choice","label":"Arm","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"marking","counted":true,"definition":"A band of a named colour around an arm","example":"Yellow band on the left upper arm of the figure by the gate.","icon":"ph.tag-simple","id":"armband","key":"2","label":"Armband","span":true,"statement":"A band is visible around an upper arm."},{"attributes":[{"choices":[],"id":"colour","kind":"text","label":"Colour","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"marking","counted":false,"definition":"Colour, pattern or covering that is visible on a figure","example":"Green patterned jacket and trousers, no headgear.","icon":"ph.t-shirt","id":"clothing","key":"","label":"Clothing or headgear","span":true,"statement":"Clothing of the same colour and pattern is visible on figures."},{"attributes":[{"choices":["both","left","right","not decidable"],"id":"arms","kind":"choice","label":"Arms","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"One or both arms above shoulder height","example":"Three figures by the wall, both arms above the head.","icon":"ph.hand-palm","id":"arms-raised","key":"3","label":"Arms raised","span":true,"statement":"Figures raise both arms."},{"attributes":[{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"One or both knees on the ground","example":"Four figures kneel, their arms still above the head.","icon":"ph.person-simple","id":"kneels","key":"4","label":"Kneels","span":true,"statement":"Figures kneel."},{"attributes":[{"choices":["down","up","side","not decidable"],"id":"facing","kind":"choice","label":"Facing","unit":""},{"choices":["seen","not seen","not decidable"],"id":"movement","kind":"choice","label":"Movement","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"The trunk rests on the ground","example":"Four figures, chest on the ground, heads to the left.","icon":"ph.person-simple","id":"lies","key":"5","label":"Lies on the ground","span":true,"statement":"Figures lie on the ground."},{"attributes":[{"choices":["seen","not seen","not decidable"],"id":"band","kind":"choice","label":"Band or cord","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"posture","counted":true,"definition":"Wrists close together, in front or behind; a band or cord is named only when seen","example":"Wrists crossed behind the back; a band cannot be told from shadow.","icon":"ph.hand-grabbing","id":"hands-together","key":"","label":"Wrists together","span":true,"statement":"Wrists are held together."},{"attributes":[{"choices":["at a figure","to the ground","upwards","elsewhere","not decidable"],"id":"directed","kind":"choice","label":"Directed","unit":""},{"choices":[],"id":"on-whom","kind":"text","label":"On whom","unit":""}],"basis":"seen","category":"object","counted":true,"definition":"An object held in one or both hands","example":"Long dark object in both hands, pointing to the ground.","icon":"ph.line-segment","id":"object-held","key":"6","label":"Long object held","span":true,"statement":"A figure holds a long object."},{"attributes":[{"choices":[],"id":"what","kind":"text","label":"What","unit":""}],"basis":"seen","category":"object","counted":false,"definition":"A thing of interest lying or standing in the picture","example":"Backpack beside the wall.","icon":"ph.cube","id":"object","key":"","label":"Object","span":true,"statement":"An object is visible."},{"attributes":[{"choices":[],"id":"colour","kind":"text","label":"Colour","unit":""}],"basis":"seen","category":"object","counted":true,"definition":"A dark area on the ground or on clothing","example":"Dark area on the ground beside the second figure.","icon":"ph.drop","id":"stain","key":"","label":"Dark stain","span":true,"statement":"A dark area is visible on the ground."},{"attributes":[],"basis":"heard","category":"sound","counted":true,"definition":"A short sound with a sharp onset","example":"Two such sounds about a fifth of a second apart.","icon":"ph.ear","id":"impulsive-sound","key":"7","label":"Impulsive sound","span":false,"statement":"An impulsive sound is heard."},{"attributes":[{"choices":[],"id":"language","kind":"text","label":"Language","unit":""},{"choices":[],"id":"words","kind":"text","label":"Words heard","unit":""}],"basis":"heard","category":"sound","counted":false,"definition":"Words or calls are heard; wording and language apart","example":"A man''s voice near the camera, two words.","icon":"ph.speaker-high","id":"speech","key":"","label":"Speech","span":true,"statement":"Speech is heard."},{"attributes":[],"basis":"heard","category":"sound","counted":false,"definition":"The sound track ends","example":"The sound stops 40 milliseconds after the last picture.","icon":"ph.speaker-slash","id":"sound-ends","key":"","label":"Sound ends","span":false,"statement":"The sound track ends."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The picture changes between two frames in a way no movement explains","example":"Frame 1203 shows the yard, frame 1204 the road.","icon":"ph.scissors","id":"cut","key":"8","label":"Cut","span":false,"statement":"The picture changes between this frame and the one before."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The last picture of the stream","example":"The stream ends at frame 3603 while sounds are heard.","icon":"ph.scissors","id":"picture-ends","key":"9","label":"Picture ends","span":false,"statement":"This is the last picture; no further frames are in the container."},{"attributes":[],"basis":"measured","category":"continuity","counted":false,"definition":"Frames that last longer or shorter than their neighbours, repeat or are missing","example":"Frame 812 lasts four times as long as those around it.","icon":"ph.ruler","id":"timing","key":"","label":"Frame timing","span":true,"statement":"The frame durations differ from those before and after."},{"attributes":[{"choices":[],"id":"what","kind":"text","label":"What","unit":""}],"basis":"seen","category":"place","counted":false,"definition":"A lasting feature of the place that could be found again","example":"Brick wall with two gaps and a shed behind it.","icon":"ph.map-pin","id":"landmark","key":"","label":"Landmark","span":true,"statement":"A lasting feature of the place is visible."},{"attributes":[{"choices":[],"id":"words","kind":"text","label":"Words","unit":""},{"choices":[],"id":"language","kind":"text","label":"Language","unit":""}],"basis":"read","category":"place","counted":false,"definition":"Writing, a number or a sign that can be read in the picture","example":"Three digits on the door of a vehicle.","icon":"ph.text-aa","id":"text-or-sign","key":"","label":"Text or sign","span":true,"statement":"Writing is visible."},{"attributes":[{"choices":[],"id":"direction","kind":"text","label":"Direction","unit":""}],"basis":"seen","category":"place","counted":false,"definition":"Direction and length of shadows, light, weather","example":"Shadows fall towards the camera, about as long as the figures are tall.","icon":"ph.sun","id":"light-and-shadow","key":"","label":"Light and shadow","span":true,"statement":"Shadows are visible on the ground."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"Something to come back to; words later","example":"To be compared with the clip from above.","icon":"ph.note","id":"note","key":"","label":"Note","span":false,"statement":""}],"title":"Custody and surrender","uid":"01a20666-675a-7b0e-aa6f-f8317d851ae5","version":"1.0","withdrawn":""}','cdd80aa1304065594be754887f99b20dbbb11901dbe3fcb67451a5485b4dea69','033a69f147f344d612768966487ad1e6c688e8dd73b349903fc8c5029d792b65');
INSERT INTO "events" VALUES(3,'2026-05-04T10:00:01.000000Z','Reviewer A','exhibit.add','EX-001','exhibit','do',1,NULL,'{"changed_at":"2026-05-04T10:00:01.000000Z","changed_by":"Reviewer A","clock_basis":"","clock_frame":null,"clock_hash":"","clock_time":"","clock_uncertainty_ms":null,"condition":"not examined","condition_note":"","created_at":"2026-05-04T10:00:01.000000Z","created_by":"Reviewer A","declared_frames":null,"decoder":"","description":"","distressing":false,"distressing_spans":[],"examined_at":"","facts":null,"first_pts":null,"frames":null,"frames_digest":"","height":null,"kind":"other","last_pts":null,"length":"","number":"EX-001","provisional":false,"received_name":"clip.bin","repost_of":"","revision":1,"rotation":0,"sha256":"d390ebf6a9184e800bf860d60560c662352f040d88fbff8ef6e97bb0b09bfa19","sha512":"d3fe83a3d4326bf5dfc48d6c4181306714e0bc6b35843dbad049b226ecaa55bb008763afbca234b39229207aae413660f1a0f66ca1a13ed336cc75dc48e55b8d","size":38,"stream":null,"taken_in_at":"2026-05-04T10:00:01.000000Z","time_base":"","title":"Clip A","uid":"01a20666-676c-788e-af8a-1a96ca0fbc7d","variable_rate":false,"vault_path":"exhibits/d3/d390ebf6a9184e800bf860d60560c662352f040d88fbff8ef6e97bb0b09bfa19.bin","width":null,"withdrawn":""}','033a69f147f344d612768966487ad1e6c688e8dd73b349903fc8c5029d792b65','a2e171f672298a889ffd55213ae5033525e810bcb130701991d4d4a6e89615d7');
INSERT INTO "events" VALUES(4,'2026-05-04T10:00:01.000000Z','Reviewer A','acquisition.add','AQ-001','acquisition','do',1,NULL,'{"account":"","changed_at":"2026-05-04T10:00:01.000000Z","changed_by":"Reviewer A","collected_at":"","collected_by":"Reviewer A","context":"","created_at":"2026-05-04T10:00:01.000000Z","created_by":"Reviewer A","embedded_media":"","embedded_metadata":"","exhibit":"EX-001","hash_at_collection":"","method":"","note":"","number":"AQ-001","page_capture":"","page_source":"","platform":"","posted_at":"","revision":1,"source_url":"https://example.org/p/1","tool":"","uid":"01a20666-676e-7db0-ad98-36a125d926e2","withdrawn":""}','a2e171f672298a889ffd55213ae5033525e810bcb130701991d4d4a6e89615d7','3a0d8a57479f9a46913227a4235970c3402b1810645e0aebcbc7c572dbc421f1');
INSERT INTO "events" VALUES(5,'2026-05-04T10:00:02.000000Z','Reviewer A','case.edit','CS-001','case','do',1,'{"changed_at":"2026-05-04T10:00:00.000000Z","changed_by":"Reviewer A","mandate":"","people":[],"revision":1}','{"changed_at":"2026-05-04T10:00:02.000000Z","changed_by":"Reviewer A","mandate":"Training","people":[{"name":"Reviewer A","role":"lead"}],"revision":2}','3a0d8a57479f9a46913227a4235970c3402b1810645e0aebcbc7c572dbc421f1','69d7213ff0b2ac53d7deb13033e44206e87c7af2ab2e222f1646a0b91e1dd7cd');
INSERT INTO "events" VALUES(6,'2026-05-04T10:00:03.000000Z','Reviewer A','source.add','SR-001','source','do',1,NULL,'{"author":"","changed_at":"2026-05-04T10:00:03.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:03.000000Z","created_by":"Reviewer A","dated":"","kind":"","language":"","note":"","number":"SR-001","publisher":"","reliability":"D","reliability_basis":"","revision":1,"text":"Three men raised their hands. Троє чоловіків. ثلاثة رجال 🙂","title":"Post","uid":"01a20666-6770-755d-94af-ba56af26da7a","url":"","withdrawn":""}','69d7213ff0b2ac53d7deb13033e44206e87c7af2ab2e222f1646a0b91e1dd7cd','ca2ee54c086c10f490367f5567e827efd29f09d6d72a804675d8ec62291163c2');
INSERT INTO "events" VALUES(7,'2026-05-04T10:00:04.000000Z','Reviewer A','claim.add','CL-001','claim','do',1,NULL,'{"changed_at":"2026-05-04T10:00:04.000000Z","changed_by":"Reviewer A","claimant":"","created_at":"2026-05-04T10:00:04.000000Z","created_by":"Reviewer A","dated":"","end":58,"language":"","note":"","number":"CL-001","quote":"ثلاثة رجال 🙂","revision":1,"source":"SR-001","start":46,"translation":"","uid":"01a20666-6771-7f92-a1bb-6a98fc961fc8","withdrawn":""}','ca2ee54c086c10f490367f5567e827efd29f09d6d72a804675d8ec62291163c2','3716b75fd05fe34dccedd341eece5f7a645b716861fcdbdd97f3241ec57d65d0');
INSERT INTO "events" VALUES(8,'2026-05-04T10:00:05.000000Z','Reviewer A','claim.add','CL-002','claim','do',1,NULL,'{"changed_at":"2026-05-04T10:00:05.000000Z","changed_by":"Reviewer A","claimant":"","created_at":"2026-05-04T10:00:05.000000Z","created_by":"Reviewer A","dated":"","end":28,"language":"","note":"","number":"CL-002","quote":"raised their hands","revision":1,"source":"SR-001","start":10,"translation":"","uid":"01a20666-6772-726f-a93b-b5154673c390","withdrawn":""}','3716b75fd05fe34dccedd341eece5f7a645b716861fcdbdd97f3241ec57d65d0','f756aa98f97849838fb84e61f947e212bcff43e61d83ff01173487006f67815f');
INSERT INTO "events" VALUES(9,'2026-05-04T10:00:06.000000Z','Reviewer A','proposition.add','CL-002.1','proposition','do',1,NULL,'{"changed_at":"2026-05-04T10:00:06.000000Z","changed_by":"Reviewer A","claim":"CL-002","created_at":"2026-05-04T10:00:06.000000Z","created_by":"Reviewer A","note":"","number":"CL-002.1","revision":1,"testable":"","text":"Hands were raised","type":"what-happened","uid":"01a20666-6773-7c28-9164-98dc465c7acd","withdrawn":""}','f756aa98f97849838fb84e61f947e212bcff43e61d83ff01173487006f67815f','4efdf28b7cee5fa691895689d6a63776e6784c2c0d75a625eee2159830941fce');
INSERT INTO "events" VALUES(10,'2026-05-04T10:00:07.000000Z','Reviewer A','observation.add','OB-001','observation','do',1,NULL,'{"alternatives":"","anchor":"","attributes":{"colour":"red"},"basis":"seen","certainty":"","changed_at":"2026-05-04T10:00:07.000000Z","changed_by":"Reviewer A","codebook":"custody 1.0","count_best":2,"count_max":3,"count_min":1,"created_at":"2026-05-04T10:00:07.000000Z","created_by":"Reviewer A","decoder":"","exhibit":"EX-001","first_frame":null,"first_hash":"","first_pts":null,"guard_reason":"","last_frame":null,"last_hash":"","last_pts":null,"legibility":"","number":"OB-001","presence":"observed","presence_reason":"","revision":1,"seen_as":null,"sound_end":null,"sound_start":null,"sound_time_base":"","statement":"A mark.","stream":null,"term":"note","time_base":"","uid":"01a20666-6774-7b02-b420-1b08b904d5fb","withdrawn":""}','4efdf28b7cee5fa691895689d6a63776e6784c2c0d75a625eee2159830941fce','4a311d8673f6da906762762ff53230eaf87b05f19efa323d2615bc4e32ebf729');
INSERT INTO "events" VALUES(11,'2026-05-04T10:00:08.000000Z','Reviewer A','link.add','LK-001','link','do',1,NULL,'{"because":"The mark is seen","changed_at":"2026-05-04T10:00:08.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:08.000000Z","created_by":"Reviewer A","number":"LK-001","origin":"OB-001","relation":"supports","revision":1,"target":"CL-002.1","uid":"01a20666-6776-717c-93c7-c639407323c0","withdrawn":""}','4a311d8673f6da906762762ff53230eaf87b05f19efa323d2615bc4e32ebf729','3e0cde731311ce2cf955d13aa6f413319e31a9e494792618c586d53975782a66');
INSERT INTO "events" VALUES(12,'2026-05-04T10:00:09.000000Z','Reviewer A','question.add','QN-001','question','do',1,NULL,'{"bears_on":"CL-002","changed_at":"2026-05-04T10:00:09.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:09.000000Z","created_by":"Reviewer A","number":"QN-001","reason_code":"","revision":1,"text":"What follows?","tried":"","uid":"01a20666-6777-7ce4-bdc8-36dc87982f20","withdrawn":"","would_answer":"The original"}','3e0cde731311ce2cf955d13aa6f413319e31a9e494792618c586d53975782a66','18909032c1eb33eba9384eaf5eceb1ac4fa27f8db890f5b28d433bb8988ddffc');
INSERT INTO "events" VALUES(13,'2026-05-04T10:00:10.000000Z','Reviewer A','observation.edit','OB-001','observation','do',1,'{"certainty":"","changed_at":"2026-05-04T10:00:07.000000Z","changed_by":"Reviewer A","revision":1}','{"certainty":"moderate","changed_at":"2026-05-04T10:00:10.000000Z","changed_by":"Reviewer A","revision":2}','18909032c1eb33eba9384eaf5eceb1ac4fa27f8db890f5b28d433bb8988ddffc','4b0c5e381fa5ef38c1eebeb53fd4740c875b328fc50014a6af8dfc3b32e409be');
INSERT INTO "events" VALUES(14,'2026-05-04T10:00:11.000000Z','Reviewer A','claim.withdraw','CL-001','claim','do',1,'{"changed_at":"2026-05-04T10:00:04.000000Z","changed_by":"Reviewer A","revision":1,"withdrawn":""}','{"changed_at":"2026-05-04T10:00:11.000000Z","changed_by":"Reviewer A","revision":2,"withdrawn":"Entered twice"}','4b0c5e381fa5ef38c1eebeb53fd4740c875b328fc50014a6af8dfc3b32e409be','2faa2c7b9615783326df65dc44c6e0bc72aa83238a43ecc898116d66ee20ddd1');
INSERT INTO "events" VALUES(15,'2026-05-04T10:00:12.000000Z','Reviewer A','claim.restore','CL-001','claim','undo',1,'{"changed_at":"2026-05-04T10:00:11.000000Z","changed_by":"Reviewer A","revision":2,"withdrawn":"Entered twice"}','{"changed_at":"2026-05-04T10:00:12.000000Z","changed_by":"Reviewer A","revision":3,"withdrawn":""}','2faa2c7b9615783326df65dc44c6e0bc72aa83238a43ecc898116d66ee20ddd1','3275a3e21aed911480bd8ebd322f8ccd22a932c7630dededaed5c2163998ae60');
CREATE TABLE exhibits (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        sha512 TEXT NOT NULL,
        size INTEGER NOT NULL DEFAULT 0,
        received_name TEXT NOT NULL,
        vault_path TEXT NOT NULL,
        taken_in_at TEXT NOT NULL,
        condition TEXT NOT NULL DEFAULT 'not examined',
        condition_note TEXT NOT NULL DEFAULT '',
        stream INTEGER,
        time_base TEXT NOT NULL DEFAULT '',
        decoder TEXT NOT NULL DEFAULT '',
        frames INTEGER,
        declared_frames INTEGER,
        frames_digest TEXT NOT NULL DEFAULT '',
        first_pts INTEGER,
        last_pts INTEGER,
        length TEXT NOT NULL DEFAULT '',
        width INTEGER,
        height INTEGER,
        rotation INTEGER NOT NULL DEFAULT 0,
        variable_rate INTEGER NOT NULL DEFAULT 0,
        facts TEXT,
        examined_at TEXT NOT NULL DEFAULT ''
    , repost_of TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '', distressing INTEGER NOT NULL DEFAULT 0, provisional INTEGER NOT NULL DEFAULT 0, distressing_spans TEXT, clock_frame INTEGER, clock_time TEXT NOT NULL DEFAULT '', clock_uncertainty_ms INTEGER, clock_basis TEXT NOT NULL DEFAULT '', clock_hash TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "exhibits" VALUES('01a20666-676c-788e-af8a-1a96ca0fbc7d','EX-001',1,'2026-05-04T10:00:01.000000Z','Reviewer A','2026-05-04T10:00:01.000000Z','Reviewer A','','Clip A','other','d390ebf6a9184e800bf860d60560c662352f040d88fbff8ef6e97bb0b09bfa19','d3fe83a3d4326bf5dfc48d6c4181306714e0bc6b35843dbad049b226ecaa55bb008763afbca234b39229207aae413660f1a0f66ca1a13ed336cc75dc48e55b8d',38,'clip.bin','exhibits/d3/d390ebf6a9184e800bf860d60560c662352f040d88fbff8ef6e97bb0b09bfa19.bin','2026-05-04T10:00:01.000000Z','not examined','',NULL,'','',NULL,NULL,'',NULL,NULL,'',NULL,NULL,0,0,NULL,'','','',0,0,'[]',NULL,'',NULL,'','');
CREATE TABLE links (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        origin TEXT NOT NULL,
        target TEXT NOT NULL,
        relation TEXT NOT NULL,
        because TEXT NOT NULL
    ) STRICT;
INSERT INTO "links" VALUES('01a20666-6776-717c-93c7-c639407323c0','LK-001',1,'2026-05-04T10:00:08.000000Z','Reviewer A','2026-05-04T10:00:08.000000Z','Reviewer A','','OB-001','CL-002.1','supports','The mark is seen');
CREATE TABLE observations (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        exhibit TEXT NOT NULL,
        term TEXT NOT NULL,
        statement TEXT NOT NULL DEFAULT '',
        basis TEXT NOT NULL DEFAULT 'seen',
        presence TEXT NOT NULL DEFAULT 'observed',
        stream INTEGER,
        time_base TEXT NOT NULL DEFAULT '',
        decoder TEXT NOT NULL DEFAULT '',
        first_frame INTEGER,
        first_pts INTEGER,
        first_hash TEXT NOT NULL DEFAULT '',
        last_frame INTEGER,
        last_pts INTEGER,
        last_hash TEXT NOT NULL DEFAULT '',
        sound_start INTEGER,
        sound_end INTEGER,
        sound_time_base TEXT NOT NULL DEFAULT '',
        attributes TEXT,
        count_min INTEGER,
        count_best INTEGER,
        count_max INTEGER,
        legibility TEXT NOT NULL DEFAULT '',
        certainty TEXT NOT NULL DEFAULT '',
        codebook TEXT NOT NULL DEFAULT ''
    , alternatives TEXT NOT NULL DEFAULT '', guard_reason TEXT NOT NULL DEFAULT '', anchor TEXT NOT NULL DEFAULT '', presence_reason TEXT NOT NULL DEFAULT '', seen_as TEXT) STRICT;
INSERT INTO "observations" VALUES('01a20666-6774-7b02-b420-1b08b904d5fb','OB-001',2,'2026-05-04T10:00:07.000000Z','Reviewer A','2026-05-04T10:00:10.000000Z','Reviewer A','','EX-001','note','A mark.','seen','observed',NULL,'','',NULL,NULL,'',NULL,NULL,'',NULL,NULL,'','{"colour":"red"}',1,2,3,'','moderate','custody 1.0','','','','',NULL);
CREATE TABLE propositions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        claim TEXT NOT NULL,
        text TEXT NOT NULL,
        type TEXT NOT NULL,
        testable TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "propositions" VALUES('01a20666-6773-7c28-9164-98dc465c7acd','CL-002.1',1,'2026-05-04T10:00:06.000000Z','Reviewer A','2026-05-04T10:00:06.000000Z','Reviewer A','','CL-002','Hands were raised','what-happened','','');
CREATE TABLE questions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL,
        would_answer TEXT NOT NULL,
        reason_code TEXT NOT NULL DEFAULT '',
        bears_on TEXT NOT NULL DEFAULT '',
        tried TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "questions" VALUES('01a20666-6777-7ce4-bdc8-36dc87982f20','QN-001',1,'2026-05-04T10:00:09.000000Z','Reviewer A','2026-05-04T10:00:09.000000Z','Reviewer A','','What follows?','The original','','CL-002','');
CREATE TABLE regions (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        observation TEXT NOT NULL,
        shape TEXT NOT NULL,
        frame INTEGER NOT NULL DEFAULT 0,
        frame_hash TEXT NOT NULL,
        points TEXT,
        label TEXT NOT NULL DEFAULT ''
    , anchor TEXT NOT NULL DEFAULT '', life TEXT NOT NULL DEFAULT 'frame', key_frames TEXT, purpose TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE sources (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT '',
        publisher TEXT NOT NULL DEFAULT '',
        author TEXT NOT NULL DEFAULT '',
        dated TEXT NOT NULL DEFAULT '',
        url TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL DEFAULT '',
        reliability TEXT NOT NULL DEFAULT '',
        reliability_basis TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;
INSERT INTO "sources" VALUES('01a20666-6770-755d-94af-ba56af26da7a','SR-001',1,'2026-05-04T10:00:03.000000Z','Reviewer A','2026-05-04T10:00:03.000000Z','Reviewer A','','Post','','','','','','','Three men raised their hands. Троє чоловіків. ثلاثة رجال 🙂','D','','');
CREATE TABLE syncs (
        uid TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 1,
        created_at TEXT NOT NULL DEFAULT '',
        created_by TEXT NOT NULL DEFAULT '',
        changed_at TEXT NOT NULL DEFAULT '',
        changed_by TEXT NOT NULL DEFAULT '',
        withdrawn TEXT NOT NULL DEFAULT '',
        exhibit_a TEXT NOT NULL,
        exhibit_b TEXT NOT NULL,
        moments TEXT,
        note TEXT NOT NULL DEFAULT ''
    ) STRICT;
CREATE INDEX observations_by_exhibit ON observations (exhibit);
CREATE INDEX regions_by_observation ON regions (observation);
CREATE INDEX links_by_origin ON links (origin);
CREATE INDEX links_by_target ON links (target);
CREATE INDEX propositions_by_claim ON propositions (claim);
CREATE INDEX events_by_record ON events (record);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
CREATE TRIGGER events_in_order BEFORE INSERT ON events
        WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM events)
        BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;
CREATE TRIGGER case_sheets_no_delete BEFORE DELETE ON case_sheets BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER exhibits_no_delete BEFORE DELETE ON exhibits BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER acquisitions_no_delete BEFORE DELETE ON acquisitions BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER sources_no_delete BEFORE DELETE ON sources BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER claims_no_delete BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER propositions_no_delete BEFORE DELETE ON propositions BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER observations_no_delete BEFORE DELETE ON observations BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER regions_no_delete BEFORE DELETE ON regions BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER links_no_delete BEFORE DELETE ON links BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER questions_no_delete BEFORE DELETE ON questions BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER codebooks_no_delete BEFORE DELETE ON codebooks BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE TRIGGER syncs_no_delete BEFORE DELETE ON syncs
        BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END;
CREATE INDEX coverage_by_exhibit ON coverage (exhibit);
COMMIT;
