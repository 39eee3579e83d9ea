// The four bytes with which Parquet files begin and end.

enum FileMagic {
    static let plain = Array("PAR1".utf8)
    /// Of a file whose footer is encrypted.
    static let encrypted = Array("PARE".utf8)
}
