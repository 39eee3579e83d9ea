// The data lake as a source: the same spec in every organisation.
import ExportDomain

/// The connection spec of the data lake, from which every dataset is exported.
public enum DataLakeSource {
    /// The spec's id (`activation-datalake`).
    public static let specID = "23598e46-f560-407b-88d5-ea6207e49db0"
    /// What the list of exportable datasets is asked with.
    public static let datasetsQuery = [
        ListQuery.Item("outputType", "activationDatasets"), ListQuery.Item("outputField", "datasets"),
    ]
}
