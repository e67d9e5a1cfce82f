CREATE TRIGGER agreement_frozen BEFORE UPDATE ON agreement
  BEGIN SELECT RAISE(ABORT, 'agreements are not changed'); END;

CREATE TRIGGER agreement_kept BEFORE DELETE ON agreement
  BEGIN SELECT RAISE(ABORT, 'agreements are kept'); END;

CREATE TRIGGER amendment_frozen BEFORE UPDATE ON amendment
  BEGIN SELECT RAISE(ABORT, 'amendments are not changed'); END;

CREATE TRIGGER amendment_kept BEFORE DELETE ON amendment
  BEGIN SELECT RAISE(ABORT, 'amendments are kept'); END;

CREATE TRIGGER cycle_rubric_frozen BEFORE UPDATE ON cycle_rubric
  WHEN (SELECT stage FROM cycle WHERE id = old.cycle) <> 'preparing'
  BEGIN SELECT RAISE(ABORT, 'the rubric of an open cycle is frozen'); END;

CREATE TRIGGER cycle_rubric_kept BEFORE DELETE ON cycle_rubric
  WHEN (SELECT stage FROM cycle WHERE id = old.cycle) <> 'preparing'
  BEGIN SELECT RAISE(ABORT, 'the rubric of an open cycle is frozen'); END;

CREATE TRIGGER event_frozen BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'the trail is not changed'); END;

CREATE TRIGGER event_kept BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'the trail is kept'); END;

CREATE TRIGGER event_payload_frozen BEFORE UPDATE ON event_payload
  BEGIN SELECT RAISE(ABORT, 'the trail is not changed'); END;

CREATE TRIGGER evidence_closed BEFORE INSERT ON evidence
  WHEN (SELECT state FROM submission WHERE id = new.submission) IN ('submitted', 'recalled')
  BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;

CREATE TRIGGER evidence_frozen BEFORE UPDATE ON evidence
  BEGIN SELECT RAISE(ABORT, 'evidence is replaced, not changed'); END;

CREATE TRIGGER evidence_kept BEFORE DELETE ON evidence
  WHEN (SELECT state FROM submission WHERE id = old.submission) IN ('submitted', 'recalled')
  BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;

CREATE TRIGGER finding_capture_frozen BEFORE UPDATE ON finding_capture
  BEGIN SELECT RAISE(ABORT, 'findings are added, not changed'); END;

CREATE TRIGGER finding_capture_kept BEFORE DELETE ON finding_capture
  BEGIN SELECT RAISE(ABORT, 'findings are kept'); END;

CREATE TRIGGER finding_frozen BEFORE UPDATE ON finding
  BEGIN SELECT RAISE(ABORT, 'findings are added, not changed'); END;

CREATE TRIGGER finding_kept BEFORE DELETE ON finding
  BEGIN SELECT RAISE(ABORT, 'findings are kept'); END;

CREATE TRIGGER finding_seen_frozen BEFORE UPDATE ON finding_seen
  BEGIN SELECT RAISE(ABORT, 'findings are added, not changed'); END;

CREATE TRIGGER finding_seen_kept BEFORE DELETE ON finding_seen
  BEGIN SELECT RAISE(ABORT, 'findings are kept'); END;

CREATE TRIGGER receipt_frozen BEFORE UPDATE ON receipt
  BEGIN SELECT RAISE(ABORT, 'receipts are not changed'); END;

CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
  BEGIN SELECT RAISE(ABORT, 'receipts are kept'); END;

CREATE TRIGGER sealed_scorecard_frozen BEFORE UPDATE ON sealed_scorecard
  BEGIN SELECT RAISE(ABORT, 'a sealed scorecard is amended, not changed'); END;

CREATE TRIGGER sealed_scorecard_kept BEFORE DELETE ON sealed_scorecard
  BEGIN SELECT RAISE(ABORT, 'sealed scorecards are kept'); END;

CREATE TRIGGER sealed_tally_frozen BEFORE UPDATE ON sealed_tally
  BEGIN SELECT RAISE(ABORT, 'a sealed tally is not changed'); END;

CREATE TRIGGER sealed_tally_kept BEFORE DELETE ON sealed_tally
  BEGIN SELECT RAISE(ABORT, 'sealed tallies are kept'); END;

