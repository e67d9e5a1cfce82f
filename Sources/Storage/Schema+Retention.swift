/// How long each kind of record is kept.
extension Schema {
  static let retention = """
    -- How many days after a cycle's publication a kind of data goes.
    CREATE TABLE retention_rule (
      what TEXT PRIMARY KEY CHECK (what IN ('contact', 'responses', 'sessions')),
      days INTEGER NOT NULL CHECK (days >= 0)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO retention_rule (what, days) VALUES ('contact', 30), ('responses', 90), ('sessions', 0);
    """
}
