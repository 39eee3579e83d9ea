// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// So that the program starts fast and stays small in memory, the linker of LLVM packs the relocations of a file that may
// lie anywhere, and puts the functions side by side that the start calls (`make order`).
let linking: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
            "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/packaging/start.order",
            "-Xlinker", "--no-warn-symbol-ordering",
        ], .when(configuration: .release))
]

let package = Package(
    name: "sluice",
    products: [
        .executable(name: "sluice", targets: ["sluice"]),
        // For tests: what a program is started with that is to be killed at one of its steps.
        .library(name: "SystemCallFaults", type: .dynamic, targets: ["SystemCallFaults"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        // Documentation only (`make documentation`); nothing of it is linked.
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    ],
    targets: [
        // The system's libraries, found by pkg-config.
        .systemLibrary(
            name: "CNcurses", pkgConfig: "ncursesw", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CProcess"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "CSnappy", pkgConfig: "snappy", providers: [.apt(["libsnappy-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),

        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),

        // Those that are loaded when they are needed; nothing is linked with them.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibSSH", providers: [.apt(["libssh-dev"])]),
        .target(name: "CDeferredLibraries"),

        // What people read, in their language.
        .target(name: "Languages", swiftSettings: strict),
        .target(
            name: "LanguageFiles", dependencies: ["CLanguageFiles"], path: "languages",
            exclude: ["texts.py", "zh_CN.po"], swiftSettings: strict),
        .target(name: "CLanguageFiles"),

        // The vocabulary and the rules, as values.
        .target(name: "Secrets", swiftSettings: strict),
        .target(name: "Hexadecimal", swiftSettings: strict),
        .target(
            name: "ExportDomain", dependencies: ["Languages", "Secrets"],
            resources: [.embedInCode("connection-specs.json")],
            swiftSettings: strict),

        // Bytes: records, compression, storages.
        .target(name: "CDispatchWatch"),
        .target(
            name: "ParallelWork", dependencies: ["CMalloc", "CDispatchWatch"], swiftSettings: strict),
        .target(
            name: "Parquet",
            dependencies: [
                "Languages", "ParallelWork", "CZlib", "CDeflate", "CSnappy", "CZstd", "CLZ4", "CBrotli",
            ],
            swiftSettings: strict),
        .target(
            name: "Records", dependencies: ["Languages", "Parquet", "ParallelWork", "CZlib", "CDeflate"],
            swiftSettings: strict),
        .target(name: "CCurlOptions", dependencies: ["CCurl", "CDeferredLibraries"]),
        .target(
            name: "Transfer",
            dependencies: [
                "Languages", "CCurl", "CCurlOptions", "CDeferredLibraries",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict),
        .target(
            name: "SecureShell",
            dependencies: [
                "Languages", "Secrets", "CLibSSH", "CDeferredLibraries",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "ObjectStorage",
            dependencies: [
                "Languages", "Secrets", "Hexadecimal", "Transfer", "SecureShell", "CExpat",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict),

        // Experience Platform's REST API.
        .target(
            name: "FlowServiceAPI",
            dependencies: [
                "Languages", "ExportDomain", "Secrets",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict),
        .target(
            name: "FlowServiceClient",
            dependencies: [
                "Languages", "FlowServiceAPI", "ExportDomain", "Secrets", "Transfer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict),

        .target(name: "ChildPrograms", dependencies: ["Languages", "CProcess"], swiftSettings: strict),

        // The storages of destinations, and what is in them.
        .target(
            name: "DestinationStorages",
            dependencies: [
                "Languages", "Secrets", "Hexadecimal", "ExportDomain", "Parquet", "Records", "Transfer",
                "SecureShell",
                "ObjectStorage",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),

        // What a Flow Service does not offer, for a distant platform.
        .target(
            name: "RemotePlatform",
            dependencies: [
                "Languages", "ExportDomain", "FlowServiceAPI", "FlowServiceClient", "DestinationStorages",
                "ObjectStorage",
                "Secrets", "Transfer",
            ],
            swiftSettings: strict),

        // The platform that the program carries.
        .target(
            name: "EmbeddedPlatform",
            dependencies: [
                "Languages", "Secrets", "Hexadecimal", "ExportDomain", "Parquet", "Records", "Transfer",
                "ObjectStorage",
                "DestinationStorages", "ChildPrograms",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),

        // The same API for others.
        .target(
            name: "FlowServiceServer",
            dependencies: [
                "Languages", "ExportDomain", "FlowServiceAPI", "Secrets", "Hexadecimal",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),

        // Screens.
        .target(name: "CTerminalRescue"),
        .target(name: "FuzzySearch", swiftSettings: strict),
        .target(
            name: "TerminalKit", dependencies: ["Languages", "CNcurses", "CTerminalRescue", "FuzzySearch"],
            swiftSettings: strict),
        .target(
            name: "ExportWizard",
            dependencies: ["Languages", "TerminalKit", "FuzzySearch", "ExportDomain", "Secrets"],
            swiftSettings: strict),

        // The program.
        .target(
            name: "TOMLText",
            dependencies: ["Languages", "ExportDomain", .product(name: "TOMLKit", package: "TOMLKit")],
            swiftSettings: strict),
        .target(
            name: "PlanFile", dependencies: ["Languages", "ExportDomain", "TOMLText"], swiftSettings: strict),
        .target(
            name: "Profiles",
            dependencies: ["Languages", "ExportDomain", "FlowServiceClient", "Secrets", "TOMLText"],
            swiftSettings: strict),
        .target(
            name: "ThemeFiles", path: "themes",
            resources: [
                .embedInCode("default.toml"), .embedInCode("dark.toml"), .embedInCode("light.toml"),
                .embedInCode("high-contrast.toml"), .embedInCode("colour-blind-safe.toml"),
                .embedInCode("monochrome.toml"),
            ],
            swiftSettings: strict),
        .target(
            name: "Preferences",
            dependencies: ["Languages", "TerminalKit", "ThemeFiles", "TOMLText", "ExportDomain"],
            swiftSettings: strict),
        .target(
            name: "ChineseHelpTopics", path: "help/zh_CN",
            resources: [
                .embedInCode("keys.md"), .embedInCode("plain.md"), .embedInCode("appearance.md"),
                .embedInCode("commands.md"),
                .embedInCode("plan.md"), .embedInCode("lake.md"), .embedInCode("files.md"),
                .embedInCode("storages.md"), .embedInCode("verification.md"), .embedInCode("scheduling.md"),
                .embedInCode("platforms.md"), .embedInCode("server.md"), .embedInCode("troubleshooting.md"),
            ],
            swiftSettings: strict),
        .target(
            name: "HelpTopics", dependencies: ["ChineseHelpTopics", "Languages"], path: "help",
            exclude: ["zh_CN"],
            resources: [
                .embedInCode("keys.md"), .embedInCode("plain.md"), .embedInCode("appearance.md"),
                .embedInCode("commands.md"),
                .embedInCode("plan.md"), .embedInCode("lake.md"), .embedInCode("files.md"),
                .embedInCode("storages.md"), .embedInCode("verification.md"), .embedInCode("scheduling.md"),
                .embedInCode("platforms.md"), .embedInCode("server.md"), .embedInCode("troubleshooting.md"),
            ],
            swiftSettings: strict),
        .target(name: "HelpPages", dependencies: ["TerminalKit"], swiftSettings: strict),
        .target(name: "SampleLake", dependencies: ["Languages"], swiftSettings: strict),
        .executableTarget(
            name: "sluice",
            dependencies: [
                "Languages", "LanguageFiles", "Secrets", "ExportDomain", "Parquet", "Records", "Transfer",
                "ObjectStorage",
                "DestinationStorages", "EmbeddedPlatform", "FlowServiceClient", "FlowServiceServer",
                "PlanFile",
                "Profiles", "Preferences", "RemotePlatform", "SampleLake", "TerminalKit", "ExportWizard",
                "HelpPages", "HelpTopics",
                "ParallelWork",
                "CProcess", "ChildPrograms",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict, linkerSettings: linking),

        .executableTarget(
            name: "sluice-bench",
            dependencies: [
                "Parquet", "Records", "SampleLake", "ObjectStorage", "SecureShell", "Transfer", "Secrets",
                "ParallelWork", "SilentServers", "FuzzySearch",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Benchmarks/SluiceBench", swiftSettings: strict),

        // Tests.
        .target(
            name: "StorageConformance", dependencies: ["ObjectStorage"],
            path: "Tests/Support/StorageConformance", swiftSettings: strict),
        .target(
            name: "FlowServiceConformance", dependencies: ["Languages", "ExportDomain", "Secrets"],
            path: "Tests/Support/FlowServiceConformance", swiftSettings: strict),
        .target(name: "TestFiles", path: "Tests/Support/TestFiles", swiftSettings: strict),
        .target(
            name: "TestServers", dependencies: ["TestFiles"], path: "Tests/Support/TestServers",
            swiftSettings: strict),
        .target(
            name: "SilentServers", path: "Tests/Support/SilentServers", swiftSettings: strict),
        .target(
            name: "SystemCallFaults", path: "Tests/Support/SystemCallFaults",
            cSettings: [.define("_GNU_SOURCE")]),
        .target(
            name: "ParquetHostility", dependencies: ["Parquet", "TestFiles"],
            path: "Tests/Support/ParquetHostility", swiftSettings: strict),
        .executableTarget(
            name: "ParquetFuzz", dependencies: ["ParquetHostility"], path: "Tests/Support/ParquetFuzz",
            swiftSettings: strict),
        .target(
            name: "TextLiterals", dependencies: ["Languages"], path: "Tests/Support/TextLiterals",
            swiftSettings: strict),
        .target(
            name: "TerminalTesting", dependencies: ["TerminalKit", "TestFiles"],
            path: "Tests/Support/TerminalTesting", swiftSettings: strict),
        .executableTarget(
            name: "TerminalProbe", dependencies: ["TerminalKit", "TextLiterals"],
            path: "Tests/Support/TerminalProbe", swiftSettings: strict),
        .testTarget(
            name: "LanguagesTests", dependencies: ["Languages", "LanguageFiles", "TestFiles"],
            swiftSettings: strict),
        .testTarget(
            name: "HexadecimalTests", dependencies: ["Hexadecimal"], swiftSettings: strict),
        .testTarget(
            name: "ExportDomainTests", dependencies: ["ExportDomain", "Languages", "Secrets"],
            swiftSettings: strict),
        .testTarget(
            name: "FlowServiceAPITests",
            dependencies: ["Languages", "FlowServiceAPI", "ExportDomain", "Secrets"],
            exclude: ["Answers", "Bodies"], swiftSettings: strict),
        .testTarget(
            name: "FlowServiceClientTests",
            dependencies: [
                "Languages", "FlowServiceClient", "FlowServiceAPI", "FlowServiceServer",
                "FlowServiceConformance", "EmbeddedPlatform", "ExportDomain", "Secrets", "Transfer",
                "TestFiles", "TestServers",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RemotePlatformTests",
            dependencies: [
                "Languages", "RemotePlatform", "FlowServiceClient", "FlowServiceAPI", "FlowServiceServer",
                "DestinationStorages", "EmbeddedPlatform", "ExportDomain", "ObjectStorage", "Secrets",
                "Transfer", "TestFiles", "TestServers",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PlanFileTests", dependencies: ["PlanFile", "ExportDomain"], swiftSettings: strict),
        .testTarget(
            name: "ProfilesTests", dependencies: ["Profiles", "FlowServiceClient", "Secrets", "TOMLText"],
            swiftSettings: strict),
        .testTarget(
            name: "PreferencesTests",
            dependencies: ["Preferences", "TerminalKit", "ThemeFiles", "TOMLText", "TestFiles"],
            swiftSettings: strict),
        .testTarget(
            name: "HelpPagesTests",
            dependencies: [
                "HelpPages", "HelpTopics", "LanguageFiles", "Languages", "TerminalKit", "TestFiles",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ChildProgramsTests", dependencies: ["ChildPrograms", "TestFiles"], swiftSettings: strict),
        .testTarget(
            name: "ParallelWorkTests", dependencies: ["ParallelWork", "TestFiles"],
            exclude: ["RestingProgram"], swiftSettings: strict),
        .testTarget(
            name: "ParquetTests", dependencies: ["Languages", "Parquet", "ParquetHostility", "TestFiles"],
            exclude: ["Corpus"], swiftSettings: strict),
        .testTarget(
            name: "RecordsTests", dependencies: ["Records", "Parquet", "TestFiles", "CZlib", "CDeflate"],
            swiftSettings: strict),
        .testTarget(
            name: "SampleLakeTests", dependencies: ["SampleLake", "Records", "TestFiles"],
            swiftSettings: strict),
        .testTarget(
            name: "ObjectStorageTests",
            dependencies: [
                "Languages", "ObjectStorage", "SecureShell", "Transfer", "Secrets", "Hexadecimal",
                "StorageConformance",
                "TestFiles", "TestServers",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            exclude: ["SigV4"], swiftSettings: strict),
        .testTarget(
            name: "SecureShellTests", dependencies: ["SecureShell", "Secrets", "TestFiles"],
            swiftSettings: strict),
        .testTarget(
            name: "TransferTests",
            dependencies: [
                "Languages", "Transfer", "SilentServers", "TestFiles", "TestServers",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EmbeddedPlatformTests",
            dependencies: [
                "Languages", "EmbeddedPlatform", "DestinationStorages", "SampleLake", "ExportDomain",
                "Records",
                "ObjectStorage", "Secrets",
                "FlowServiceConformance", "TestFiles", "TestServers", "Transfer",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "FlowServiceServerTests",
            dependencies: [
                "FlowServiceServer", "FlowServiceAPI", "EmbeddedPlatform", "ExportDomain", "Secrets",
                "Transfer", "TestFiles", "TestServers",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "FuzzySearchTests", dependencies: ["FuzzySearch"], swiftSettings: strict),
        .testTarget(
            name: "TerminalKitTests",
            dependencies: [
                "Languages", "TerminalKit", "TerminalTesting", "TerminalProbe", "TestFiles", "TextLiterals",
            ],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "ExportWizardTests",
            dependencies: [
                "ExportWizard", "Languages", "LanguageFiles", "TerminalTesting", "Secrets", "TextLiterals",
            ],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "ChildPrograms", "ExportDomain", "Languages", "PlanFile", "Secrets", "TerminalKit",
                "TerminalTesting",
                "TestFiles", "TestServers", "sluice",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c11
)
