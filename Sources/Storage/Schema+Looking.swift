/// What looking through a country's trail, and over what its offices have sent and contest, takes: no data of its own.
extension Schema {
  static let looking = """
    -- Entries of the trail by who, what and in which cycle, the latest first; those of an office have an index already.
    CREATE INDEX event_person ON event (person, id);
    CREATE INDEX event_act ON event (act, id);
    CREATE INDEX event_cycle ON event (cycle, id);

    -- What was contested and who decides on it.
    CREATE INDEX clarification_decider ON clarification (decider, cycle);

    -- Which disclosures stand submitted, office by office.
    CREATE INDEX submission_submitted ON submission (cycle, office, item) WHERE state = 'submitted';
    """
}
