/// What was done, each entry bound to the one before.
extension Schema {
  static let trail = """
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
}
