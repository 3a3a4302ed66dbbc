PRAGMA application_id = 1162103601;
PRAGMA user_version = 3;
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
INSERT INTO "acquisitions" VALUES('01a20511-4dbd-7a54-8ace-612bb99140c5','AQ-001',1,'2026-05-04T10:00:01.000000Z','Reviewer A','2026-05-04T10:00:01.000000Z','Reviewer A','','EX-001','https://example.org/p/1','','','','','','Reviewer A','','','','','','','','');
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
INSERT INTO "case_sheets" VALUES('01a20511-4dae-78e5-9f22-59b9843582b5','CS-001',2,'2026-05-04T10:00:00.000000Z','Reviewer A','2026-05-04T10:00:02.000000Z','Reviewer A','','Yard, 4 May','','Training','','','','','[{"name":"Reviewer A","role":"lead"}]','UTC','','','');
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
INSERT INTO "claims" VALUES('01a20511-4dc0-7a49-a05f-924ac6b7379b','CL-001',3,'2026-05-04T10:00:04.000000Z','Reviewer A','2026-05-04T10:00:12.000000Z','Reviewer A','','SR-001','ثلاثة رجال 🙂',46,58,'','','','','');
INSERT INTO "claims" VALUES('01a20511-4dc1-7a98-9db0-cdd834b7a611','CL-002',1,'2026-05-04T10:00:05.000000Z','Reviewer A','2026-05-04T10:00:05.000000Z','Reviewer A','','SR-001','raised their hands',10,28,'','','','','');
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
    ) STRICT;