CREATE TRIGGER slip_order_frozen BEFORE UPDATE ON slip_order WHEN old.done_by IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'an order that was carried out is not changed'); END;

CREATE TRIGGER slip_order_kept BEFORE DELETE ON slip_order
  BEGIN SELECT RAISE(ABORT, 'orders are kept'); END;

CREATE TRIGGER spread_frozen BEFORE UPDATE ON spread
  BEGIN SELECT RAISE(ABORT, 'spreads are not changed'); END;

CREATE TRIGGER spread_kept BEFORE DELETE ON spread
  BEGIN SELECT RAISE(ABORT, 'spreads are kept'); END;

CREATE TRIGGER submission_element_closed BEFORE INSERT ON submission_element
  WHEN (SELECT state FROM submission WHERE id = new.submission) IN ('submitted', 'recalled')
  BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;

CREATE TRIGGER submission_element_frozen BEFORE UPDATE ON submission_element
  BEGIN SELECT RAISE(ABORT, 'elements are replaced, not changed'); END;

CREATE TRIGGER submission_element_kept BEFORE DELETE ON submission_element
  WHEN (SELECT state FROM submission WHERE id = old.submission) IN ('submitted', 'recalled')
  BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;

CREATE TRIGGER submission_frozen BEFORE UPDATE ON submission
  WHEN old.state IN ('submitted', 'recalled')
    AND NOT (old.state = 'submitted' AND new.state = 'recalled' AND new.id = old.id AND new.cycle = old.cycle
      AND new.office = old.office AND new.item = old.item AND new.version = old.version
      AND new.is_disclosed IS old.is_disclosed AND new.note = old.note AND new.made_by = old.made_by
      AND new.made_at = old.made_at AND new.revision = old.revision)
  BEGIN SELECT RAISE(ABORT, 'what was submitted is not changed'); END;

CREATE TRIGGER submission_kept BEFORE DELETE ON submission
  BEGIN SELECT RAISE(ABORT, 'submissions are kept'); END;

CREATE TRIGGER submission_move_frozen BEFORE UPDATE ON submission_move
  BEGIN SELECT RAISE(ABORT, 'moves are not changed'); END;

CREATE TRIGGER submission_move_kept BEFORE DELETE ON submission_move
  BEGIN SELECT RAISE(ABORT, 'moves are kept'); END;

CREATE TABLE acknowledgement (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  person INTEGER NOT NULL REFERENCES person (id),
  made_at INTEGER NOT NULL,
  UNIQUE (cycle, office, person)
) STRICT;

CREATE TABLE agreement (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  what TEXT NOT NULL CHECK (what IN ('seal', 'amend')),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  person INTEGER NOT NULL REFERENCES person (id),
  agreed_at INTEGER NOT NULL,
  UNIQUE (cycle, what, digest, person)
) STRICT;

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

CREATE TABLE asking_closed (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  instrument TEXT NOT NULL,
  -- When the last window had closed.
  ended_at INTEGER NOT NULL,
  UNIQUE (cycle, instrument)
) STRICT;

CREATE TABLE asking_day (
  cycle INTEGER PRIMARY KEY REFERENCES cycle (id),
  day TEXT NOT NULL CHECK (day GLOB '????-??-??')
) STRICT;

CREATE TABLE asking_step (
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  instrument TEXT NOT NULL,
  office INTEGER NOT NULL REFERENCES office (id),
  step TEXT NOT NULL CHECK (step IN ('below_half', 'half', 'full')),
  has_figure INTEGER NOT NULL CHECK (has_figure IN (0, 1)),
  PRIMARY KEY (cycle, instrument, office)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  -- NULL for every disclosure of the office.
  item TEXT,
  assessor INTEGER NOT NULL REFERENCES person (id),
  from_at INTEGER NOT NULL,
  until_at INTEGER,
  reason TEXT NOT NULL
, spread INTEGER REFERENCES spread (id)) STRICT;

CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  size INTEGER NOT NULL CHECK (size >= 0)
) STRICT;

CREATE TABLE blob_piece (
  id INTEGER PRIMARY KEY,
  blob INTEGER NOT NULL REFERENCES blob (id),
  position INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (blob, position)
) STRICT;

