/// Agreements of the committee, and results that are never changed.
extension Schema {
  static let sealing = """
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
}
