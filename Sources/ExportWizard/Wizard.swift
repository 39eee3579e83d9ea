// The wizard: everything on its screens as one value. What happens comes in as events, what is to be done
// goes out as effects; nothing here reads a clock, a file or a network.
import ExportDomain
import FoundationEssentials
import Languages
import TerminalKit

/// The state of the whole wizard.
public struct Wizard: Equatable, Sendable {
    /// What the wizard is told once, at its start.
    public struct Setting: Equatable, Sendable {
        /// The platform, in a word or two, for the title bar.
        public var platform: Text
        /// Its organisation and sandbox.
        public var place: Place
        /// The time zone of the person at the keyboard.
        public var timeZone: TimeZone
        /// Where plans are saved unless a path is given; ends with a slash or is empty.
        public var planFolder: String
        /// Whether leaving stops the runs that go on, as it does where the platform is part of the program.
        public var leavingStopsRuns: Bool
        /// Whether runs can be made again and ended from here.
        public var controlsRuns: Bool
        /// How fast exports may be together at the start; nil where nobody has said it.
        public var transferLimits: TransferLimits
        /// Whether there is a list of platforms to choose another from.
        public var offersPlatforms: Bool
        /// The seconds between two looks at runs that go on.
        public var lookInterval: Double
        /// What sets the platform apart from others, as far as that is known before it is asked; nil where nothing does.
        public var accent: PlatformAccent?
        /// Whether the platform is asked if it is production, which decides what sets it apart.
        public var asksWhetherProduction: Bool
        /// The keys that a person has chosen.
        public var keymap: Keymap
        /// Whether the mouse is used from the start.
        public var usesMouse: Bool
        /// How text fields are edited.
        public var editing: EditingStyle
        /// The language of everything that is told.
        public var language: Language
        /// What tells that runs have ended.
        public var notices: Notices
        /// Whether nothing on the screen moves by itself, for slow lines and for those who have screens read to them.
        public var isQuiet: Bool
        /// Whether nothing can be changed: everything is shown, and what changes something is refused.
        public var isReadOnly: Bool

        /// Describes the surroundings of the wizard.
        public init(
            platform: Text, place: Place, timeZone: TimeZone, planFolder: String = "",
            leavingStopsRuns: Bool, controlsRuns: Bool = false, transferLimits: TransferLimits = .none,
            offersPlatforms: Bool = false,
            lookInterval: Double = 0.5, accent: PlatformAccent? = nil,
            asksWhetherProduction: Bool = false, keymap: Keymap = Keymap(),
            usesMouse: Bool = true, editing: EditingStyle = .emacs, language: Language = .english,
            notices: Notices = Notices(), isQuiet: Bool = false, isReadOnly: Bool = false
        ) {
            self.platform = platform
            self.place = place
            self.timeZone = timeZone
            self.planFolder = planFolder
            self.leavingStopsRuns = leavingStopsRuns
            self.controlsRuns = controlsRuns
            self.transferLimits = transferLimits
            self.offersPlatforms = offersPlatforms
            self.lookInterval = lookInterval
            self.accent = accent
            self.asksWhetherProduction = asksWhetherProduction
            self.keymap = keymap
            self.usesMouse = usesMouse
            self.editing = editing
            self.language = language
            self.notices = notices
            self.isQuiet = isQuiet
            self.isReadOnly = isReadOnly
        }
    }

    /// The screens, in the order of the steps.
    enum Screen: Equatable, Sendable, CaseIterable {
        case destination, destinationKinds, destinationForm, destinationTest, datasets, scheduling, review,
            verification, flows, flowDatasets, flowSettings
    }

    /// A sentence in the message line.
    struct Message: Equatable, Sendable {
        enum Kind: Equatable, Sendable { case info, success, warning, failure }
        var kind: Kind
        var text: Text
    }

    let setting: Setting
    var screen = Screen.destination
    var overlay: Overlay?
    var message: Message?

    var destination = SelectDestination()
    /// The cursor in the catalogue of kinds.
    var kindList = ListState()
    /// The destination that is being set up or changed.
    var setup: ConfigureDestination?
    /// The form of a new destination that was left; it opens again as it was.
    var keptSetup: ConfigureDestination?
    var datasets = SelectDatasets()
    var scheduling: Scheduling?
    var review = Review()
    var verification: Verification?
    /// Whether the verification pane was opened from the flows, to which it leads back.
    var verificationIsFromFlows = false
    /// How fast exports may be together.
    var transferLimits: TransferLimits
    var flowList = FlowList()
    /// The flow that is being changed on a screen of its own.
    var flowEditing: FlowEditing?
    /// What was left half made.
    var unfinished = LeftHalfMade()
    /// Where Back leads from a step that was opened from Review.
    var returnsToReview = false