CREATE TABLE clarification (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  item TEXT NOT NULL,
  finding INTEGER REFERENCES finding (id),
  person INTEGER NOT NULL REFERENCES person (id),
  statement TEXT NOT NULL CHECK (statement <> ''),
  -- JSON array of {kind, text, pointer, quote}.
  evidence TEXT NOT NULL CHECK (evidence GLOB '[[]*]'),
  decider INTEGER REFERENCES person (id),
  made_at INTEGER NOT NULL,
  UNIQUE (cycle, office, item)
) STRICT;

CREATE TABLE comment (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  -- The stable key of the disclosure it is for; NULL for every one.
  item TEXT CHECK (item <> ''),
  reason_code TEXT CHECK (reason_code <> ''),
  text TEXT NOT NULL CHECK (text <> ''),
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE conflict (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  office INTEGER NOT NULL REFERENCES office (id),
  reason TEXT NOT NULL,
  declared_at INTEGER NOT NULL,
  UNIQUE (person, office)
) STRICT;

CREATE TABLE contact (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  email TEXT NOT NULL,
  phone TEXT NOT NULL
) STRICT;

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
, seals_with_secret INTEGER NOT NULL DEFAULT 1 CHECK (seals_with_secret IN (0, 1))) STRICT;

CREATE TABLE cycle_rubric (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  name TEXT NOT NULL,
  digest BLOB NOT NULL REFERENCES rubric_text (digest),
  UNIQUE (cycle, position)
) STRICT;

CREATE TABLE cycle_window (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  what TEXT NOT NULL,
  opens INTEGER NOT NULL,
  closes INTEGER NOT NULL CHECK (opens < closes),
  UNIQUE (cycle, what)
) STRICT;

CREATE TABLE earlier_figure (
  id INTEGER PRIMARY KEY,
  office INTEGER NOT NULL REFERENCES office (id),
  year INTEGER NOT NULL CHECK (year BETWEEN 2400 AND 3000),
  node TEXT NOT NULL,
  millionths INTEGER NOT NULL,
  source TEXT NOT NULL,
  UNIQUE (office, year, node)
) STRICT;

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

CREATE TABLE event_payload (
  event INTEGER PRIMARY KEY REFERENCES event (id),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  payload TEXT NOT NULL CHECK (payload GLOB '{*}')
) STRICT;

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submission (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'file', 'note')),
  -- The link, the file's name or the note's text.
  text TEXT NOT NULL,
  blob INTEGER REFERENCES blob (id),
  pointer TEXT NOT NULL,
  quote TEXT NOT NULL, nature TEXT NOT NULL DEFAULT 'document'
  CHECK (nature IN ('document', 'declaration', 'order', 'training', 'innovation')),
  UNIQUE (submission, position),
  CHECK ((kind = 'file') = (blob IS NOT NULL))
) STRICT;

CREATE TABLE extension (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  instrument TEXT NOT NULL,
  until INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  item TEXT NOT NULL,
  -- The version that was judged; NULL where nothing was submitted.
  submission INTEGER REFERENCES submission (id),
  assessor INTEGER NOT NULL REFERENCES person (id),
  stage TEXT NOT NULL CHECK (stage IN ('first', 'second', 'clarified', 'corrected')),
  judgement TEXT NOT NULL CHECK (judgement IN ('met', 'not_met', 'option', 'number', 'elements',
    'not_applicable', 'pending')),
  -- The option's code, the number, or the elements' keys as a JSON array; '' for the others.
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_at INTEGER NOT NULL
, reason_code TEXT CHECK (reason_code <> ''), note TEXT NOT NULL DEFAULT '', undoes INTEGER REFERENCES finding (id)) STRICT;

CREATE TABLE finding_capture (
  id INTEGER PRIMARY KEY,
  finding INTEGER NOT NULL REFERENCES finding (id),
  blob INTEGER NOT NULL REFERENCES blob (id),
  name TEXT NOT NULL CHECK (name <> ''),
  -- The link it shows; '' where that was not said.
  link TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  UNIQUE (finding, blob)
) STRICT;

CREATE TABLE "finding_seen" (
  id INTEGER PRIMARY KEY,
  finding INTEGER NOT NULL REFERENCES finding (id),
  link TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('opened', 'not_found', 'unreachable', 'closed', 'wrong_document')),
  seen_at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE given_figure (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  node TEXT NOT NULL,
  millionths INTEGER NOT NULL,
  source TEXT NOT NULL,
  UNIQUE (cycle, office, node)
) STRICT;

