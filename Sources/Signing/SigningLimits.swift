/// The limits of what this room reads, each of them part of the format (spec/02, spec/03).
public enum SigningLimits {
    /// The most bytes of a compact JWS; no entry could hold more.
    public static let jwsByteCount = 65_535
    /// The most characters of `typ`.
    public static let typeByteCount = 64
    /// The most characters of a slug.
    public static let slugByteCount = 64
}
