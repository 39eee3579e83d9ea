// What differs between the stores that speak S3, as values: no other file asks which store it is.

/// The ways of one store.
struct S3Dialect: Sendable {
    /// What a bucket's address begins with when a person writes it.
    let scheme: String
    /// How the store checks what arrives.
    let checksum: Checksum
    /// The field that makes a put fail where there is an object.
    let ifAbsent: (name: String, value: String)
    /// Whether the end of a multipart upload takes that field too.
    let completesIfAbsent: Bool
    /// What `+` is in the names of a listing that are percent-encoded.
    let plusInListings: Plus
    /// The names of the rights, for whoever has to grant one.
    let rights: Rights

    /// How a store checks what arrives, besides the payload's hash in the signature.
    enum Checksum: Sendable {
        /// By `x-amz-checksum-sha256`, which is kept with the object. It costs nothing: the signature has it.
        case sha256
        /// By `Content-MD5`.
        case md5
    }

    /// What `+` is in names that are percent-encoded.
    enum Plus: Sendable {
        /// A space, as in forms.
        case space
        /// One or the other, as the store likes: such a page is asked for again without encoding.
        case unknown
    }

    /// The names of the rights.
    struct Rights: Sendable {
        let put, list, read, delete, listUploads, listBuckets: String
    }
}

extension S3Dialect {
    /// Amazon S3.
    static let amazon = S3Dialect(
        scheme: "s3", checksum: .sha256, ifAbsent: ("if-none-match", "*"), completesIfAbsent: true,
        plusInListings: .space, rights: .amazon)
    /// A store that is compatible with it.
    static let compatible = S3Dialect(
        scheme: "s3", checksum: .sha256, ifAbsent: ("if-none-match", "*"), completesIfAbsent: true,
        plusInListings: .unknown, rights: .amazon)
    /// Google Cloud Storage by its XML API: it refuses `x-amz-checksum-*`, has conditions on generations
    /// instead of `If-None-Match`, and none at the end of a multipart upload.
    static let google = S3Dialect(
        scheme: "gs", checksum: .md5, ifAbsent: ("x-goog-if-generation-match", "0"),
        completesIfAbsent: false, plusInListings: .unknown, rights: .google)
}

extension S3Dialect.Rights {
    static let amazon = S3Dialect.Rights(
        put: "s3:PutObject", list: "s3:ListBucket", read: "s3:GetObject", delete: "s3:DeleteObject",
        listUploads: "s3:ListBucketMultipartUploads", listBuckets: "s3:ListAllMyBuckets")
    static let google = S3Dialect.Rights(
        put: "storage.objects.create", list: "storage.objects.list", read: "storage.objects.get",
        delete: "storage.objects.delete", listUploads: "storage.multipartUploads.list",
        listBuckets: "storage.buckets.list")

    /// The right that an action needs.
    func needed(for action: StorageFailure.Action) -> String {
        switch action {
        case .put: put
        case .list, .reach: list
        case .read, .stat: read
        case .delete: delete
        case .abort: listUploads
        case .listContainers: listBuckets
        }
    }
}
