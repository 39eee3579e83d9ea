// What a person has to know before a destination is set up: what it asks for, and which rights the credentials
// need at the least. One table; a kind of destination that is not in it is described by its form alone.
import Languages

/// A kind of destination in words.
public struct DestinationGuide: Sendable, Equatable {
    /// What has to be at hand, in half a line.
    public var needs: Text
    /// What it is and how it is signed in to, in a sentence or two.
    public var summary: Text
    /// The rights that exports need and no more, one to a line.
    public var rights: [Text]
    /// How a place there is written: keys of answers in braces.
    var place: String?
}

extension ConnectionSpec {
    /// The guide to this kind of destination.
    public var guide: DestinationGuide { DestinationGuide.known[name] ?? .unknown(self) }
}

extension DestinationGuide {
    /// Keyed by the name of the spec, which is the same in every sandbox.
    fileprivate static let known: [String: DestinationGuide] = [
        "Amazon S3": DestinationGuide(
            needs: Text("a bucket, and an access key or a role"),
            summary: Text(
                "Signs in with the access key of an IAM user, or with a role that it may assume. A user of its own, allowed the following and nothing else, is best."
            ),
            rights: [
                Text(
                    "s3:PutObject, s3:GetObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts on arn:aws:s3:::BUCKET/FOLDER/*"
                ),
                Text(
                    "s3:ListBucket, s3:ListBucketMultipartUploads and s3:GetBucketLocation on arn:aws:s3:::BUCKET; s3:ListBucket may be limited to the prefix FOLDER/*"
                ),
            ],
            place: "s3://{bucketName}/{path}"),
        "Azure Blob Storage": DestinationGuide(
            needs: Text("a container, and a connection string or SAS"),
            summary: Text(
                "Signs in with a connection string: with the account's key, or better with a shared access signature (SAS) for the one container."
            ),
            rights: [
                Text(
                    "SAS on the container: read, create, write, delete, list (sp=rcwdl), with an end that outlives the exports"
                ),
                Text("The account's key gives every right on the whole account: prefer the SAS"),
            ],
            place: "{container}/{path}"),
        "Azure Data Lake Gen2": DestinationGuide(
            needs: Text("a container's URL and a service principal"),
            summary: Text(
                "Signs in as an application of Microsoft Entra ID: tenant, client id and client secret of a service principal."
            ),
            rights: [
                Text("Role “Storage Blob Data Contributor” on the container"),
                Text(
                    "Or by access control lists: x on the folders above, rwx on the folder, also as its default"
                ),
            ],
            place: "{url}/{path}"),
        "Data Landing Zone": DestinationGuide(
            needs: Text("nothing but a name for a folder"),
            summary: Text(
                "Storage that the platform provides: there are no credentials to enter. On Experience Platform its files are deleted after seven days."
            ),
            rights: [], place: "/{path}"),
        "Google Cloud Storage": DestinationGuide(
            needs: Text("a bucket and an HMAC key"),
            summary: Text(
                "Signs in with an HMAC key of a service account (Cloud Storage, Settings, Interoperability), not with a JSON key file."
            ),
            rights: [
                Text(
                    "Role “Storage Object User” on the bucket: create, get, list and delete objects, and multipart uploads"
                ),
                Text("The role can be limited to a folder by a condition on resource.name"),
            ],
            place: "gs://{bucketName}/{path}"),
        "SFTP": DestinationGuide(
            needs: Text("a server, a user, and a password or private key"),
            summary: Text(
                "Signs in to an SSH server with a password, or with a private key whose public half the server knows. The server's own key is shown the first time, to be compared."
            ),
            rights: [
                Text("In the folder: list, read, create, rename and delete files and folders"),
                Text("SFTP alone is enough (ForceCommand internal-sftp); no shell is needed"),
            ],
            place: "sftp://{username}@{domain}:{port}/{remotePath}"),
    ]

    fileprivate static func unknown(_ spec: ConnectionSpec) -> DestinationGuide {
        DestinationGuide(
            needs: spec.authSpecs.isEmpty
                ? Text("a place for the files") : Text("credentials and a place for the files"),
            summary: spec.authSpecs.isEmpty
                ? Text("The platform provides the storage: there are no credentials to enter.")
                : Text("Signs in with \(Text.any(of: spec.authSpecs.map { .known($0.name) }))."),
            rights: [Text("List, read, write and delete below the folder")])
    }
}
