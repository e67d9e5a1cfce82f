/// The offices, the people, and what each may do.
extension Schema {
  static let people = """
    CREATE TABLE registry (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      made_at INTEGER NOT NULL,
      -- A keyed hash of a constant: tells whether the key file is the right one.
      key_check BLOB NOT NULL CHECK (length(key_check) = 32)
    ) STRICT;

    CREATE TABLE office (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE CHECK (code <> ''),
      name_th TEXT NOT NULL CHECK (name_th <> ''),
      name_en TEXT NOT NULL CHECK (name_en <> ''),
      kind TEXT CHECK (kind <> ''),
      parent INTEGER REFERENCES office (id),
      from_day TEXT CHECK (from_day GLOB '????-??-??'),
      until_day TEXT CHECK (until_day GLOB '????-??-??' AND (from_day IS NULL OR from_day < until_day)),
      successor INTEGER REFERENCES office (id),
      -- JSON arrays: [["ธารทอง", "Than Thong"], …] and ["no_previous_result", …].
      provinces TEXT NOT NULL CHECK (provinces GLOB '[[]*]'),
      conditions TEXT NOT NULL CHECK (conditions GLOB '[[]*]')
    ) STRICT;
    CREATE INDEX office_parent ON office (parent);

    CREATE TABLE working_group (
      id INTEGER PRIMARY KEY,
      office INTEGER NOT NULL REFERENCES office (id),
      code TEXT NOT NULL CHECK (code <> ''),
      title_th TEXT NOT NULL,
      title_en TEXT NOT NULL,
      UNIQUE (office, code)
    ) STRICT;

    CREATE TABLE person (
      id INTEGER PRIMARY KEY,
      code TEXT NOT NULL UNIQUE CHECK (code <> ''),
      name TEXT NOT NULL,
      post TEXT NOT NULL,
      -- Keyed hash of the 13-digit number; the number itself is nowhere.
      national_hash BLOB UNIQUE CHECK (length(national_hash) = 32),
      is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1)),
      made_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE contact (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      email TEXT NOT NULL,
      phone TEXT NOT NULL
    ) STRICT;

    CREATE TABLE posting (
      id INTEGER PRIMARY KEY,
      person INTEGER NOT NULL REFERENCES person (id),
      office INTEGER NOT NULL REFERENCES office (id),
      kind TEXT NOT NULL CHECK (kind IN ('employing', 'hosting')),
      from_day TEXT NOT NULL CHECK (from_day GLOB '????-??-??'),
      until_day TEXT CHECK (until_day GLOB '????-??-??' AND from_day < until_day),
      UNIQUE (person, office, kind, from_day)
    ) STRICT;
    CREATE INDEX posting_office ON posting (office);

    CREATE TABLE role_grant (
      id INTEGER PRIMARY KEY,
      person INTEGER NOT NULL REFERENCES person (id),
      role TEXT NOT NULL CHECK (role IN ('officer', 'group_head', 'director', 'office_administrator',
        'assessor', 'lead_assessor', 'committee', 'administrator')),
      is_everywhere INTEGER NOT NULL CHECK (is_everywhere IN (0, 1)),
      -- JSON array of office codes, sorted; empty where it holds everywhere.
      offices TEXT NOT NULL CHECK (offices GLOB '[[]*]'),
      group_code TEXT CHECK (group_code <> ''),
      from_day TEXT NOT NULL CHECK (from_day GLOB '????-??-??'),
      until_day TEXT CHECK (until_day GLOB '????-??-??'),
      capacity TEXT CHECK (capacity IN ('in_place_of', 'on_behalf_of')),
      order_number TEXT,
      order_day TEXT CHECK (order_day GLOB '????-??-??'),
      granted_by INTEGER REFERENCES person (id),
      granted_at INTEGER NOT NULL,
      CHECK ((capacity IS NULL) = (order_number IS NULL) AND (capacity IS NULL) = (order_day IS NULL))
    ) STRICT;
    CREATE INDEX role_grant_person ON role_grant (person);

    -- The same offices as in the grant, so that an office finds its people.
    CREATE TABLE role_grant_office (
      role_grant INTEGER NOT NULL REFERENCES role_grant (id),
      office INTEGER NOT NULL REFERENCES office (id),
      PRIMARY KEY (office, role_grant)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE conflict (
      id INTEGER PRIMARY KEY,
      person INTEGER NOT NULL REFERENCES person (id),
      office INTEGER NOT NULL REFERENCES office (id),
      reason TEXT NOT NULL,
      declared_at INTEGER NOT NULL,
      UNIQUE (person, office)
    ) STRICT;

    CREATE TABLE password (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      -- PHC string: $scrypt$ln=15,r=8,p=3$salt$hash
      hash TEXT NOT NULL,
      set_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE sign_in_code (
      person INTEGER PRIMARY KEY REFERENCES person (id),
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      expires_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE session (
      hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
      person INTEGER NOT NULL REFERENCES person (id),
      made_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_person ON session (person);
    """
}
