import ExportDomain
import Foundation
import Testing

@Suite("What an edit of a flow brings about")
struct FlowConflictTests {
    private static let now = instant("2026-01-15T07:00:00Z")
    private static let orders = DatasetReference(id: "a", name: "Orders")
    private static let events = DatasetReference(id: "b", name: "Events")
    private static let daily = Schedule(
        mode: .incremental, frequency: .daily, start: instant("2026-01-01T06:00:00Z"),
        end: instant("2026-07-01T06:00:00Z"))
    private static let place = Place(organizationName: "Acme", sandboxName: "prod")

    private static func destination(
        _ id: Identifier<TargetConnection> = "out", path: String = "out", container: String? = nil,
        account: Identifier<BaseConnection> = "account"
    ) -> TargetConnection {
        var parameters: [String: JSONValue] = ["path": .string(path)]
        parameters["container"] = container.map(JSONValue.string)
        return TargetConnection(
            id: id,
            draft: TargetConnection.Draft(
                name: "Out", connectionSpecID: "spec", baseConnectionID: account, parameters: parameters),
            revision: revision)
    }

    private static let revision = Revision(createdAt: now, updatedAt: now, etag: "\"1\"")

    private static func details(
        _ id: Identifier<Flow> = "flow", name: String = "Nightly", of datasets: [DatasetReference] = [orders],
        schedule: Schedule = daily, template: String = "%DATASET_ID%/%EXPORT_TIME%",
        to destination: TargetConnection = destination(), location: String = "/out"
    ) throws -> FlowDetails {
        FlowDetails(
            flow: Flow(
                id: id,
                draft: Flow.Draft(
                    name: name, flowSpecID: "flow spec", sourceConnectionID: "source",
                    targetConnectionID: destination.id, schedule: schedule,
                    folderTemplate: try FolderTemplate(template)),
                state: .enabled, revision: revision),
            datasets: datasets, destination: destination, kind: "Data Landing Zone", location: location)
    }

    private func conflicts(
        _ details: FlowDetails, _ edit: FlowEdit, beside others: [FlowDetails] = []
    ) -> [FlowConflict] {
        details.conflicts(of: edit, beside: others, on: Self.place, now: Self.now)
    }

    private static func schedule(_ change: (inout Schedule) -> Void) -> Schedule {
        var schedule = daily
        change(&schedule)
        return schedule
    }

    @Test(
        "is nothing to be told of what harms nobody",
        arguments: [
            FlowEdit(), FlowEdit(name: "Other"), FlowEdit(description: "Other"),
            FlowEdit(schedule: schedule { $0.end = instant("2027-01-01T06:00:00Z") }),
            FlowEdit(schedule: schedule { $0.frequency = .hourly(every: 6) }),
            FlowEdit(datasets: [orders]), FlowEdit(datasets: [orders, events]),
            FlowEdit(folderTemplate: .standard),
        ])
    func harmless(edit: FlowEdit) throws {
        #expect(try conflicts(Self.details(), edit) == [])
    }

    @Test(
        "is a refusal where the schedule cannot be, or nothing is left to export",
        arguments: [
            (FlowEdit(datasets: []), .noDatasets),
            (FlowEdit(schedule: schedule { $0.end = nil }), .schedule(.endMissing)),
            (
                FlowEdit(schedule: schedule { $0.end = instant("2026-01-10T06:00:00Z") }),
                .schedule(.endIsPast)
            ),
            (
                FlowEdit(schedule: schedule { $0.start = instant("2026-08-01T06:00:00Z") }),
                .schedule(.endsBeforeStart)
            ),
            (
                FlowEdit(schedule: schedule { $0.frequency = .hourly(every: 5) }),
                .schedule(.hoursNotAccepted(5))
            ),
            (
                FlowEdit(schedule: schedule { $0.mode = .full }),
                .schedule(.frequencyNotAllowed(.daily, .full))
            ),
        ] as [(FlowEdit, FlowConflict)])
    func refusals(edit: FlowEdit, conflict: FlowConflict) throws {
        let conflicts = try conflicts(Self.details(), edit)
        #expect(conflicts == [conflict])
        #expect(conflicts.first?.isRefusal == true)
    }

