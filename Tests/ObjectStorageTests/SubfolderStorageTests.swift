import ObjectStorage
import StorageConformance
import Testing

@Suite("A folder of a storage")
struct SubfolderStorageTests {
    @Test("It keeps the contract of Storage", arguments: StorageConformance.all)
    func conforms(to rule: StorageConformance) async throws {
        try await rule.check(SubfolderStorage("/zone/in/", of: MemoryStorage()))
    }

    @Test("What is beside it is neither seen nor touched, and its location names it")
    func beside() async throws {
        let whole = MemoryStorage()
        let folder = SubfolderStorage("zone", of: whole)
        for path in ["zone/a", "zone-2/b", "c"] { try await whole.put(bytes: [1], at: try StorageKey(path)) }
        let listed = try await folder.list(prefix: "", after: nil, limit: 10)
        #expect(listed.objects.map(\.key.text) == ["a"])
        try await folder.delete(try StorageKey("c"))
        #expect(try await whole.bytes(of: try StorageKey("c")) == [1])
        #expect(folder.location == whole.location + "/zone")
        #expect(SubfolderStorage("", of: whole).location == whole.location)
    }
}
