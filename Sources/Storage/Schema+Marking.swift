/// What an assessor's pages need: marks that are not finished, captures of what was seen, one's own comments; and of a
/// finding why it is below full marks, what the lead is asked, and which one it takes back.
extension Schema {
  static let marking = """
    -- Why in a word, where it is below full marks.
    ALTER TABLE finding ADD COLUMN reason_code TEXT CHECK (reason_code <> '');
    -- What the lead assessor is asked; the office never reads it.
    ALTER TABLE finding ADD COLUMN note TEXT NOT NULL DEFAULT '';
    -- The finding that is taken back by saying again what stood before it.
    ALTER TABLE finding ADD COLUMN undoes INTEGER REFERENCES finding (id);
    CREATE INDEX finding_assessor ON finding (assessor, cycle);

    -- A link may also show another document than it should.
    CREATE TABLE finding_seen_next (
      id INTEGER PRIMARY KEY,
      finding INTEGER NOT NULL REFERENCES finding (id),
      link TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('opened', 'not_found', 'unreachable', 'closed', 'wrong_document')),
      seen_at INTEGER NOT NULL
    ) STRICT;
    INSERT INTO finding_seen_next (id, finding, link, state, seen_at)
      SELECT id, finding, link, state, seen_at FROM finding_seen;
    DROP TABLE finding_seen;
    ALTER TABLE finding_seen_next RENAME TO finding_seen;
    CREATE INDEX finding_seen_finding ON finding_seen (finding);
    CREATE TRIGGER finding_seen_frozen BEFORE UPDATE ON finding_seen
      BEGIN SELECT RAISE(ABORT, 'findings are added, not changed'); END;
    CREATE TRIGGER finding_seen_kept BEFORE DELETE ON finding_seen
      BEGIN SELECT RAISE(ABORT, 'findings are kept'); END;

    -- A picture or print of what an assessor saw.
    CREATE TABLE finding_capture (
      id INTEGER PRIMARY KEY,
      finding INTEGER NOT NULL REFERENCES finding (id),
      blob INTEGER NOT NULL REFERENCES blob (id),
      name TEXT NOT NULL CHECK (name <> ''),
      -- The link it shows; '' where that was not said.
      link TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      UNIQUE (finding, blob)
    ) STRICT;
    CREATE TRIGGER finding_capture_frozen BEFORE UPDATE ON finding_capture
      BEGIN SELECT RAISE(ABORT, 'findings are added, not changed'); END;
    CREATE TRIGGER finding_capture_kept BEFORE DELETE ON finding_capture
      BEGIN SELECT RAISE(ABORT, 'findings are kept'); END;

    -- What an assessor has put down and not finished. Gone with the finding it becomes.
    CREATE TABLE mark (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      item TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES person (id),
      -- One more each time it is saved: a page filled from an earlier one is told so.
      revision INTEGER NOT NULL CHECK (revision >= 1),
      -- JSON arrays of keys.
      found TEXT NOT NULL CHECK (found GLOB '[[]*]'),
      missing TEXT NOT NULL CHECK (missing GLOB '[[]*]'),
      -- As a finding has them; '' where nothing is said yet.
      judgement TEXT NOT NULL CHECK (judgement IN ('', 'met', 'not_met', 'option', 'not_applicable')),
      value TEXT NOT NULL,
      number TEXT NOT NULL,
      reason_code TEXT CHECK (reason_code <> ''),
      reason TEXT NOT NULL,
      note TEXT NOT NULL,
      -- JSON array of [link, state, seconds].
      looks TEXT NOT NULL CHECK (looks GLOB '[[]*]'),
      begun_at INTEGER NOT NULL,
      saved_at INTEGER NOT NULL,
      UNIQUE (cycle, office, item, person)
    ) STRICT;
    CREATE INDEX mark_person ON mark (person, cycle);

    CREATE TABLE mark_capture (
      mark INTEGER NOT NULL REFERENCES mark (id) ON DELETE CASCADE,
      blob INTEGER NOT NULL REFERENCES blob (id),
      name TEXT NOT NULL CHECK (name <> ''),
      link TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      PRIMARY KEY (mark, blob)
    ) STRICT, WITHOUT ROWID;

    -- Sentences somebody uses again and again; nobody else's business.
    CREATE TABLE comment (
      id INTEGER PRIMARY KEY,
      person INTEGER NOT NULL REFERENCES person (id),
      -- The stable key of the disclosure it is for; NULL for every one.
      item TEXT CHECK (item <> ''),
      reason_code TEXT CHECK (reason_code <> ''),
      text TEXT NOT NULL CHECK (text <> ''),
      changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX comment_person ON comment (person);
    """
}
