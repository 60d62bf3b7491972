extension Digest {
    /// The digest of a canonical text in an alphabet, or nil.
    public init?(_ text: some StringProtocol, as alphabet: Base64) {
        self.init(ascii: Array(text.utf8)[...], as: alphabet)
    }

    /// The digest of a canonical ASCII text in an alphabet, or nil.
    public init?(ascii text: ArraySlice<UInt8>, as alphabet: Base64) {
        guard text.count == alphabet.encodedCount(Self.byteCount) else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isCanonical = unsafe withUnsafeMutableBytes(of: &words) { bytes in
            unsafe alphabet.decode(text, to: bytes.assumingMemoryBound(to: UInt8.self))
        }
        guard isCanonical else { return nil }
        self.init(bigEndian: words)
    }

    /// The text in base64url, 43 characters.
    public var base64URL: String { Base64.url.encode(bytes) }
    /// The text in padded base64, 44 characters.
    public var base64: String { Base64.standard.encode(bytes) }

    /// Appends the text in padded base64, 44 characters.
    public func appendBase64(to text: inout [UInt8]) {
        let count = Base64.standard.encodedCount(Self.byteCount)
        unsafe withBytes { bytes in
            unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { letters in
                unsafe Base64.standard.write(bytes, to: letters)
                unsafe text.append(contentsOf: letters)
            }
        }
    }
}

extension Digest: CustomStringConvertible {
    /// The text in base64url.
    public var description: String { base64URL }
}

extension Digest: Codable {
    /// Reads a digest from its base64url text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Digest(try container.decode(String.self), as: .url) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a digest is 43 characters of base64url"
            )
        }
        self = digest
    }

    /// Writes a digest as its base64url text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(base64URL)
    }
}
