// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let scrypt = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let server = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let ssl = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let threads = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let http1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let embedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let http = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let parts = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "sucharit",
  products: [
    .executable(name: "ita", targets: ["ita"]),
    .executable(name: "ita-bench", targets: ["ita-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    // Configuration is read once, in `ita`: its traits are left out.
    .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
    .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
  ],
  targets: [
    .target(name: "Integrity", swiftSettings: strict),
    .target(name: "Documents", dependencies: ["Integrity", yams], swiftSettings: strict),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CQrencode", pkgConfig: "libqrencode",
      providers: [.apt(["libqrencode-dev"]), .brew(["qrencode"])]),
    .target(
      name: "Reports", dependencies: ["Integrity", "Documents", "CXlsxWriter", "CZlib", mustache],
      swiftSettings: strict),
    .target(name: "Storage", dependencies: ["Integrity", grdb, sqlite, crypto], swiftSettings: strict),
    .target(
      name: "Portal",
      dependencies: [
        "Integrity", "Documents", "Storage", "Reports", "CQrencode", hummingbird, server, ssl, nio, threads,
        http1,
        http, parts, logging, lifecycle, signals, crypto, scrypt,
      ], swiftSettings: strict),
    .target(name: "Specimen", dependencies: ["Integrity"], swiftSettings: strict),
    .executableTarget(
      name: "ita",
      dependencies: ["Integrity", "Documents", "Storage", "Reports", "Portal", "Specimen", arguments],
      swiftSettings: strict),
    .executableTarget(
      name: "ita-bench",
      dependencies: [
        "Integrity", "Documents", "Storage", "Reports", "Portal", "Specimen", grdb, crypto, hummingbird, http,
        nio, logging,
      ], swiftSettings: strict),
    .testTarget(name: "IntegrityTests", dependencies: ["Integrity", "Specimen"], swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Integrity", "Documents", "Specimen"], swiftSettings: strict),
    .testTarget(
      name: "StorageTests", dependencies: ["Integrity", "Documents", "Storage", "Reports", "Specimen", grdb],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Integrity", "Documents", "Reports", "Specimen", mustache],
      swiftSettings: strict),
    .target(name: "Wire", dependencies: [nio, threads, ssl], path: "Tests/Wire", swiftSettings: strict),
    .testTarget(
      name: "PortalTests",
      dependencies: [
        "Integrity", "Documents", "Storage", "Reports", "Portal", "Specimen", "Wire", hummingbird, server,
        nio,
        embedded, http, logging, lifecycle, grdb,
      ], swiftSettings: strict),
    .testTarget(name: "CommandTests", dependencies: ["ita", "Wire"], swiftSettings: strict),
  ]
)
