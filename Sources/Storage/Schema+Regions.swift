/// The part of the country an office lies in, so that results can be looked at by it; and a way to the few findings that
/// were made after the first.
extension Schema {
  static let regions = """
    ALTER TABLE office ADD COLUMN region_th TEXT CHECK (region_th <> '');
    ALTER TABLE office ADD COLUMN region_en TEXT
      CHECK (region_en <> '' AND (region_th IS NULL) = (region_en IS NULL));
    ALTER TABLE participant ADD COLUMN region_th TEXT CHECK (region_th <> '');
    ALTER TABLE participant ADD COLUMN region_en TEXT
      CHECK (region_en <> '' AND (region_th IS NULL) = (region_en IS NULL));

    -- Offices whose score may be another than by first findings alone, without reading the findings of a country.
    CREATE INDEX finding_later ON finding (cycle, office) WHERE stage <> 'first';
    """
}