    @Test("is another schedule for all datasets, where one comes with it")
    func scheduleOfAll() throws {
        let once = Schedule(mode: .full, frequency: .once, start: instant("2026-01-16T06:00:00Z"))
        let edit = FlowEdit(schedule: once, datasets: [Self.orders, Self.events])
        let found = try conflicts(Self.details(), edit)
        #expect(found == [.scheduleOfAll(datasets: ["Orders"], old: Self.daily, new: once)])
        #expect(
            found.first?.description
                == "The schedule applies to all datasets of the flow: “Orders” would no longer be exported incrementally, daily, from 2026-01-01T06:00:00Z, but in full, once, from 2026-01-16T06:00:00Z."
        )
        // That the end is put off is no other schedule.
        let later = Self.schedule { $0.end = instant("2027-01-01T06:00:00Z") }
        #expect(
            try conflicts(Self.details(), FlowEdit(schedule: later, datasets: [Self.orders, Self.events]))
                == [])
    }

    @Test("is that a dataset is never exported, where the schedule is over")
    func neverExported() throws {
        let over = Schedule(mode: .full, frequency: .once, start: Self.now - 60)
        #expect(
            try conflicts(
                Self.details(schedule: over), FlowEdit(datasets: [Self.orders, Self.events]))
                == [.neverExported(datasets: ["Events"])])
    }

    @Test("is that datasets are no longer exported")
    func removed() throws {
        let both = try Self.details(of: [Self.orders, Self.events])
        let found = conflicts(both, FlowEdit(datasets: [Self.events]))
        #expect(found == [.removed(datasets: ["Orders"])])
        #expect(
            found.first?.description
                == "“Orders” would no longer be exported. Files that were exported stay.")
        // Another order is nothing to be told of.
        #expect(conflicts(both, FlowEdit(datasets: [Self.events, Self.orders])) == [])
    }

    @Test(
        "is that datasets share a folder, where the template does not tell them apart",
        arguments: [
            ("%EXPORT_TIME%", "Events", "out/exportTime=202601150700"), ("/", "Events", "out"),
            ("%DATASET_NAME%/%EXPORT_TIME%", "Orders", "out/Orders/exportTime=202601150700"),
            ("%DATASET_NAME%/%EXPORT_TIME%", "Events", nil), ("%DATASET_ID%", "Orders", nil),
        ] as [(String, String, String?)])
    func datasetsShareAFolder(template: String, name: String, folder: String?) throws {
        let other = DatasetReference(id: "b", name: name)
        let expected = folder.map {
            [FlowConflict.datasetsShareAFolder(datasets: ["Orders", name], folder: $0)]
        }
        let added = try conflicts(
            Self.details(template: template), FlowEdit(datasets: [Self.orders, other]))
        #expect(added == expected ?? [])
        let both = try Self.details(of: [Self.orders, other])
        let edit = FlowEdit(folderTemplate: try FolderTemplate(template))
        #expect(conflicts(both, edit) == expected ?? [])
        // It is not said again of what is so already.
        let already = try Self.details(of: [Self.orders, other], template: template)
        #expect(conflicts(already, FlowEdit(name: "Other")) == [])
    }

    @Test("is that two flows share a folder, where they meet in it")
    func flowsShareAFolder() throws {
        let other = try Self.details(
            "other", name: "Weekly", of: [Self.events], template: "all/%EXPORT_TIME%")
        let edit = FlowEdit(folderTemplate: try FolderTemplate("all/%EXPORT_TIME%"))
        let conflict = FlowConflict.flowsShareAFolder(
            flow: "Weekly", folder: "out/all/exportTime=202601160600")
        #expect(try conflicts(Self.details(), edit, beside: [other]) == [conflict])
        #expect(
            conflict.description
                == "The flow “Weekly” exports into the same folder, /out/all/exportTime=202601160600: change the folder template of one of them."
        )
        // The flow itself is none of the others, and a flow that has ended does not come there any more.
        let itself = try Self.details(template: "all/%EXPORT_TIME%")
        var over = other
        over.flow.draft.schedule.end = Self.now - 60
        #expect(try conflicts(Self.details(), edit, beside: [itself, over]) == [])
        // At other times they write into other folders.
        var hourLater = other
        hourLater.flow.draft.schedule.start += 3_600
        #expect(try conflicts(Self.details(), edit, beside: [hourLater]) == [])
    }

    @Test("is no shared folder where the places differ")
    func otherPlaces() throws {
        let edit = FlowEdit(folderTemplate: try FolderTemplate("all"))
        func meets(
            _ own: TargetConnection, _ other: TargetConnection, location: String = "/out"
        ) throws -> Bool {
            let others = try Self.details(
                "other", of: [Self.events], template: "all", to: other, location: location)
            return try !conflicts(Self.details(to: own), edit, beside: [others]).isEmpty
        }
        #expect(try meets(Self.destination(), Self.destination("second", account: "other account")))
        #expect(try !meets(Self.destination(), Self.destination("second"), location: "/elsewhere"))
        // A container is one only together with its account, whose name only secrets know.
        let container = Self.destination(container: "exports")
        #expect(try meets(container, Self.destination("second", container: "exports")))
        #expect(
            try !meets(container, Self.destination("second", container: "exports", account: "other account")))
    }

    @Test("is that the flow ends soon")
    func endsSoon() throws {
        let soon = Self.schedule { $0.end = instant("2026-01-27T08:00:00Z") }
        let found = try conflicts(Self.details(), FlowEdit(schedule: soon))
        #expect(found == [.endsSoon(days: 12)])
        #expect(found.first?.description == "The flow ends in 12 days, and exports nothing after that.")
        #expect(found.first?.isRefusal == false)
    }

    @Test("is all of it at once, refusals alone")
    func together() throws {
        var both = try Self.details(of: [Self.orders, Self.events])
        let third = DatasetReference(id: "c", name: "Profiles")
        let schedule = Self.schedule {
            $0.frequency = .hourly(every: 3)
            $0.end = instant("2026-01-20T06:00:00Z")
        }
        let edit = FlowEdit(
            schedule: schedule, folderTemplate: try FolderTemplate("/"), datasets: [Self.events, third])
        #expect(
            conflicts(both, edit) == [
                .scheduleOfAll(datasets: ["Events"], old: Self.daily, new: schedule),
                .removed(datasets: ["Orders"]),
                .datasetsShareAFolder(datasets: ["Events", "Profiles"], folder: "out"), .endsSoon(days: 4),
            ])
        both.flow.draft.schedule = schedule
        var refused = edit
        refused.schedule?.end = nil
        #expect(conflicts(both, refused) == [.schedule(.endMissing)])
    }
}
