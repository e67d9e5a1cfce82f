/// A year's assessment: its rubric, its calendar and the offices in it.
extension Schema {
  static let cycles = """
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
}
