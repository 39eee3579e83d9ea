// What can be wrong with what a person enters for Azure, and the sentences for it. It never holds a secret.
import Languages

/// A connection string, URL or name that cannot be used.
public enum InvalidAzureSetting: Error, Hashable {
    /// A part of the connection string is missing.
    case missingPart(String)
    /// A part of the connection string has no value, or one that cannot be.
    case wrongPart(String)
    /// A piece of the connection string is no `name=value`; its number, counted from 1.
    case malformedPiece(Int)
    /// The connection string is that of the emulator on a developer's machine.
    case developmentStorage
    /// The text is no URL of a container with a shared access signature; why.
    case noContainerURL(String)
    /// The text is no URL of a file system of Data Lake Storage; why.
    case noFileSystemURL(String)
    /// The name cannot be that of a container.
    case wrongContainerName(String)
    /// The authority is no `https` URL.
    case wrongAuthority(String)
}

extension InvalidAzureSetting: Localized {
    /// The text in English, for logs and for programs.
    public var description: String { text.english }

    /// A sentence a person can act on.
    public var text: Text {
        switch self {
        case .missingPart(let part):
            Text(
                "The connection string has no \(part). Copy it again, whole, from “Access keys” of the storage account."
            )
        case .wrongPart(let part):
            Text(
                "The \(part) of the connection string cannot be right. Copy it again, whole, from “Access keys” of the storage account."
            )
        case .malformedPiece(let number):
            Text(
                "Piece \(number) of the connection string is not “name=value”. Copy it again, whole, from “Access keys” of the storage account."
            )
        case .developmentStorage:
            Text(
                "The connection string has UseDevelopmentStorage, which is the emulator on a developer's own machine. Copy that of the storage account instead."
            )
        case .noContainerURL(let why):
            Text(
                "This is not the URL of a container with a shared access signature: \(why). It looks like https://account.blob.core.windows.net/container?sv=…&sig=…"
            )
        case .noFileSystemURL(let why):
            Text(
                "This is not the URL of Data Lake Storage: \(why). It looks like abfss://container@account.dfs.core.windows.net"
            )
        case .wrongContainerName(let name):
            Text(
                "“\(name)” cannot be a container: its name has 3 to 63 lowercase letters, digits and single hyphens, and begins and ends with a letter or digit."
            )
        case .wrongAuthority(let text):
            Text(
                "“\(text)” cannot be the authority that gives out tokens: it is an https URL, like https://login.microsoftonline.com"
            )
        }
    }
}
