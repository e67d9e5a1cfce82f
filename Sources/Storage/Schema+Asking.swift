/// Questionnaires on the site: slips that were made, words that were written, and how far collecting has come.
extension Schema {
  static let asking = """
    -- Slips with codes that were asked for, made, or made void: how many, never which. Nothing leads from here to a code.
    CREATE TABLE slip_order (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      route TEXT NOT NULL,
      what TEXT NOT NULL CHECK (what IN ('make', 'void')),
      -- Slips to be made; those that were made before and are void now.
      number INTEGER NOT NULL CHECK (number > 0),
      -- Why they are to be void.
      reason TEXT NOT NULL CHECK ((what = 'void') = (reason <> '')),
      asked_by INTEGER NOT NULL REFERENCES person (id),
      asked_at INTEGER NOT NULL,
      -- Who carried it out; NULL while it waits for a second person.
      done_by INTEGER REFERENCES person (id),
      done_at INTEGER,
      CHECK ((done_by IS NULL) = (done_at IS NULL))
    ) STRICT;
    CREATE INDEX slip_order_office ON slip_order (cycle, office);
    CREATE TRIGGER slip_order_frozen BEFORE UPDATE ON slip_order WHEN old.done_by IS NOT NULL
      BEGIN SELECT RAISE(ABORT, 'an order that was carried out is not changed'); END;
    CREATE TRIGGER slip_order_kept BEFORE DELETE ON slip_order
      BEGIN SELECT RAISE(ABORT, 'orders are kept'); END;

    -- Words somebody wrote in a questionnaire, apart from what they chose in it: nothing joins the two.
    CREATE TABLE free_text (
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      route TEXT NOT NULL,
      item TEXT NOT NULL,
      key BLOB NOT NULL CHECK (length(key) = 16),
      text TEXT NOT NULL CHECK (text <> ''),
      PRIMARY KEY (cycle, instrument, route, item, office, key)
    ) STRICT, WITHOUT ROWID;

    -- How far a questionnaire had come when the day began, and whether enough had answered for a figure; where nothing
    -- stands, less than half and no figure.
    CREATE TABLE asking_step (
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      instrument TEXT NOT NULL,
      office INTEGER NOT NULL REFERENCES office (id),
      step TEXT NOT NULL CHECK (step IN ('below_half', 'half', 'full')),
      has_figure INTEGER NOT NULL CHECK (has_figure IN (0, 1)),
      PRIMARY KEY (cycle, instrument, office)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE asking_day (
      cycle INTEGER PRIMARY KEY REFERENCES cycle (id),
      day TEXT NOT NULL CHECK (day GLOB '????-??-??')
    ) STRICT;

    -- Questionnaires that are closed and whose answers were put in an order of their own.
    CREATE TABLE asking_closed (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      instrument TEXT NOT NULL,
      -- When the last window had closed.
      ended_at INTEGER NOT NULL,
      UNIQUE (cycle, instrument)
    ) STRICT;

    -- Whether a secret is part of what digests of the cycle's results are taken of. Results that had been sealed before there
    -- was one keep theirs.
    ALTER TABLE cycle ADD COLUMN seals_with_secret INTEGER NOT NULL DEFAULT 1 CHECK (seals_with_secret IN (0, 1));
    UPDATE cycle SET seals_with_secret = 0 WHERE stage IN ('sealed', 'published');
    """
}