CREATE TABLE invitation (
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  instrument TEXT NOT NULL,
  route TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  is_spent INTEGER NOT NULL DEFAULT 0 CHECK (is_spent IN (0, 1)),
  PRIMARY KEY (cycle, instrument, route, office, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  item TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  -- One more each time it is saved: a page filled from an earlier one is told so.
  revision INTEGER NOT NULL CHECK (revision >= 1),
  -- JSON arrays of keys.
  found TEXT NOT NULL CHECK (found GLOB '[[]*]'),
  missing TEXT NOT NULL CHECK (missing GLOB '[[]*]'),
  -- As a finding has them; '' where nothing is said yet.
  judgement TEXT NOT NULL CHECK (judgement IN ('', 'met', 'not_met', 'option', 'not_applicable')),
  value TEXT NOT NULL,
  number TEXT NOT NULL,
  reason_code TEXT CHECK (reason_code <> ''),
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  -- JSON array of [link, state, seconds].
  looks TEXT NOT NULL CHECK (looks GLOB '[[]*]'),
  begun_at INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  UNIQUE (cycle, office, item, person)
) STRICT;

CREATE TABLE mark_capture (
  mark INTEGER NOT NULL REFERENCES mark (id) ON DELETE CASCADE,
  blob INTEGER NOT NULL REFERENCES blob (id),
  name TEXT NOT NULL CHECK (name <> ''),
  link TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  PRIMARY KEY (mark, blob)
) STRICT, WITHOUT ROWID;

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
, region_th TEXT CHECK (region_th <> ''), region_en TEXT
  CHECK (region_en <> '' AND (region_th IS NULL) = (region_en IS NULL))) STRICT;

CREATE TABLE office_file (
  office INTEGER NOT NULL REFERENCES office (id),
  blob INTEGER NOT NULL REFERENCES blob (id),
  PRIMARY KEY (office, blob)
) STRICT, WITHOUT ROWID;

CREATE TABLE participant (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  name_th TEXT NOT NULL,
  name_en TEXT NOT NULL,
  kind TEXT,
  parent TEXT,
  provinces TEXT NOT NULL CHECK (provinces GLOB '[[]*]'),
  conditions TEXT NOT NULL CHECK (conditions GLOB '[[]*]'), region_th TEXT CHECK (region_th <> ''), region_en TEXT
  CHECK (region_en <> '' AND (region_th IS NULL) = (region_en IS NULL)),
  UNIQUE (cycle, office)
) STRICT;

