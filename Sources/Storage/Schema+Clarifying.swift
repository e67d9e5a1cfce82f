/// What the lead assessor needs: offices spread by a recorded seed, and findings counted by office without reading them.
extension Schema {
  static let clarifying = """
    -- Offices that were spread evenly. Whoever has the row gets the same assignments again: people by their numbers,
    -- each with how many offices they had before, and who could not be given which office.
    CREATE TABLE spread (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      seed TEXT NOT NULL CHECK (seed <> ''),
      -- JSON arrays: codes of offices; people's numbers; as many numbers of offices held; pairs of a code and a number.
      offices TEXT NOT NULL CHECK (offices GLOB '[[]*]'),
      assessors TEXT NOT NULL CHECK (assessors GLOB '[[]*]'),
      held TEXT NOT NULL CHECK (held GLOB '[[]*]'),
      barred TEXT NOT NULL CHECK (barred GLOB '[[]*]'),
      -- Whose offices they were, where somebody has left; and why.
      predecessor INTEGER REFERENCES person (id),
      reason TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES person (id),
      made_at INTEGER NOT NULL,
      CHECK ((predecessor IS NULL) = (reason = ''))
    ) STRICT;
    CREATE INDEX spread_cycle ON spread (cycle);
    CREATE TRIGGER spread_frozen BEFORE UPDATE ON spread
      BEGIN SELECT RAISE(ABORT, 'spreads are not changed'); END;
    CREATE TRIGGER spread_kept BEFORE DELETE ON spread
      BEGIN SELECT RAISE(ABORT, 'spreads are kept'); END;

    -- The spread an assignment came of; NULL for one made by hand.
    ALTER TABLE assignment ADD COLUMN spread INTEGER REFERENCES spread (id);

    CREATE INDEX finding_first ON finding (cycle, office, item) WHERE stage = 'first';
    """
}
