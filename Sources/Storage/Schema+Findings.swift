/// Who judges which office, what they found, and what was said about it.
extension Schema {
  static let findings = """
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
}
