// The sample lake: valid, the same every time, and as varied as it claims to be.

import Foundation
import Records
import SampleLake
import TestFiles
import Testing

@Suite struct SampleLakeTests {
    private let folder: TemporaryFolder
    private let now = Date(timeIntervalSince1970: 1_768_456_800)  // 2026-01-15T06:00:00Z

    init() throws {
        folder = try TemporaryFolder()
    }

    private func generate(
        _ dataset: SampleDataset, into name: String, seed: UInt64 = 1, scale: Double = 0.02
    ) async throws -> [String] {
        try FileManager.default.createDirectory(
            atPath: folder.file(name), withIntermediateDirectories: true)
        return try await SampleLake.generate(
            dataset, into: folder.file(name), now: now, seed: seed, scale: scale)
    }

    private func content(_ files: [String]) throws -> [Data] {
        try files.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    }

    @Test("There are at least four datasets, with about 200,000 rows together")
    func datasets() {
        #expect(SampleLake.datasets.count >= 4)
        #expect((190_000...210_000).contains(SampleLake.datasets.reduce(0) { $0 + $1.rows }))
        #expect(Set(SampleLake.datasets.map(\.name)).count == SampleLake.datasets.count)
    }

    @Test("Every row is a JSON object, by our rule and by Python's, and none is missing", arguments: 0..<5)
    func rows(number: Int) async throws {
        let dataset = SampleLake.datasets[number]
        let files = try await generate(dataset, into: "a", scale: 0.1)
        let rows = Int((Double(dataset.rows) * 0.1).rounded())
        let count = try await RecordCounter.count(files: files)
        #expect(count.records == rows)
        #expect(count.malformedLines == 0)
        let python = try Program.python(
            """
            import json, sys
            print(sum(isinstance(json.loads(line), dict) for name in sys.argv[1:] for line in open(name, 'rb')))
            """, files)
        #expect(python.text == "\(rows)\n", "\(python.errors)")
    }

    @Test("The same seed and date give the same bytes, another seed or date others", arguments: 0..<5)
    func deterministic(number: Int) async throws {
        let dataset = SampleLake.datasets[number]
        let first = try content(await generate(dataset, into: "a"))
        #expect(try content(await generate(dataset, into: "b")) == first)
        #expect(try content(await generate(dataset, into: "c", seed: 2)) != first)
    }

    @Test("More rows are more parts, numbered in order")
    func scale() async throws {
        let dataset = SampleLake.datasets[0]
        let files = try await generate(dataset, into: "a", scale: 0.5)
        #expect(files == (0..<4).map { folder.file("a/part-0000\($0).json") })
        #expect(try await RecordCounter.count(files: files).records == dataset.rows / 2)
    }

    @Test("Datasets can be joined, events lie before the date, ids are unique, and texts are of many scripts")
    func facts() async throws {
        var folders: [String] = []
        for (number, dataset) in SampleLake.datasets.enumerated() {
            _ = try await generate(dataset, into: "\(number)", scale: number == 0 ? 0.05 : 1)
            folders.append(folder.file("\(number)"))
        }
        let python = try Program.python(
            #"""
            import glob, json, re, sys
            def rows(folder):
                for name in sorted(glob.glob(folder + '/*')):
                    for line in open(name, encoding='utf-8', newline='\n'): yield json.loads(line)
            events, profiles, orders, members, products = (list(rows(folder)) for folder in sys.argv[1:])
            assert all(e['timestamp'] < '2026-01-15T06:30' for e in events), 'late event'
            uuid = re.compile(r'[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')
            assert all(uuid.match(row['_id']) for row in events + orders), 'id'
            for table, key in [(events, '_id'), (profiles, '_id'), (orders, '_id'), (products, 'sku'), (members, 'memberID')]:
                assert len({row[key] for row in table}) == len(table), key
            customers = {p['_id'] for p in profiles}
            skus = {p['sku'] for p in products}
            assert all(i['id'] in customers for e in events for i in e['identityMap'].get('CRMID', [])), 'customer'
            assert all(o['customer']['crmId'] in customers for o in orders), 'customer of order'
            assert all(m['crmId'] in customers for m in members), 'customer of member'
            assert all(i['SKU'] in skus for row in events + orders for i in row.get('productListItems', row.get('items', []))), 'sku'
            assert {e['eventType'] for e in events} >= {'commerce.purchases', 'commerce.productViews'}, 'types'
            names = ''.join(p['label'] + p['note'] for p in products)
            for script in ['\u3042-\u30ff', '\uac00-\ud7a3', '\u4e00-\u9fff', '\U0001f300-\U0001faff', '"', '\\\\', '\n']:
                assert re.search('[' + script + ']', names), script
            print('fine')
            """#, folders)
        #expect(python.text == "fine\n", "\(python.errors)")
    }

    @Test("A folder that cannot be written to is an error with a sentence")
    func unwritable() async throws {
        let error = await #expect(throws: SampleLakeError.self) {
            try await SampleLake.generate(SampleLake.datasets[4], into: folder.file("missing"), now: now)
        }
        #expect(error.map { "\($0)" }?.contains(folder.file("missing")) == true)
    }
}
