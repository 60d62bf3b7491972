/// Base64 and base64url of RFC 4648, in their one canonical spelling.
///
/// Decoding refuses everything that a second spelling of the same bytes would need: foreign
/// characters, white space, missing or superfluous padding, and non-zero trailing bits (RFC 4648
/// §3.5). So a text and its bytes determine each other, and either may be kept instead of the other
/// (spec/02 §1).
public enum Base64: Sendable {
    /// The alphabet with `+` and `/`, padded with `=`, of RFC 4648 §4, which C2SP formats and
    /// `prev` use.
    case standard
    /// The alphabet with `-` and `_`, never padded, of RFC 4648 §5, which JOSE and identifiers use.
    case url

    /// The text of some bytes.
    ///
    /// Complexity: O(n).
    public func encode(_ bytes: some Collection<UInt8>) -> String {
        String(decoding: encodeBytes(Array(bytes)), as: UTF8.self)
    }

    /// The text of some bytes, as ASCII.
    ///
    /// Complexity: O(n).
    public func encodeBytes(_ bytes: [UInt8]) -> [UInt8] {
        let count = encodedCount(bytes.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { text, initialized in
            unsafe write(bytes, to: UnsafeMutableBufferPointer(rebasing: text[..<count]))
            initialized = count
        }
    }

    /// Appends the text of some bytes to a text.
    ///
    /// Complexity: O(n).
    public func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        text.append(contentsOf: encodeBytes(bytes))
    }

    /// The number of characters of the text of so many bytes.
    public func encodedCount(_ byteCount: Int) -> Int {
        switch self {
        case .standard: (byteCount + 2) / 3 * 4
        case .url: (byteCount * 4 + 2) / 3
        }
    }

    /// The bytes of a text, or nil if the text is not the canonical spelling of any.
    ///
    /// Complexity: O(n).
    public func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8)[...])
    }

    /// The bytes of an ASCII text, or nil if the text is not the canonical spelling of any.
    ///
    /// Complexity: O(n).
    public func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        unsafe text.withUnsafeBufferPointer { text in
            guard let count = unsafe unpaddedCount(of: text), count % 4 != 1 else { return nil }
            var isCanonical = false
            let size = count * 3 / 4
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { bytes, initialized in
                isCanonical = unsafe read(UnsafeBufferPointer(rebasing: text[..<count]), to: bytes)
                initialized = size
            }
            return isCanonical ? bytes : nil
        }
    }

    /// Writes the bytes of a text to memory of exactly their number; the answer is whether the
    /// text is the canonical spelling of so many.
    func decode(
        _ text: ArraySlice<UInt8>,
        to bytes: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        unsafe text.withUnsafeBufferPointer { text in
            guard let count = unsafe unpaddedCount(of: text), count % 4 != 1,
                count * 3 / 4 == bytes.count
            else { return false }
            return unsafe read(UnsafeBufferPointer(rebasing: text[..<count]), to: bytes)
        }
    }

    /// The number of characters before the padding, or nil if that is not what the count of all
    /// calls for.
    private func unpaddedCount(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard self == .standard else { return text.count }
        guard text.count % 4 == 0 else { return nil }
        var count = text.count
        for _ in 0..<2 where unsafe count > 0 && text[count - 1] == 0x3d { count -= 1 }
        return count
    }
}
