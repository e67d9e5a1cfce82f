import GRDB

/// The tables, as the sum of migrations. A migration is SQL text under a sentence's name; once released it is never
/// edited. Functions of JSON may not stand in a CHECK where the schema is not trusted, so a pattern does. Days are ISO 8601 text, moments are seconds since 1970 UTC, digests are 32 bytes.
enum Schema {
  /// `ITA1`: tells a registry from any other SQLite file.
  static let applicationID: Int32 = 0x4954_4131

  static let migrations: [(name: String, sql: String)] = [
    ("2569-01 Offices, people and roles", people),
    ("2569-02 Cycles with their rubric, schedule and offices", cycles),
    ("2569-03 Submissions, evidence and files", submissions),
    ("2569-04 Assignments, findings and clarifications", findings),
    ("2569-05 Questionnaires and their answers", answers),
    ("2569-06 Agreements and sealed scorecards", sealing),
    ("2569-07 The trail", trail),
    ("2569-08 How long things are kept", retention),
    ("2569-09 Signing in, elements and revisions", portal),
    ("2569-10 Marks, comment banks and captures", marking),
    ("2569-11 Spreading and clarifying", clarifying),
    ("2569-12 Regions", regions),
    ("2569-13 Amendments as they are proposed", amendments),
    ("2569-14 Looking through the trail", looking),
    ("2569-15 Slips, free text and closing", asking),
  ]

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (index, migration) in migrations.enumerated() {
      migrator.registerMigration(migration.name) { db in
        try db.execute(sql: migration.sql)
        try db.execute(sql: "PRAGMA user_version = \(index + 1)")
      }
    }
    return migrator
  }

  private static let people = """
    CREATE TABLE registry (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      made_at INTEGER NOT NULL,
      -- A keyed hash of a constant: tells whether the key file is the right one.
      key_check BLOB NOT NULL CHECK (length(key_check) = 32)
    ) STRICT;

    CREATE TABLE office (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE CHECK (code <> ''),
      name_th TEXT NOT NULL CHECK (name_th <> ''),
      name_en TEXT NOT NULL CHECK (name_en <> ''),
      kind TEXT CHECK (kind <> ''),
      parent INTEGER REFERENCES office (id),
      from_day TEXT CHECK (from_day GLOB '????-??-??'),
      until_day TEXT CHECK (until_day GLOB '????-??-??' AND (from_day IS NULL OR from_day < until_day)),
      successor INTEGER REFERENCES office (id),
      -- JSON arrays: [["ธารทอง", "Than Thong"], …] and ["no_previous_result", …].
      provinces TEXT NOT NULL CHECK (provinces GLOB '[[]*]'),
      conditions TEXT NOT NULL CHECK (conditions GLOB '[[]*]')
    ) STRICT;
    CREATE INDEX office_parent ON office (parent);

    CREATE TABLE working_group (
      id INTEGER PRIMARY KEY,
      office INTEGER NOT NULL REFERENCES office (id),
      code TEXT NOT NULL CHECK (code <> ''),
      title_th TEXT NOT NULL,
      title_en TEXT NOT NULL,
      UNIQUE (office, code)
    ) STRICT;

    CREATE TABLE person (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE CHECK (code <> ''),
      name TEXT NOT NULL,
      post TEXT NOT NULL,
      -- Keyed hash of the 13-digit number; the number itself is nowhere.
      national_hash BLOB UNIQUE CHECK (length(national_hash) = 32),
      is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1)),
      made_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE contact (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      email TEXT NOT NULL,
      phone TEXT NOT NULL
    ) STRICT;

    CREATE TABLE posting (
      id INTEGER PRIMARY KEY,
      person INTEGER NOT NULL REFERENCES person (id),
      office INTEGER NOT NULL REFERENCES office (id),
      kind TEXT NOT NULL CHECK (kind IN ('employing', 'hosting')),
      from_day TEXT NOT NULL CHECK (from_day GLOB '????-??-??'),
      until_day TEXT CHECK (until_day GLOB '????-??-??' AND from_day < until_day),
      UNIQUE (person, office, kind, from_day)
    ) STRICT;
    CREATE INDEX posting_office ON posting (office);

    CREATE TABLE role_grant (
      id INTEGER PRIMARY KEY,
      person INTEGER NOT NULL REFERENCES person (id),
      role TEXT NOT NULL CHECK (role IN ('officer', 'group_head', 'director', 'office_administrator',
        'assessor', 'lead_assessor', 'committee', 'administrator')),
      is_everywhere INTEGER NOT NULL CHECK (is_everywhere IN (0, 1)),
      -- JSON array of office codes, sorted; empty where it holds everywhere.
      offices TEXT NOT NULL CHECK (offices GLOB '[[]*]'),
      group_code TEXT CHECK (group_code <> ''),
      from_day TEXT NOT NULL CHECK (from_day GLOB '????-??-??'),
      until_day TEXT CHECK (until_day GLOB '????-??-??'),
      capacity TEXT CHECK (capacity IN ('in_place_of', 'on_behalf_of')),
      order_number TEXT,
      order_day TEXT CHECK (order_day GLOB '????-??-??'),
      granted_by INTEGER REFERENCES person (id),
      granted_at INTEGER NOT NULL,
      CHECK ((capacity IS NULL) = (order_number IS NULL) AND (capacity IS NULL) = (order_day IS NULL))
    ) STRICT;
    CREATE INDEX role_grant_person ON role_grant (person);

    -- The same offices as in the grant, so that an office finds its people.
    CREATE TABLE role_grant_office (
      role_grant INTEGER NOT NULL REFERENCES role_grant (id),
      office INTEGER NOT NULL REFERENCES office (id),
      PRIMARY KEY (office, role_grant)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE conflict (
      id INTEGER PRIMARY KEY,
      person INTEGER NOT NULL REFERENCES person (id),
      office INTEGER NOT NULL REFERENCES office (id),
      reason TEXT NOT NULL,
      declared_at INTEGER NOT NULL,
      UNIQUE (person, office)
    ) STRICT;

    CREATE TABLE password (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      -- PHC string: $scrypt$ln=15,r=8,p=3$salt$hash
      hash TEXT NOT NULL,
      set_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE sign_in_code (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      expires_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE session (
      hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
      person INTEGER NOT NULL REFERENCES person (id),
      made_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_person ON session (person);
    """

  private static let cycles = """
    CREATE TABLE rubric_text (
      digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
      bytes BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cycle (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE CHECK (code <> ''),
      year INTEGER NOT NULL CHECK (year BETWEEN 2400 AND 3000),
      title_th TEXT NOT NULL,
      title_en TEXT NOT NULL,
      stage TEXT NOT NULL CHECK (stage IN ('preparing', 'open', 'sealed', 'published')),
      scoring_version INTEGER NOT NULL,
      admits_further_proof INTEGER NOT NULL DEFAULT 0 CHECK (admits_further_proof IN (0, 1)),
      opened_at INTEGER,
      published_at INTEGER
    ) STRICT;

    -- The rubric's own file is at position 0, behind it each one it extends.
    CREATE TABLE cycle_rubric (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      position INTEGER NOT NULL CHECK (position >= 0),
      name TEXT NOT NULL,
      digest BLOB NOT NULL REFERENCES rubric_text (digest),
      UNIQUE (cycle, position)
    ) STRICT;
    CREATE TRIGGER cycle_rubric_frozen BEFORE UPDATE ON cycle_rubric
      WHEN (SELECT stage FROM cycle WHERE id = old.cycle) <> 'preparing'
      BEGIN SELECT RAISE(ABORT, 'the rubric of an open cycle is frozen'); END;
    CREATE TRIGGER cycle_rubric_kept BEFORE DELETE ON cycle_rubric
      WHEN (SELECT stage FROM cycle WHERE id = old.cycle) <> 'preparing'
      BEGIN SELECT RAISE(ABORT, 'the rubric of an open cycle is frozen'); END;

    -- What is collected by an instrument's code; 'assessing' and 'clarifying' beside them.
    CREATE TABLE cycle_window (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      what TEXT NOT NULL,
      opens INTEGER NOT NULL,
      closes INTEGER NOT NULL CHECK (opens < closes),
      UNIQUE (cycle, what)
    ) STRICT;

    CREATE TABLE extension (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      until INTEGER NOT NULL,
      reason TEXT NOT NULL CHECK (reason <> '')
    ) STRICT;
    CREATE INDEX extension_cycle ON extension (cycle);

    -- An office as it takes part in a cycle: what its score depends on is kept here, whatever becomes of the office.
    CREATE TABLE participant (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      name_th TEXT NOT NULL,
      name_en TEXT NOT NULL,
      kind TEXT,
      parent TEXT,
      provinces TEXT NOT NULL CHECK (provinces GLOB '[[]*]'),
      conditions TEXT NOT NULL CHECK (conditions GLOB '[[]*]'),
      UNIQUE (cycle, office)
    ) STRICT;
    CREATE INDEX participant_office ON participant (office);

    CREATE TABLE stakeholders (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      number INTEGER NOT NULL CHECK (number >= 0),
      UNIQUE (cycle, office, instrument)
    ) STRICT;

    CREATE TABLE given_figure (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      node TEXT NOT NULL,
      millionths INTEGER NOT NULL,
      source TEXT NOT NULL,
      UNIQUE (cycle, office, node)
    ) STRICT;

    -- Published in a year before the registry was kept, for comparison alone.
    CREATE TABLE earlier_figure (
      id INTEGER PRIMARY KEY,
      office INTEGER NOT NULL REFERENCES office (id),
      year INTEGER NOT NULL CHECK (year BETWEEN 2400 AND 3000),
      node TEXT NOT NULL,
      millionths INTEGER NOT NULL,
      source TEXT NOT NULL,
      UNIQUE (office, year, node)
    ) STRICT;
    """

  private static let submissions = """
    CREATE TABLE submission (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      item TEXT NOT NULL,
      version INTEGER NOT NULL CHECK (version >= 1),
      state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'returned', 'submitted', 'recalled')),
      is_disclosed INTEGER CHECK (is_disclosed IN (0, 1)),
      note TEXT NOT NULL,
      made_by INTEGER NOT NULL REFERENCES person (id),
      made_at INTEGER NOT NULL,
      UNIQUE (cycle, office, item, version)
    ) STRICT;
    CREATE TRIGGER submission_frozen BEFORE UPDATE ON submission
      WHEN old.state IN ('submitted', 'recalled')
        AND NOT (old.state = 'submitted' AND new.state = 'recalled' AND new.id = old.id AND new.cycle = old.cycle
          AND new.office = old.office AND new.item = old.item AND new.version = old.version
          AND new.is_disclosed IS old.is_disclosed AND new.note = old.note AND new.made_by = old.made_by
          AND new.made_at = old.made_at)
      BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;
    CREATE TRIGGER submission_kept BEFORE DELETE ON submission
      BEGIN SELECT RAISE(ABORT, 'submissions are kept'); END;

    -- The way from officer to group head to director, and back.
    CREATE TABLE submission_move (
      id INTEGER PRIMARY KEY,
      submission INTEGER NOT NULL REFERENCES submission (id),
      state TEXT NOT NULL,
      note TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES person (id),
      capacity TEXT,
      order_number TEXT,
      moved_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX submission_move_submission ON submission_move (submission);
    CREATE TRIGGER submission_move_kept BEFORE DELETE ON submission_move
      BEGIN SELECT RAISE(ABORT, 'moves are kept'); END;
    CREATE TRIGGER submission_move_frozen BEFORE UPDATE ON submission_move
      BEGIN SELECT RAISE(ABORT, 'moves are not changed'); END;

    CREATE TABLE blob (
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      size INTEGER NOT NULL CHECK (size >= 0)
    ) STRICT;
    -- In pieces, so that neither writing nor reading a file holds it in memory.
    CREATE TABLE blob_piece (
      id INTEGER PRIMARY KEY,
      blob INTEGER NOT NULL REFERENCES blob (id),
      position INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (blob, position)
    ) STRICT;
    -- Which office has put which file in, for its quota.
    CREATE TABLE office_file (
      office INTEGER NOT NULL REFERENCES office (id),
      blob INTEGER NOT NULL REFERENCES blob (id),
      PRIMARY KEY (office, blob)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY,
      submission INTEGER NOT NULL REFERENCES submission (id),
      position INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('link', 'file', 'note')),
      -- The link, the file's name or the note's text.
      text TEXT NOT NULL,
      blob INTEGER REFERENCES blob (id),
      pointer TEXT NOT NULL,
      quote TEXT NOT NULL,
      UNIQUE (submission, position),
      CHECK ((kind = 'file') = (blob IS NOT NULL))
    ) STRICT;
    CREATE TRIGGER evidence_frozen BEFORE UPDATE ON evidence
      BEGIN SELECT RAISE(ABORT, 'evidence is replaced, not changed'); END;
    CREATE TRIGGER evidence_kept BEFORE DELETE ON evidence
      WHEN (SELECT state FROM submission WHERE id = old.submission) IN ('submitted', 'recalled')
      BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;
    CREATE TRIGGER evidence_closed BEFORE INSERT ON evidence
      WHEN (SELECT state FROM submission WHERE id = new.submission) IN ('submitted', 'recalled')
      BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;
    """

  private static let findings = """
    CREATE TABLE assignment (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      -- NULL for every disclosure of the office.
      item TEXT,
      assessor INTEGER NOT NULL REFERENCES person (id),
      from_at INTEGER NOT NULL,
      until_at INTEGER,
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX assignment_office ON assignment (cycle, office);
    CREATE INDEX assignment_assessor ON assignment (assessor, cycle);

    CREATE TABLE finding (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      item TEXT NOT NULL,
      -- The version that was judged; NULL where nothing was submitted.
      submission INTEGER REFERENCES submission (id),
      assessor INTEGER NOT NULL REFERENCES person (id),
      stage TEXT NOT NULL CHECK (stage IN ('first', 'second', 'clarified', 'corrected')),
      judgement TEXT NOT NULL CHECK (judgement IN ('met', 'not_met', 'option', 'number', 'elements',
        'not_applicable', 'pending')),
      -- The option's code, the number, or the elements' keys as a JSON array; '' for the others.
      value TEXT NOT NULL,
      reason TEXT NOT NULL,
      made_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX finding_office ON finding (cycle, office, item);
    CREATE TRIGGER finding_frozen BEFORE UPDATE ON finding
      BEGIN SELECT RAISE(ABORT, 'findings are added, not changed'); END;
    CREATE TRIGGER finding_kept BEFORE DELETE ON finding
      BEGIN SELECT RAISE(ABORT, 'findings are kept'); END;

    -- When each link was looked at, and in what state it was.
    CREATE TABLE finding_seen (
      id INTEGER PRIMARY KEY,
      finding INTEGER NOT NULL REFERENCES finding (id),
      link TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('opened', 'not_found', 'unreachable', 'closed')),
      seen_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX finding_seen_finding ON finding_seen (finding);
    CREATE TRIGGER finding_seen_frozen BEFORE UPDATE ON finding_seen
      BEGIN SELECT RAISE(ABORT, 'findings are added, not changed'); END;
    CREATE TRIGGER finding_seen_kept BEFORE DELETE ON finding_seen
      BEGIN SELECT RAISE(ABORT, 'findings are kept'); END;

    CREATE TABLE clarification (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      item TEXT NOT NULL,
      finding INTEGER REFERENCES finding (id),
      person INTEGER NOT NULL REFERENCES person (id),
      statement TEXT NOT NULL CHECK (statement <> ''),
      -- JSON array of {kind, text, pointer, quote}.
      evidence TEXT NOT NULL CHECK (evidence GLOB '[[]*]'),
      decider INTEGER REFERENCES person (id),
      made_at INTEGER NOT NULL,
      UNIQUE (cycle, office, item)
    ) STRICT;

    CREATE TABLE acknowledgement (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      person INTEGER NOT NULL REFERENCES person (id),
      made_at INTEGER NOT NULL,
      UNIQUE (cycle, office, person)
    ) STRICT;
    """

  private static let answers = """
    -- One filled questionnaire: who filled it and when is not known. Answers are a byte a question in the order of the
    -- rubric, 0 for none.
    CREATE TABLE response (
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      route TEXT NOT NULL,
      key BLOB NOT NULL CHECK (length(key) = 16),
      answers BLOB NOT NULL,
      PRIMARY KEY (cycle, instrument, route, office, key)
    ) STRICT, WITHOUT ROWID;

    -- A code that may be used once; its own text is nowhere.
    CREATE TABLE invitation (
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      route TEXT NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      is_spent INTEGER NOT NULL DEFAULT 0 CHECK (is_spent IN (0, 1)),
      PRIMARY KEY (cycle, instrument, route, office, hash)
    ) STRICT, WITHOUT ROWID;
    """

  private static let sealing = """
    -- A committee member agrees to exactly what a digest stands for.
    CREATE TABLE agreement (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      what TEXT NOT NULL CHECK (what IN ('seal', 'amend')),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      person INTEGER NOT NULL REFERENCES person (id),
      agreed_at INTEGER NOT NULL,
      UNIQUE (cycle, what, digest, person)
    ) STRICT;
    CREATE TRIGGER agreement_frozen BEFORE UPDATE ON agreement
      BEGIN SELECT RAISE(ABORT, 'agreements are not changed'); END;
    CREATE TRIGGER agreement_kept BEFORE DELETE ON agreement
      BEGIN SELECT RAISE(ABORT, 'agreements are kept'); END;

    CREATE TABLE sealed_scorecard (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      -- 1 as sealed; one more with each amendment.
      version INTEGER NOT NULL CHECK (version >= 1),
      scorecard TEXT NOT NULL CHECK (scorecard GLOB '{*}'),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      -- The total in units of its last place; NULL where it is not final.
      units INTEGER,
      places INTEGER,
      level TEXT,
      reason TEXT NOT NULL,
      sealed_at INTEGER NOT NULL,
      UNIQUE (cycle, office, version)
    ) STRICT;
    CREATE TRIGGER sealed_scorecard_frozen BEFORE UPDATE ON sealed_scorecard
      BEGIN SELECT RAISE(ABORT, 'a sealed scorecard is amended, not changed'); END;
    CREATE TRIGGER sealed_scorecard_kept BEFORE DELETE ON sealed_scorecard
      BEGIN SELECT RAISE(ABORT, 'sealed scorecards are kept'); END;

    -- What the answers came to, so that a result can be recomputed when they are gone.
    CREATE TABLE sealed_tally (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      route TEXT NOT NULL,
      respondents INTEGER NOT NULL CHECK (respondents >= 0),
      counts TEXT NOT NULL CHECK (counts GLOB '[[]*]'),
      UNIQUE (cycle, office, instrument, route)
    ) STRICT;
    CREATE TRIGGER sealed_tally_frozen BEFORE UPDATE ON sealed_tally
      BEGIN SELECT RAISE(ABORT, 'a sealed tally is not changed'); END;
    CREATE TRIGGER sealed_tally_kept BEFORE DELETE ON sealed_tally
      BEGIN SELECT RAISE(ABORT, 'sealed tallies are kept'); END;
    """

  private static let trail = """
    -- Who did what, when. Each entry's digest covers the one before it and that of its payload, so nothing can be
    -- changed, taken out or put in between without every later digest showing it.
    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      made_at INTEGER NOT NULL,
      person INTEGER REFERENCES person (id),
      is_console INTEGER NOT NULL CHECK (is_console IN (0, 1)),
      act TEXT NOT NULL,
      cycle INTEGER REFERENCES cycle (id),
      office INTEGER REFERENCES office (id),
      subject TEXT NOT NULL,
      -- The row the payload is a picture of, where it is of one.
      row_table TEXT,
      row_id INTEGER,
      payload_digest BLOB NOT NULL CHECK (length(payload_digest) = 32),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      CHECK ((row_table IS NULL) = (row_id IS NULL))
    ) STRICT;
    CREATE INDEX event_office ON event (office, id);
    CREATE INDEX event_row ON event (row_table, row_id, id);
    CREATE TRIGGER event_frozen BEFORE UPDATE ON event
      BEGIN SELECT RAISE(ABORT, 'the trail is not changed'); END;
    CREATE TRIGGER event_kept BEFORE DELETE ON event
      BEGIN SELECT RAISE(ABORT, 'the trail is kept'); END;

    -- Apart from the entry, so that personal data can be erased while the entry and its digest stay.
    CREATE TABLE event_payload (
      event INTEGER PRIMARY KEY REFERENCES event (id),
      salt BLOB NOT NULL CHECK (length(salt) = 16),
      payload TEXT NOT NULL CHECK (payload GLOB '{*}')
    ) STRICT;
    CREATE TRIGGER event_payload_frozen BEFORE UPDATE ON event_payload
      BEGIN SELECT RAISE(ABORT, 'the trail is not changed'); END;
    """

  private static let retention = """
    -- How many days after a cycle's publication a kind of data goes.
    CREATE TABLE retention_rule (
      what TEXT PRIMARY KEY CHECK (what IN ('contact', 'responses', 'sessions')),
      days INTEGER NOT NULL CHECK (days >= 0)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO retention_rule (what, days) VALUES ('contact', 30), ('responses', 90), ('sessions', 0);
    """
}