INSERT INTO "codebooks" VALUES('01a20511-4daf-7bcb-a61e-5055c64ee4eb','CB-001',1,'2026-05-04T10:00:00.000000Z','Reviewer A','2026-05-04T10:00:00.000000Z','Reviewer A','','custody','1.0','Custody and surrender','[{"attributes":[],"basis":"seen","category":"people","counted":true,"definition":"How many figures are visible in the picture, with min, best and max","icon":"ph.users-three","id":"count-of-people","key":"1","label":"Count of people","span":true,"statement":"Figures are visible in the picture."},{"attributes":[{"choices":["enters","leaves"],"id":"direction","label":"Direction"}],"basis":"seen","category":"people","counted":false,"definition":"A figure comes into the picture or goes out of it","icon":"ph.person-simple-walk","id":"figure","key":"","label":"Figure enters or leaves","span":false,"statement":"A figure enters the picture."},{"attributes":[{"id":"colour","label":"Colour"},{"choices":["left","right","both","not decidable"],"id":"arm","label":"Arm"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"marking","counted":true,"definition":"A band of a named colour around an arm","icon":"ph.tag-simple","id":"armband","key":"2","label":"Armband","span":true,"statement":"A band is visible around an upper arm."},{"attributes":[{"id":"colour","label":"Colour"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"marking","counted":false,"definition":"Colour, pattern or covering that is visible on a figure","icon":"ph.t-shirt","id":"clothing","key":"","label":"Clothing or headgear","span":true,"statement":"Clothing of the same colour and pattern is visible on figures."},{"attributes":[{"choices":["both","left","right","not decidable"],"id":"arms","label":"Arms"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"One or both arms above shoulder height","icon":"ph.hand-palm","id":"arms-raised","key":"3","label":"Arms raised","span":true,"statement":"Figures raise both arms."},{"attributes":[{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"One or both knees on the ground","icon":"ph.person-simple","id":"kneels","key":"4","label":"Kneels","span":true,"statement":"Figures kneel."},{"attributes":[{"choices":["down","up","side","not decidable"],"id":"facing","label":"Facing"},{"choices":["seen","not seen","not decidable"],"id":"movement","label":"Movement"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"The trunk rests on the ground","icon":"ph.person-simple","id":"lies","key":"5","label":"Lies on the ground","span":true,"statement":"Figures lie on the ground."},{"attributes":[{"choices":["seen","not seen","not decidable"],"id":"band","label":"Band or cord"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"Wrists close together, in front or behind; a band or cord is named only when seen","icon":"ph.hand-grabbing","id":"hands-together","key":"","label":"Wrists together","span":true,"statement":"Wrists are held together."},{"attributes":[{"choices":["at a figure","to the ground","upwards","elsewhere","not decidable"],"id":"directed","label":"Directed"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"object","counted":true,"definition":"An object held in one or both hands","icon":"ph.line-segment","id":"object-held","key":"6","label":"Long object held","span":true,"statement":"A figure holds a long object."},{"attributes":[{"id":"what","label":"What"}],"basis":"seen","category":"object","counted":false,"definition":"A thing of interest lying or standing in the picture","icon":"ph.cube","id":"object","key":"","label":"Object","span":true,"statement":"An object is visible."},{"attributes":[{"id":"colour","label":"Colour"}],"basis":"seen","category":"object","counted":true,"definition":"A dark area on the ground or on clothing","icon":"ph.drop","id":"stain","key":"","label":"Dark stain","span":true,"statement":"A dark area is visible on the ground."},{"attributes":[],"basis":"heard","category":"sound","counted":true,"definition":"A short sound with a sharp onset","icon":"ph.ear","id":"impulsive-sound","key":"7","label":"Impulsive sound","span":false,"statement":"An impulsive sound is heard."},{"attributes":[{"id":"language","label":"Language"},{"id":"words","label":"Words heard"}],"basis":"heard","category":"sound","counted":false,"definition":"Words or calls are heard; wording and language apart","icon":"ph.speaker-high","id":"speech","key":"","label":"Speech","span":true,"statement":"Speech is heard."},{"attributes":[],"basis":"heard","category":"sound","counted":false,"definition":"The sound track ends","icon":"ph.speaker-slash","id":"sound-ends","key":"","label":"Sound ends","span":false,"statement":"The sound track ends."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The picture changes between two frames in a way no movement explains","icon":"ph.scissors","id":"cut","key":"8","label":"Cut","span":false,"statement":"The picture changes between this frame and the one before."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The last picture of the stream","icon":"ph.scissors","id":"picture-ends","key":"9","label":"Picture ends","span":false,"statement":"This is the last picture; no further frames are in the container."},{"attributes":[],"basis":"measured","category":"continuity","counted":false,"definition":"Frames that last longer or shorter than their neighbours, repeat or are missing","icon":"ph.ruler","id":"timing","key":"","label":"Frame timing","span":true,"statement":"The frame durations differ from those before and after."},{"attributes":[{"id":"what","label":"What"}],"basis":"seen","category":"place","counted":false,"definition":"A lasting feature of the place that could be found again","icon":"ph.map-pin","id":"landmark","key":"","label":"Landmark","span":true,"statement":"A lasting feature of the place is visible."},{"attributes":[{"id":"words","label":"Words"},{"id":"language","label":"Language"}],"basis":"read","category":"place","counted":false,"definition":"Writing, a number or a sign that can be read in the picture","icon":"ph.text-aa","id":"text-or-sign","key":"","label":"Text or sign","span":true,"statement":"Writing is visible."},{"attributes":[{"id":"direction","label":"Direction"}],"basis":"seen","category":"place","counted":false,"definition":"Direction and length of shadows, light, weather","icon":"ph.sun","id":"light-and-shadow","key":"","label":"Light and shadow","span":true,"statement":"Shadows are visible on the ground."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"Something to come back to; words later","icon":"ph.note","id":"note","key":"","label":"Note","span":false,"statement":""}]');
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
INSERT INTO "events" VALUES(1,'2026-05-04T10:00:00.000000Z','Reviewer A','case.add','CS-001','case','do',1,NULL,'{"asked_by":"","case_number":"","changed_at":"2026-05-04T10:00:00.000000Z","changed_by":"Reviewer A","content_notice":"","created_at":"2026-05-04T10:00:00.000000Z","created_by":"Reviewer A","distribution":"","languages":"","mandate":"","not_asked":"","number":"CS-001","people":[],"revision":1,"scope":"","standard":"","time_zone":"UTC","title":"Yard, 4 May","uid":"01a20511-4dae-78e5-9f22-59b9843582b5","withdrawn":""}','0000000000000000000000000000000000000000000000000000000000000000','148f0e8e42393d14bd078abbab3577192677ef9e8121e4df04369587975910d1');
INSERT INTO "events" VALUES(2,'2026-05-04T10:00:00.000000Z','Reviewer A','codebook.add','CB-001','codebook','do',1,NULL,'{"changed_at":"2026-05-04T10:00:00.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:00.000000Z","created_by":"Reviewer A","name":"custody","number":"CB-001","revision":1,"terms":[{"attributes":[],"basis":"seen","category":"people","counted":true,"definition":"How many figures are visible in the picture, with min, best and max","icon":"ph.users-three","id":"count-of-people","key":"1","label":"Count of people","span":true,"statement":"Figures are visible in the picture."},{"attributes":[{"choices":["enters","leaves"],"id":"direction","label":"Direction"}],"basis":"seen","category":"people","counted":false,"definition":"A figure comes into the picture or goes out of it","icon":"ph.person-simple-walk","id":"figure","key":"","label":"Figure enters or leaves","span":false,"statement":"A figure enters the picture."},{"attributes":[{"id":"colour","label":"Colour"},{"choices":["left","right","both","not decidable"],"id":"arm","label":"Arm"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"marking","counted":true,"definition":"A band of a named colour around an arm","icon":"ph.tag-simple","id":"armband","key":"2","label":"Armband","span":true,"statement":"A band is visible around an upper arm."},{"attributes":[{"id":"colour","label":"Colour"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"marking","counted":false,"definition":"Colour, pattern or covering that is visible on a figure","icon":"ph.t-shirt","id":"clothing","key":"","label":"Clothing or headgear","span":true,"statement":"Clothing of the same colour and pattern is visible on figures."},{"attributes":[{"choices":["both","left","right","not decidable"],"id":"arms","label":"Arms"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"One or both arms above shoulder height","icon":"ph.hand-palm","id":"arms-raised","key":"3","label":"Arms raised","span":true,"statement":"Figures raise both arms."},{"attributes":[{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"One or both knees on the ground","icon":"ph.person-simple","id":"kneels","key":"4","label":"Kneels","span":true,"statement":"Figures kneel."},{"attributes":[{"choices":["down","up","side","not decidable"],"id":"facing","label":"Facing"},{"choices":["seen","not seen","not decidable"],"id":"movement","label":"Movement"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"The trunk rests on the ground","icon":"ph.person-simple","id":"lies","key":"5","label":"Lies on the ground","span":true,"statement":"Figures lie on the ground."},{"attributes":[{"choices":["seen","not seen","not decidable"],"id":"band","label":"Band or cord"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"posture","counted":true,"definition":"Wrists close together, in front or behind; a band or cord is named only when seen","icon":"ph.hand-grabbing","id":"hands-together","key":"","label":"Wrists together","span":true,"statement":"Wrists are held together."},{"attributes":[{"choices":["at a figure","to the ground","upwards","elsewhere","not decidable"],"id":"directed","label":"Directed"},{"id":"on-whom","label":"On whom"}],"basis":"seen","category":"object","counted":true,"definition":"An object held in one or both hands","icon":"ph.line-segment","id":"object-held","key":"6","label":"Long object held","span":true,"statement":"A figure holds a long object."},{"attributes":[{"id":"what","label":"What"}],"basis":"seen","category":"object","counted":false,"definition":"A thing of interest lying or standing in the picture","icon":"ph.cube","id":"object","key":"","label":"Object","span":true,"statement":"An object is visible."},{"attributes":[{"id":"colour","label":"Colour"}],"basis":"seen","category":"object","counted":true,"definition":"A dark area on the ground or on clothing","icon":"ph.drop","id":"stain","key":"","label":"Dark stain","span":true,"statement":"A dark area is visible on the ground."},{"attributes":[],"basis":"heard","category":"sound","counted":true,"definition":"A short sound with a sharp onset","icon":"ph.ear","id":"impulsive-sound","key":"7","label":"Impulsive sound","span":false,"statement":"An impulsive sound is heard."},{"attributes":[{"id":"language","label":"Language"},{"id":"words","label":"Words heard"}],"basis":"heard","category":"sound","counted":false,"definition":"Words or calls are heard; wording and language apart","icon":"ph.speaker-high","id":"speech","key":"","label":"Speech","span":true,"statement":"Speech is heard."},{"attributes":[],"basis":"heard","category":"sound","counted":false,"definition":"The sound track ends","icon":"ph.speaker-slash","id":"sound-ends","key":"","label":"Sound ends","span":false,"statement":"The sound track ends."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The picture changes between two frames in a way no movement explains","icon":"ph.scissors","id":"cut","key":"8","label":"Cut","span":false,"statement":"The picture changes between this frame and the one before."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"The last picture of the stream","icon":"ph.scissors","id":"picture-ends","key":"9","label":"Picture ends","span":false,"statement":"This is the last picture; no further frames are in the container."},{"attributes":[],"basis":"measured","category":"continuity","counted":false,"definition":"Frames that last longer or shorter than their neighbours, repeat or are missing","icon":"ph.ruler","id":"timing","key":"","label":"Frame timing","span":true,"statement":"The frame durations differ from those before and after."},{"attributes":[{"id":"what","label":"What"}],"basis":"seen","category":"place","counted":false,"definition":"A lasting feature of the place that could be found again","icon":"ph.map-pin","id":"landmark","key":"","label":"Landmark","span":true,"statement":"A lasting feature of the place is visible."},{"attributes":[{"id":"words","label":"Words"},{"id":"language","label":"Language"}],"basis":"read","category":"place","counted":false,"definition":"Writing, a number or a sign that can be read in the picture","icon":"ph.text-aa","id":"text-or-sign","key":"","label":"Text or sign","span":true,"statement":"Writing is visible."},{"attributes":[{"id":"direction","label":"Direction"}],"basis":"seen","category":"place","counted":false,"definition":"Direction and length of shadows, light, weather","icon":"ph.sun","id":"light-and-shadow","key":"","label":"Light and shadow","span":true,"statement":"Shadows are visible on the ground."},{"attributes":[],"basis":"seen","category":"continuity","counted":false,"definition":"Something to come back to; words later","icon":"ph.note","id":"note","key":"","label":"Note","span":false,"statement":""}],"title":"Custody and surrender","uid":"01a20511-4daf-7bcb-a61e-5055c64ee4eb","version":"1.0","withdrawn":""}','148f0e8e42393d14bd078abbab3577192677ef9e8121e4df04369587975910d1','18892c4c91f2ef73f56c4f3c17562fc7dd29c04df8d01c73ca348850a0c22edc');
INSERT INTO "events" VALUES(3,'2026-05-04T10:00:01.000000Z','Reviewer A','exhibit.add','EX-001','exhibit','do',1,NULL,'{"changed_at":"2026-05-04T10:00:01.000000Z","changed_by":"Reviewer A","condition":"not examined","condition_note":"","created_at":"2026-05-04T10:00:01.000000Z","created_by":"Reviewer A","declared_frames":null,"decoder":"","description":"","distressing":false,"examined_at":"","facts":null,"first_pts":null,"frames":null,"frames_digest":"","height":null,"kind":"other","last_pts":null,"length":"","number":"EX-001","provisional":false,"received_name":"clip.bin","repost_of":"","revision":1,"rotation":0,"sha256":"7ee2b1cc69c7f94997914df3fef4532aa86d9423f28a558e03332bbc805df970","sha512":"d33d95ad40207d8a866a57a61aa808eda72abdd5f056d1ed20ea31978d7324883fb37aaa524677c26a15242097c4c57d35e3d75610b146ddc9fce74ffed8c8db","size":38,"stream":null,"taken_in_at":"2026-05-04T10:00:01.000000Z","time_base":"","title":"Clip A","uid":"01a20511-4dbc-7bc2-b672-cca9405ba911","variable_rate":false,"vault_path":"exhibits/7e/7ee2b1cc69c7f94997914df3fef4532aa86d9423f28a558e03332bbc805df970.bin","width":null,"withdrawn":""}','18892c4c91f2ef73f56c4f3c17562fc7dd29c04df8d01c73ca348850a0c22edc','ac8234b2d07d49cc0345fe18347917e4e6d98cc2f033a3d78a09f1a8bc7b4f98');
INSERT INTO "events" VALUES(4,'2026-05-04T10:00:01.000000Z','Reviewer A','acquisition.add','AQ-001','acquisition','do',1,NULL,'{"account":"","changed_at":"2026-05-04T10:00:01.000000Z","changed_by":"Reviewer A","collected_at":"","collected_by":"Reviewer A","context":"","created_at":"2026-05-04T10:00:01.000000Z","created_by":"Reviewer A","embedded_media":"","embedded_metadata":"","exhibit":"EX-001","hash_at_collection":"","method":"","note":"","number":"AQ-001","page_capture":"","page_source":"","platform":"","posted_at":"","revision":1,"source_url":"https://example.org/p/1","tool":"","uid":"01a20511-4dbd-7a54-8ace-612bb99140c5","withdrawn":""}','ac8234b2d07d49cc0345fe18347917e4e6d98cc2f033a3d78a09f1a8bc7b4f98','079819f3340849bc4cb7167d69e47a84d666a1e721f215c1e0375d557c7bcd99');
INSERT INTO "events" VALUES(5,'2026-05-04T10:00:02.000000Z','Reviewer A','case.edit','CS-001','case','do',1,'{"changed_at":"2026-05-04T10:00:00.000000Z","changed_by":"Reviewer A","mandate":"","people":[],"revision":1}','{"changed_at":"2026-05-04T10:00:02.000000Z","changed_by":"Reviewer A","mandate":"Training","people":[{"name":"Reviewer A","role":"lead"}],"revision":2}','079819f3340849bc4cb7167d69e47a84d666a1e721f215c1e0375d557c7bcd99','fbefa138c853db4109c908a76f94c0b244e4240557461e711ce970048a5218c2');
INSERT INTO "events" VALUES(6,'2026-05-04T10:00:03.000000Z','Reviewer A','source.add','SR-001','source','do',1,NULL,'{"author":"","changed_at":"2026-05-04T10:00:03.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:03.000000Z","created_by":"Reviewer A","dated":"","kind":"","language":"","note":"","number":"SR-001","publisher":"","reliability":"D","reliability_basis":"","revision":1,"text":"Three men raised their hands. Троє чоловіків. ثلاثة رجال 🙂","title":"Post","uid":"01a20511-4dbf-7280-9b38-53c8cdd94113","url":"","withdrawn":""}','fbefa138c853db4109c908a76f94c0b244e4240557461e711ce970048a5218c2','73dc6342c2222c485ca38826f70c930052cc0bc228c7c95cb288bf3b254d642a');
INSERT INTO "events" VALUES(7,'2026-05-04T10:00:04.000000Z','Reviewer A','claim.add','CL-001','claim','do',1,NULL,'{"changed_at":"2026-05-04T10:00:04.000000Z","changed_by":"Reviewer A","claimant":"","created_at":"2026-05-04T10:00:04.000000Z","created_by":"Reviewer A","dated":"","end":58,"language":"","note":"","number":"CL-001","quote":"ثلاثة رجال 🙂","revision":1,"source":"SR-001","start":46,"translation":"","uid":"01a20511-4dc0-7a49-a05f-924ac6b7379b","withdrawn":""}','73dc6342c2222c485ca38826f70c930052cc0bc228c7c95cb288bf3b254d642a','eefbcbc5b66d891fad60f8d22c16fa7096f618ddef8a066009f5384143987a4d');
INSERT INTO "events" VALUES(8,'2026-05-04T10:00:05.000000Z','Reviewer A','claim.add','CL-002','claim','do',1,NULL,'{"changed_at":"2026-05-04T10:00:05.000000Z","changed_by":"Reviewer A","claimant":"","created_at":"2026-05-04T10:00:05.000000Z","created_by":"Reviewer A","dated":"","end":28,"language":"","note":"","number":"CL-002","quote":"raised their hands","revision":1,"source":"SR-001","start":10,"translation":"","uid":"01a20511-4dc1-7a98-9db0-cdd834b7a611","withdrawn":""}','eefbcbc5b66d891fad60f8d22c16fa7096f618ddef8a066009f5384143987a4d','573d440efcebc3f45b8ea5ab55caddc609819d6efd74de835abcd51c853e1117');
INSERT INTO "events" VALUES(9,'2026-05-04T10:00:06.000000Z','Reviewer A','proposition.add','CL-002.1','proposition','do',1,NULL,'{"changed_at":"2026-05-04T10:00:06.000000Z","changed_by":"Reviewer A","claim":"CL-002","created_at":"2026-05-04T10:00:06.000000Z","created_by":"Reviewer A","note":"","number":"CL-002.1","revision":1,"testable":"","text":"Hands were raised","type":"what-happened","uid":"01a20511-4dc2-7cb0-8f12-b337f6f25c68","withdrawn":""}','573d440efcebc3f45b8ea5ab55caddc609819d6efd74de835abcd51c853e1117','7cb33c157ae0faa2fdc83269019b3e40ddee7890e02cb96d3f3d9c05361c526d');
INSERT INTO "events" VALUES(10,'2026-05-04T10:00:07.000000Z','Reviewer A','observation.add','OB-001','observation','do',1,NULL,'{"alternatives":"","anchor":"","attributes":{"colour":"red"},"basis":"seen","certainty":"","changed_at":"2026-05-04T10:00:07.000000Z","changed_by":"Reviewer A","codebook":"custody 1.0","count_best":2,"count_max":3,"count_min":1,"created_at":"2026-05-04T10:00:07.000000Z","created_by":"Reviewer A","decoder":"","exhibit":"EX-001","first_frame":null,"first_hash":"","first_pts":null,"guard_reason":"","last_frame":null,"last_hash":"","last_pts":null,"legibility":"","number":"OB-001","presence":"observed","revision":1,"sound_end":null,"sound_start":null,"sound_time_base":"","statement":"A mark.","stream":null,"term":"note","time_base":"","uid":"01a20511-4dc3-7f1b-b301-353f59551481","withdrawn":""}','7cb33c157ae0faa2fdc83269019b3e40ddee7890e02cb96d3f3d9c05361c526d','bb89a3d6fe4c62151b9eddbc69dd1efba9c2d581b0717c5c0e7bee22f766531a');
INSERT INTO "events" VALUES(11,'2026-05-04T10:00:08.000000Z','Reviewer A','link.add','LK-001','link','do',1,NULL,'{"because":"The mark is seen","changed_at":"2026-05-04T10:00:08.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:08.000000Z","created_by":"Reviewer A","number":"LK-001","origin":"OB-001","relation":"supports","revision":1,"target":"CL-002.1","uid":"01a20511-4dc4-7bd9-9d2b-2cfec25cf403","withdrawn":""}','bb89a3d6fe4c62151b9eddbc69dd1efba9c2d581b0717c5c0e7bee22f766531a','c91d62e18707e731296d964d39eed867c9374d0bd95718348be56f680d0ce98b');
INSERT INTO "events" VALUES(12,'2026-05-04T10:00:09.000000Z','Reviewer A','question.add','QN-001','question','do',1,NULL,'{"bears_on":"CL-002","changed_at":"2026-05-04T10:00:09.000000Z","changed_by":"Reviewer A","created_at":"2026-05-04T10:00:09.000000Z","created_by":"Reviewer A","number":"QN-001","reason_code":"","revision":1,"text":"What follows?","tried":"","uid":"01a20511-4dc5-739e-ae0e-4cbb1e6c6a6d","withdrawn":"","would_answer":"The original"}','c91d62e18707e731296d964d39eed867c9374d0bd95718348be56f680d0ce98b','f25b4eba0fb9782f82ef3e5b1aa7afee4aacc51c11ed6b28eecbf5995769a796');
INSERT INTO "events" VALUES(13,'2026-05-04T10:00:10.000000Z','Reviewer A','observation.edit','OB-001','observation','do',1,'{"certainty":"","changed_at":"2026-05-04T10:00:07.000000Z","changed_by":"Reviewer A","revision":1}','{"certainty":"moderate","changed_at":"2026-05-04T10:00:10.000000Z","changed_by":"Reviewer A","revision":2}','f25b4eba0fb9782f82ef3e5b1aa7afee4aacc51c11ed6b28eecbf5995769a796','7aa7f10254cb43cdca70c05b196513ca2e18520f91794708aad45a99e4cbf2a3');
INSERT INTO "events" VALUES(14,'2026-05-04T10:00:11.000000Z','Reviewer A','claim.withdraw','CL-001','claim','do',1,'{"changed_at":"2026-05-04T10:00:04.000000Z","changed_by":"Reviewer A","revision":1,"withdrawn":""}','{"changed_at":"2026-05-04T10:00:11.000000Z","changed_by":"Reviewer A","revision":2,"withdrawn":"Entered twice"}','7aa7f10254cb43cdca70c05b196513ca2e18520f91794708aad45a99e4cbf2a3','d0cfd60cef987543230b1f5095ccfa0c4bb813ac9684dc1274c334a345146018');
INSERT INTO "events" VALUES(15,'2026-05-04T10:00:12.000000Z','Reviewer A','claim.restore','CL-001','claim','undo',1,'{"changed_at":"2026-05-04T10:00:11.000000Z","changed_by":"Reviewer A","revision":2,"withdrawn":"Entered twice"}','{"changed_at":"2026-05-04T10:00:12.000000Z","changed_by":"Reviewer A","revision":3,"withdrawn":""}','d0cfd60cef987543230b1f5095ccfa0c4bb813ac9684dc1274c334a345146018','99c89c32dbc8b09c5a51b03c218842899081ca749f7b6ddbdf66fd8213f12218');
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
    , repost_of TEXT NOT NULL DEFAULT '', description TEXT NOT NULL DEFAULT '', distressing INTEGER NOT NULL DEFAULT 0, provisional INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "exhibits" VALUES('01a20511-4dbc-7bc2-b672-cca9405ba911','EX-001',1,'2026-05-04T10:00:01.000000Z','Reviewer A','2026-05-04T10:00:01.000000Z','Reviewer A','','Clip A','other','7ee2b1cc69c7f94997914df3fef4532aa86d9423f28a558e03332bbc805df970','d33d95ad40207d8a866a57a61aa808eda72abdd5f056d1ed20ea31978d7324883fb37aaa524677c26a15242097c4c57d35e3d75610b146ddc9fce74ffed8c8db',38,'clip.bin','exhibits/7e/7ee2b1cc69c7f94997914df3fef4532aa86d9423f28a558e03332bbc805df970.bin','2026-05-04T10:00:01.000000Z','not examined','',NULL,'','',NULL,NULL,'',NULL,NULL,'',NULL,NULL,0,0,NULL,'','','',0,0);
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
INSERT INTO "links" VALUES('01a20511-4dc4-7bd9-9d2b-2cfec25cf403','LK-001',1,'2026-05-04T10:00:08.000000Z','Reviewer A','2026-05-04T10:00:08.000000Z','Reviewer A','','OB-001','CL-002.1','supports','The mark is seen');
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
    , alternatives TEXT NOT NULL DEFAULT '', guard_reason TEXT NOT NULL DEFAULT '', anchor TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "observations" VALUES('01a20511-4dc3-7f1b-b301-353f59551481','OB-001',2,'2026-05-04T10:00:07.000000Z','Reviewer A','2026-05-04T10:00:10.000000Z','Reviewer A','','EX-001','note','A mark.','seen','observed',NULL,'','',NULL,NULL,'',NULL,NULL,'',NULL,NULL,'','{"colour":"red"}',1,2,3,'','moderate','custody 1.0','','','');
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
INSERT INTO "propositions" VALUES('01a20511-4dc2-7cb0-8f12-b337f6f25c68','CL-002.1',1,'2026-05-04T10:00:06.000000Z','Reviewer A','2026-05-04T10:00:06.000000Z','Reviewer A','','CL-002','Hands were raised','what-happened','','');
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
INSERT INTO "questions" VALUES('01a20511-4dc5-739e-ae0e-4cbb1e6c6a6d','QN-001',1,'2026-05-04T10:00:09.000000Z','Reviewer A','2026-05-04T10:00:09.000000Z','Reviewer A','','What follows?','The original','','CL-002','');
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
    , anchor TEXT NOT NULL DEFAULT '') STRICT;
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
INSERT INTO "sources" VALUES('01a20511-4dbf-7280-9b38-53c8cdd94113','SR-001',1,'2026-05-04T10:00:03.000000Z','Reviewer A','2026-05-04T10:00:03.000000Z','Reviewer A','','Post','','','','','','','Three men raised their hands. Троє чоловіків. ثلاثة رجال 🙂','D','','');
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
COMMIT;
