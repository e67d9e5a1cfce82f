/// What the pages of the committee and of the public need of sealed results.
extension Schema {
  static let amendments = """
    -- What stands beside a sealed scorecard, without reading the scorecard.
    CREATE INDEX sealed_scorecard_head ON sealed_scorecard (cycle, version, office, digest, units, places, sealed_at);

    -- What a member proposes to amend, in words, so that another can agree to the same: the agreement has only its digest.
    CREATE TABLE amendment (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      -- Of the sealed scorecard that it would make.
      version INTEGER NOT NULL CHECK (version >= 2),
      item TEXT NOT NULL,
      judgement TEXT NOT NULL,
      value TEXT NOT NULL,
      reason TEXT NOT NULL CHECK (reason <> ''),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      person INTEGER NOT NULL REFERENCES person (id),
      made_at INTEGER NOT NULL,
      UNIQUE (cycle, digest)
    ) STRICT;
    CREATE INDEX amendment_office ON amendment (cycle, office);
    CREATE TRIGGER amendment_frozen BEFORE UPDATE ON amendment
      BEGIN SELECT RAISE(ABORT, 'amendments are not changed'); END;
    CREATE TRIGGER amendment_kept BEFORE DELETE ON amendment
      BEGIN SELECT RAISE(ABORT, 'amendments are kept'); END;
    """
}