    /// What sets the platform apart, as far as that is known.
    var accent: PlatformAccent?
    /// The token of the question whether it is production.
    var productionToken: Int?

    /// Whether the mouse is used here, and not left to the terminal.
    var isMouseOn: Bool
    var lastClick: Click?
    /// Keys that were typed for a list that has not come.
    var typedAhead: [Key] = []
    /// Since when somebody waits for what the screen lacks; nil where nobody does.
    var waitingSince: Date?

    private var lastToken = 0

    /// The wizard before anything has happened.
    public init(_ setting: Setting) {
        self.setting = setting
        isMouseOn = setting.usesMouse
        accent = setting.accent
        transferLimits = setting.transferLimits
    }

    /// Forgets everything, and works on another platform; tokens go on, and a wizard that only looks does so there too.
    mutating func startAnew(_ setting: Setting) {
        let (lastToken, isMouseOn, transferLimits) = (lastToken, isMouseOn, transferLimits)
        var setting = setting
        setting.isReadOnly = setting.isReadOnly || self.setting.isReadOnly
        self = Wizard(setting)
        self.transferLimits = transferLimits
        self.lastToken = lastToken
        self.isMouseOn = isMouseOn
    }

    /// A text in the language of the person at the keyboard.
    func say(_ text: Text) -> String { text.string(in: setting.language) }

    mutating func newToken() -> Int {
        lastToken += 1
        return lastToken
    }

    /// The form of the screen; nil where it has none.
    var form: FormState? {
        switch screen {
        case .destinationForm: setup?.form
        case .scheduling, .flowSettings: timing?.form
        case .destination, .destinationKinds, .destinationTest, .datasets, .flowDatasets, .review,
            .verification, .flows:
            nil
        }
    }

    /// Whether characters belong to a field of the screen rather than to actions.
    var isEditingText: Bool { form?.isEditingText ?? isSearching }

    /// Everything chosen, as a plan; nil while a step is not complete.
    var plan: ExportPlan? {
        guard let target = destination.chosen, let schedule = scheduling?.schedule,
            let template = scheduling?.template, datasets.tickedCount > 0
        else { return nil }
        return ExportPlan(
            name: review.name ?? defaultName(for: target), datasets: datasets.chosen.map(\.id.rawValue),
            destination: ExportPlan.Destination(
                name: target.draft.name, description: target.draft.description,
                spec: destination.catalogue.value?.spec(of: target)?.name,
                account: destination.catalogue.value?.accountName(of: target),
                parameters: target.draft.parameters),
            schedule: schedule, folderTemplate: template,
            malformedRecords: scheduling?.malformedRecords ?? .fail)
    }

    /// What the dataflow is called until a person says otherwise.
    private func defaultName(for target: TargetConnection) -> String {
        let chosen = datasets.chosen
        let first = chosen.first?.name ?? ""
        return say(
            chosen.count > 1
                ? Text("\(first) and \(chosen.count - 1) more to \(target.draft.name)")
                : Text("\(first) to \(target.draft.name)"))
    }

    /// What the macros of a dataset's folder become at a time of the schedule.
    func folderContext(for dataset: DatasetReference, at time: Date) -> FolderContext? {
        guard let target = destination.chosen else { return nil }
        return FolderContext(
            dataset: dataset, destination: destination.catalogue.value?.spec(of: target)?.name ?? "",
            instanceName: target.draft.name, instanceID: target.id, place: setting.place, exportTime: time)
    }

    /// The folders of the first run as people write them, one for each chosen dataset.
    var firstFolders: [(dataset: Dataset, folder: String)] {
        guard let target = destination.chosen, let template = scheduling?.template,
            let start = scheduling?.start
        else { return [] }
        return datasets.chosen.compactMap { dataset in
            folderContext(for: dataset.reference, at: start).map {
                let layout = ExportLayout(
                    connectionFolder: target.draft.folder, template: template, context: $0)
                return (dataset, target.draft.writtenPath(layout.folder))
            }
        }
    }
}
