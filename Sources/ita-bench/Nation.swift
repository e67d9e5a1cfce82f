struct Nation { let offices: Int; let folder: String?; func run() async throws {} }
