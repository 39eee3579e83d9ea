// Where something in a storage is, for people and other programs.
import ObjectStorage

extension Storage {
    /// The place of an object: a path, or a URL without any signature.
    public func place(of path: String) -> String {
        location.hasSuffix("/") ? location + path : "\(location)/\(path)"
    }
}
