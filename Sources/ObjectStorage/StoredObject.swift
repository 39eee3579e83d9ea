// What a storage says about its objects, and what it is told when one is put.

import FoundationEssentials

/// An object as a storage knows it.
public struct StoredObject: Hashable, Sendable {
    /// The object's key.
    public var key: StorageKey
    /// Its size in bytes.
    public var size: Int64
    /// When it was stored, by the storage's clock.
    public var modified: Date

    /// An object as a storage knows it.
    public init(key: StorageKey, size: Int64, modified: Date) {
        self.key = key
        self.size = size
        self.modified = modified
    }
}

/// Where the next page of a listing begins: a storage's own words, to be handed back and not read.
public struct ListingPosition: Hashable, Sendable {
    /// The storage's words.
    public let token: String

    /// A position in a storage's own words.
    public init(token: String) {
        self.token = token
    }
}

/// Some of the objects of a listing.
public struct StoragePage: Hashable, Sendable {
    /// The objects, in the order of their keys' bytes.
    public var objects: [StoredObject]
    /// Where to go on; nil when this is the last page.
    public var next: ListingPosition?

    /// Some of the objects of a listing.
    public init(objects: [StoredObject], next: ListingPosition?) {
        self.objects = objects
        self.next = next
    }
}

/// How an object is to be put.
public struct PutOptions: Hashable, Sendable {
    /// Put only where nothing is yet; otherwise the put throws `StorageError.permanent` with the reason
    /// `.alreadyExists`.
    public var ifAbsent: Bool
    /// The number of bytes the body will yield, if known.
    ///
    /// A body of another length is not stored: the put throws `StorageError.permanent` with the reason
    /// `.wrongLength`.
    public var length: Int64?
    /// Go on where a put to the key ended that was interrupted, also one of another process: what has arrived of
    /// it and equals the body is not sent again.
    ///
    /// Only for a caller who knows that nobody else is putting to the key. A put that is cancelled, or fails
    /// though it may succeed later, then leaves what has arrived to the next one, or to `abortUnfinished`.
    /// Storages that cannot do this begin anew.
    public var continuesUnfinished: Bool

    /// How an object is to be put: by default replacing, of unknown length, from the beginning.
    public init(ifAbsent: Bool = false, length: Int64? = nil, continuesUnfinished: Bool = false) {
        self.ifAbsent = ifAbsent
        self.length = length
        self.continuesUnfinished = continuesUnfinished
    }
}

/// What a storage can and cannot do.
public struct StorageCapabilities: Hashable, Sendable {
    /// Whether a reader sees the former object or the new one, and never none, while one replaces another.
    public var replacesAtomically: Bool
    /// Whether `PutOptions.ifAbsent` holds even against other writers at the same time.
    public var putsIfAbsentAtomically: Bool
    /// Whether it does what `PutOptions.continuesUnfinished` asks for.
    public var continuesUnfinished: Bool
    /// The longest key, in bytes of UTF-8.
    public var maximumKeyBytes: Int
    /// The longest component of a key (between two slashes), in bytes of UTF-8; nil if only the key counts.
    public var maximumNameBytes: Int?
    /// The largest object, in bytes; nil if only the room counts.
    public var maximumObjectBytes: Int64?

    /// What a storage can and cannot do.
    public init(
        replacesAtomically: Bool, putsIfAbsentAtomically: Bool, continuesUnfinished: Bool = false,
        maximumKeyBytes: Int, maximumNameBytes: Int? = nil, maximumObjectBytes: Int64? = nil
    ) {
        self.replacesAtomically = replacesAtomically
        self.putsIfAbsentAtomically = putsIfAbsentAtomically
        self.continuesUnfinished = continuesUnfinished
        self.maximumKeyBytes = maximumKeyBytes
        self.maximumNameBytes = maximumNameBytes
        self.maximumObjectBytes = maximumObjectBytes
    }
}
