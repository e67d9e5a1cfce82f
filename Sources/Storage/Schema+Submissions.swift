/// What offices disclose: items, links, files and their bytes.
extension Schema {
  static let submissions = """
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
}
