/// Who is asked, and answers that nothing joins to a person.
extension Schema {
  static let answers = """
    -- One filled questionnaire: who filled it and when is not known. Answers are a byte a question in the order of the
    -- rubric, 0 for none.
    CREATE TABLE response (
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      route TEXT NOT NULL,
      key BLOB NOT NULL CHECK (length(key) = 16),
      answers BLOB NOT NULL,
      PRIMARY KEY (cycle, instrument, route, office, key)
    ) STRICT, WITHOUT ROWID;

    -- A code that may be used once; its own text is nowhere.
    CREATE TABLE invitation (
      cycle INTEGER NOT NULL REFERENCES cycle (id),
      office INTEGER NOT NULL REFERENCES office (id),
      instrument TEXT NOT NULL,
      route TEXT NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      is_spent INTEGER NOT NULL DEFAULT 0 CHECK (is_spent IN (0, 1)),
      PRIMARY KEY (cycle, instrument, route, office, hash)
    ) STRICT, WITHOUT ROWID;
    """
}
