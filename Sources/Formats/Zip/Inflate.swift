internal import CZlib

/// Raw deflate (RFC 1951) and the checksum of archives, by zlib; the one place of this room with
/// unsafe memory.
enum Inflate {
    /// Why packed data gives no result.
    enum Fault: Error {
        /// The data is damaged, ends too early, or bytes follow it.
        case damaged
        /// More comes out than the limit.
        case tooLarge
    }

    /// Unpacks a whole run of raw deflate into at most so many bytes.
    ///
    /// Memory grows with what really comes out, never with what a header promises.
    ///
    /// Complexity: O(result).
    static func unpack(_ packed: ArraySlice<UInt8>, limit: Int) throws(Fault) -> [UInt8] {
        var stream = unsafe z_stream()
        let version = unsafe zlibVersion()
        let size = unsafe CInt(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(&stream, -MAX_WBITS, version, size) == Z_OK else {
            throw .damaged
        }
        defer { unsafe inflateEnd(&stream) }
        var input = Array(packed)
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        var status = Z_OK
        unsafe stream.avail_in = UInt32(clamping: input.count)
        let isComplete = unsafe input.withUnsafeMutableBufferPointer { input -> Bool in
            unsafe stream.next_in = input.baseAddress
            while status == Z_OK, result.count <= limit {
                let count = unsafe piece.withUnsafeMutableBufferPointer { piece -> Int in
                    unsafe stream.next_out = piece.baseAddress
                    unsafe stream.avail_out = UInt32(clamping: piece.count)
                    status = unsafe inflate(&stream, Z_NO_FLUSH)
                    return unsafe piece.count - Int(stream.avail_out)
                }
                result.append(contentsOf: piece[..<count])
            }
            return unsafe status == Z_STREAM_END && stream.avail_in == 0
        }
        guard result.count <= limit else { throw .tooLarge }
        guard isComplete else { throw .damaged }
        return result
    }

    /// CRC-32 of some bytes, as archives state it.
    ///
    /// Complexity: O(n).
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        let start: UInt = 0
        let sum = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe crc32_z(start, bytes.baseAddress, bytes.count)
        }
        return UInt32(truncatingIfNeeded: sum)
    }
}