CREATE TABLE password (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  -- PHC string: $scrypt$ln=15,r=8,p=3$salt$hash
  hash TEXT NOT NULL,
  set_at INTEGER NOT NULL
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

CREATE TABLE posting (
  id INTEGER PRIMARY KEY,
  person INTEGER NOT NULL REFERENCES person (id),
  office INTEGER NOT NULL REFERENCES office (id),
  kind TEXT NOT NULL CHECK (kind IN ('employing', 'hosting')),
  from_day TEXT NOT NULL CHECK (from_day GLOB '????-??-??'),
  until_day TEXT CHECK (until_day GLOB '????-??-??' AND from_day < until_day),
  UNIQUE (person, office, kind, from_day)
) STRICT;

CREATE TABLE preference (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  language TEXT NOT NULL CHECK (language IN ('th', 'en')),
  digits TEXT NOT NULL CHECK (digits IN ('arabic', 'thai'))
) STRICT;

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

CREATE TABLE recovery_code (
  person INTEGER NOT NULL REFERENCES person (id),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE registry (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  made_at INTEGER NOT NULL,
  -- A keyed hash of a constant: tells whether the key file is the right one.
  key_check BLOB NOT NULL CHECK (length(key_check) = 32)
) STRICT;

CREATE TABLE response (
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  instrument TEXT NOT NULL,
  route TEXT NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 16),
  answers BLOB NOT NULL,
  PRIMARY KEY (cycle, instrument, route, office, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE retention_rule (
  what TEXT PRIMARY KEY CHECK (what IN ('contact', 'responses', 'sessions')),
  days INTEGER NOT NULL CHECK (days >= 0)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE role_grant_office (
  role_grant INTEGER NOT NULL REFERENCES role_grant (id),
  office INTEGER NOT NULL REFERENCES office (id),
  PRIMARY KEY (office, role_grant)
) STRICT, WITHOUT ROWID;

CREATE TABLE rubric_text (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE second_factor (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  -- Sealed under the key file: a nonce of 12 bytes, the secret, a tag of 16.
  secret BLOB NOT NULL CHECK (length(secret) > 28),
  -- NULL until the person has shown that their device gives the right numbers.
  confirmed_at INTEGER,
  -- The last time step of which a number was taken: none is taken twice.
  last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE session (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  person INTEGER NOT NULL REFERENCES person (id),
  made_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
, label TEXT NOT NULL DEFAULT '', is_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (is_confirmed IN (0, 1))) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_code (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  expires_at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE spent_form (
  key BLOB PRIMARY KEY CHECK (length(key) = 32),
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE stakeholders (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  instrument TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 0),
  UNIQUE (cycle, office, instrument)
) STRICT;

CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  cycle INTEGER NOT NULL REFERENCES cycle (id),
  office INTEGER NOT NULL REFERENCES office (id),
  item TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'returned', 'submitted', 'recalled')),
  is_disclosed INTEGER CHECK (is_disclosed IN (0, 1)),
  note TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES person (id),
  made_at INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  UNIQUE (cycle, office, item, version)
) STRICT;

CREATE TABLE submission_element (
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submission (id),
  element TEXT NOT NULL CHECK (element <> ''),
  place TEXT NOT NULL,
  UNIQUE (submission, element)
) STRICT;

CREATE TABLE submission_move (
  id INTEGER PRIMARY KEY,
  submission INTEGER NOT NULL REFERENCES submission (id),
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  capacity TEXT,
  order_number TEXT,
  moved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE working_group (
  id INTEGER PRIMARY KEY,
  office INTEGER NOT NULL REFERENCES office (id),
  code TEXT NOT NULL CHECK (code <> ''),
  title_th TEXT NOT NULL,
  title_en TEXT NOT NULL,
  UNIQUE (office, code)
) STRICT;

CREATE INDEX amendment_office ON amendment (cycle, office);

CREATE INDEX assignment_assessor ON assignment (assessor, cycle);

CREATE INDEX assignment_office ON assignment (cycle, office);

CREATE INDEX clarification_decider ON clarification (decider, cycle);

CREATE INDEX comment_person ON comment (person);

CREATE INDEX event_act ON event (act, id);

CREATE INDEX event_cycle ON event (cycle, id);

CREATE INDEX event_office ON event (office, id);

CREATE INDEX event_person ON event (person, id);

CREATE INDEX event_row ON event (row_table, row_id, id);

CREATE INDEX extension_cycle ON extension (cycle);

CREATE INDEX finding_assessor ON finding (assessor, cycle);

CREATE INDEX finding_first ON finding (cycle, office, item) WHERE stage = 'first';

CREATE INDEX finding_later ON finding (cycle, office) WHERE stage <> 'first';

CREATE INDEX finding_office ON finding (cycle, office, item);

CREATE INDEX finding_seen_finding ON finding_seen (finding);

CREATE INDEX mark_person ON mark (person, cycle);

CREATE INDEX office_parent ON office (parent);

CREATE INDEX participant_office ON participant (office);

CREATE INDEX posting_office ON posting (office);

CREATE INDEX receipt_office ON receipt (cycle, office);

CREATE INDEX role_grant_person ON role_grant (person);

CREATE INDEX sealed_scorecard_head ON sealed_scorecard (cycle, version, office, digest, units, places, sealed_at);

CREATE INDEX session_end ON session (ends_at);

CREATE INDEX session_person ON session (person);

CREATE INDEX sign_in_code_hash ON sign_in_code (hash);

CREATE INDEX slip_order_office ON slip_order (cycle, office);

CREATE INDEX spent_form_made ON spent_form (made_at);

CREATE INDEX spread_cycle ON spread (cycle);

CREATE INDEX submission_move_submission ON submission_move (submission);

CREATE INDEX submission_submitted ON submission (cycle, office, item) WHERE state = 'submitted';
