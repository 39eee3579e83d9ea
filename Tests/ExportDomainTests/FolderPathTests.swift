// Folder paths: what one may hold, how names are escaped, how paths are joined.
import ExportDomain
import Testing

@Suite("Folder path")
struct FolderPathTests {
    @Test(
        "A name becomes one folder that every storage takes",
        arguments: [
            ("Loyalty Members", "Loyalty Members"),
            ("a/b", "a%2Fb"),
            ("a\\b", "a%5Cb"),
            (#":*?"<>|"#, "%3A%2A%3F%22%3C%3E%7C"),
            ("50%", "50%25"),
            ("#1", "%231"),
            (".", "%2E"),
            ("..", "%2E%2E"),
            ("...", "%2E%2E%2E"),
            ("a.b", "a.b"),
            ("tab\there", "tab%09here"),
            ("nul\u{0}", "nul%00"),
            ("next\u{85}line", "next%C2%85line"),
            ("/\u{301}", "%2F\u{301}"),
            ("日本語 📦", "日本語 📦"),
        ])
    func escaping(name: String, folder: String) {
        #expect(FolderPath.escaped(name) == folder)
    }

    @Test("Different names never meet in one folder")
    func escapingIsUnambiguous() {
        let names = [
            "", " ", ".", "..", "%", "%2E", "%25", "/", "%2F", "\u{0}", "%00", "a/b", "a%2Fb", "%20",
        ]
        #expect(Set(names.map(FolderPath.escaped)).count == names.count)
    }

    @Test(
        "Two paths are joined by one slash, without slashes at the ends",
        arguments: [
            ("a", "b", "a/b"), ("/a/", "/b/", "a/b"), ("", "b", "b"), ("a", "", "a"), ("/", "/", ""),
            ("a/b", "c/d", "a/b/c/d"), ("//a", "b//", "a/b"),
        ])
    func joining(first: String, second: String, path: String) {
        #expect(FolderPath.join(first, second) == path)
    }

    @Test(
        "The folder of a connection is any path of named folders",
        arguments: ["backups", "/backups/nightly/", "/", "", "with space", "日本語", "...", "a.b"])
    func goodFolders(path: String) {
        #expect(FolderPath.problem(with: path) == nil)
    }

    @Test(
        "A path that leaves its folder or names none is refused as the folder of a connection",
        arguments: [
            ("a//b", "Two slashes in a row leave a folder without a name"),
            ("//a", "Two slashes in a row leave a folder without a name"),
            ("a//", "Two slashes in a row leave a folder without a name"),
            ("//", "Two slashes in a row leave a folder without a name"),
            ("../up", "A folder cannot be called “..”"),
            ("a/./b", "A folder cannot be called “.”"),
            ("a\\b", "Has a control character or a backslash, which no folder name takes"),
            ("a\u{1B}[2J", "Has a control character or a backslash, which no folder name takes"),
            ("..\u{2F}\u{301}x", "A folder cannot be called “..”"),
            ("%DATASET_ID%", "Macros are set in Scheduling; this is the folder above them"),
            ("%SEGMENT_NAME%", "Macros are set in Scheduling; this is the folder above them"),
            ("100%\u{301}", "Macros are set in Scheduling; this is the folder above them"),
        ])
    func badFolders(path: String, reason: String) {
        #expect(FolderPath.problem(with: path)?.description == reason)
    }
}
