/// What the pages need: accounts that sign in, elements that an office says are shown, and receipts.
extension Schema {
  static let portal = """
    -- One more with each draft, pass and return: a form filled from an earlier one is told so.
    ALTER TABLE submission ADD COLUMN revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0);
    DROP TRIGGER submission_frozen;
    CREATE TRIGGER submission_frozen BEFORE UPDATE ON submission
      WHEN old.state IN ('submitted', 'recalled')
        AND NOT (old.state = 'submitted' AND new.state = 'recalled' AND new.id = old.id AND new.cycle = old.cycle
          AND new.office = old.office AND new.item = old.item AND new.version = old.version
          AND new.is_disclosed IS old.is_disclosed AND new.note = old.note AND new.made_by = old.made_by
          AND new.made_at = old.made_at AND new.revision = old.revision)
      BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;

    ALTER TABLE evidence ADD COLUMN nature TEXT NOT NULL DEFAULT 'document'
      CHECK (nature IN ('document', 'declaration', 'order', 'training', 'innovation'));

    -- Elements of a disclosure that the office says are shown, and where.
    CREATE TABLE submission_element (
      id INTEGER PRIMARY KEY,
      submission INTEGER NOT NULL REFERENCES submission (id),
      element TEXT NOT NULL CHECK (element <> ''),
      place TEXT NOT NULL,
      UNIQUE (submission, element)
    ) STRICT;
    CREATE TRIGGER submission_element_frozen BEFORE UPDATE ON submission_element
      BEGIN SELECT RAISE(ABORT, 'elements are replaced, not changed'); END;
    CREATE TRIGGER submission_element_kept BEFORE DELETE ON submission_element
      WHEN (SELECT state FROM submission WHERE id = old.submission) IN ('submitted', 'recalled')
      BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;
    CREATE TRIGGER submission_element_closed BEFORE INSERT ON submission_element
      WHEN (SELECT state FROM submission WHERE id = new.submission) IN ('submitted', 'recalled')
      BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;

    -- What an office was given in hand when it submitted.
    CREATE TABLE receipt (
      id INTEGER PRIMARY KEY,
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      number TEXT NOT NULL UNIQUE CHECK (number <> ''),
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      -- JSON array of what was submitted.
      items TEXT NOT NULL CHECK (items GLOB '[[]*]'),
      links INTEGER NOT NULL CHECK (links >= 0),
      files INTEGER NOT NULL CHECK (files >= 0),
      person INTEGER NOT NULL REFERENCES person (id),
      capacity TEXT CHECK (capacity IN ('in_place_of', 'on_behalf_of')),
      order_number TEXT,
      order_day TEXT CHECK (order_day GLOB '????-??-??'),
      made_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX receipt_office ON receipt (cycle, office);
    CREATE TRIGGER receipt_frozen BEFORE UPDATE ON receipt
      BEGIN SELECT RAISE(ABORT, 'receipts are not changed'); END;
    CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
      BEGIN SELECT RAISE(ABORT, 'receipts are kept'); END;

    CREATE TABLE second_factor (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      -- Sealed under the key file: a nonce of 12 bytes, the secret, a tag of 16.
      secret BLOB NOT NULL CHECK (length(secret) > 28),
      -- NULL until the person has shown that their device gives the right numbers.
      confirmed_at INTEGER,
      -- The last time step of which a number was taken: none is taken twice.
      last_step INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    -- Keyed hashes; a code that was used is gone.
    CREATE TABLE recovery_code (
      person INTEGER NOT NULL REFERENCES person (id),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (person, hash)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE preference (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      language TEXT NOT NULL CHECK (language IN ('th', 'en')),
      digits TEXT NOT NULL CHECK (digits IN ('arabic', 'thai'))
    ) STRICT;

    -- Browser family and system, as the person sees them in the list of their own sessions; never an address.
    ALTER TABLE session ADD COLUMN label TEXT NOT NULL DEFAULT '';
    -- Whether the second factor was given.
    ALTER TABLE session ADD COLUMN is_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (is_confirmed IN (0, 1));
    CREATE INDEX session_end ON session (ends_at);

    CREATE INDEX sign_in_code_hash ON sign_in_code (hash);

    -- A form that was sent is not taken twice: the digest of its key is kept for two days.
    CREATE TABLE spent_form (
      key BLOB PRIMARY KEY CHECK (length(key) = 32),
      made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX spent_form_made ON spent_form (made_at);
    """
}
