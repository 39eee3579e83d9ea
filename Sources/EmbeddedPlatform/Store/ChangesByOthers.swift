// What other processes do to the database. SQLite tells nobody; but it writes to a file, and knows whether it was us.
import GRDB
import Languages

/// The changes that others make to a database.
struct ChangesByOthers: Sendable {
    /// Whether they are heard of as they are made.
    let areHeard: Bool
    private let store: Store
    private let watch: FolderWatch?
    private let versionAtFirst: Int?

    /// Writing goes on for a while, mostly: it is heard of this often at most.
    private static let pause = Duration.seconds(1)

    /// Listens from now on.
    init(to store: Store) async {
        self.store = store
        // Nobody else sees a database in memory.
        guard let folder = store.folder else {
            (areHeard, watch, versionAtFirst) = (true, nil, nil)
            return
        }
        watch = FolderWatch(folder)
        areHeard = watch != nil
        versionAtFirst = await store.versionByOthers()
    }

    /// Tells of each, until the task is cancelled.
    func forEach(_ tell: @Sendable () -> Void) async {
        guard let watch else { return }
        var known = versionAtFirst
        for await _ in watch.changes {
            let version = await store.versionByOthers()
            if version == nil || version != known { tell() }
            known = version
            try? await Task.sleep(for: Self.pause)
        }
    }
}

extension Store {
    /// A number that is another one when others have changed the database since it was asked for before, and not when
    /// this store has (`PRAGMA data_version`); nil where it cannot be had.
    ///
    /// The file is written to before what is written counts. Whoever may write has waited until it does.
    fileprivate func versionByOthers() async -> Int? {
        try? await write(Text("look for changes")) { try Int.fetchOne($0, sql: "PRAGMA data_version") }
    }
}
