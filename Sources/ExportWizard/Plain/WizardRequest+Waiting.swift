// What is said while a request is under way.
import ExportDomain

extension WizardRequest {
    /// What is waited for, in a few words; nil where nothing needs to be said.
    func waitingText(_ wizard: Wizard) -> String? {
        switch self {
        case .catalogue: wizard.destination.catalogue.value == nil ? "Loading destinations" : nil
        case .datasets: "Loading datasets"
        case .arrange: "Searching"
        case .createDestination, .updateDestination: "Saving the destination"
        case .removeDestination: "Removing the destination"
        case .testDestination: "Testing"
        case .readFile: "Reading the file"
        case .flows: wizard.flowList.flows.value == nil ? "Loading flows" : nil
        case .perform, .editFlow: "Changing the flow"
        case .exportNow: "Starting the export"
        case .removeFlow: "Deleting the flow"
        case .createFlow: "Making the dataflow"
        case .resume: "Making what is missing"
        case .discard: "Removing what it has made"
        case .retry, .exportAgain: "Making the run again"
        case .cancelRun: "Ending the run"
        case .preview: "Reading the file"
        case .platforms: "Loading platforms"
        case .sandboxes: "Loading sandboxes"
        case .openPlatform: "Opening the platform"
        case .savePlan: "Saving the plan"
        case .suggestions: "Asking the storage"
        case .unfinished, .runs, .folderContents, .isProduction: nil
        }
    }
}
