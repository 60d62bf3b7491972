/// A zip archive of exactly one file, as rates are published in.
///
/// Read from its end: the end record, the one entry of the central directory, the local header
/// before the data. All three must agree, so that two readers cannot see two files. Stored and
/// deflated data are read; encryption, several disks and the 64-bit form are refused.
struct ZipArchive: Sendable {
    /// The name of the file in the archive, as it is written there.
    let name: [UInt8]
    /// The file, unpacked and checked against its size and checksum.
    let content: [UInt8]

    /// Whether bytes begin as an archive does.
    static func isArchive(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4b])
    }

    /// Unpacks an archive whose file has at most so many bytes.
    ///
    /// Complexity: O(result).
    init(_ bytes: [UInt8], limit: Int) throws(FormatError) {
        let end = try Self.endRecord(of: bytes)
        let entry = try Self.entry(of: bytes, end: end)
        name = entry.name
        let packed = try Self.data(of: entry, in: bytes)
        guard entry.size <= limit else {
            throw Self.fault(
                .archiveSize,
                "it unpacks to \(entry.size) bytes, at most \(limit) are read"
            )
        }
        content = try Self.unpack(packed, entry)
        guard Inflate.checksum(content) == entry.checksum else {
            throw Self.fault(.archiveChecksum, "the CRC-32 of the file is not the one stated")
        }
    }

    /// An entry of the central directory.
    private struct Entry {
        var name: [UInt8]
        var flags: Int
        var method: Int
        var checksum: UInt32
        var packedSize: Int
        var size: Int
        var offset: Int
        /// Where the central directory begins, which is where the data ends at the latest.
        var directory: Int
    }

    private static func unpack(
        _ packed: ArraySlice<UInt8>,
        _ entry: Entry
    ) throws(FormatError) -> [UInt8] {
        if entry.method == 0 {
            guard entry.packedSize == entry.size else {
                throw fault(.archiveForm, "a stored file has two sizes")
            }
            return Array(packed)
        }
        let content: [UInt8]
        do throws(Inflate.Fault) {
            content = try Inflate.unpack(packed, limit: entry.size)
        } catch {
            switch error {
            case .damaged: throw fault(.archiveData, "the packed data is damaged")
            case .tooLarge:
                throw fault(.archiveSize, "it unpacks to more than the stated \(entry.size) bytes")
            }
        }
        guard content.count == entry.size else {
            throw fault(
                .archiveSize,
                "it unpacks to \(content.count) bytes, the archive states \(entry.size)"
            )
        }
        return content
    }

    /// The offset of the record that ends an archive, with its comment, exactly at the last byte.
    private static func endRecord(of bytes: [UInt8]) throws(FormatError) -> Int {
        var offset = bytes.count - 22
        while offset >= max(0, bytes.count - 22 - 65_535) {
            if number(bytes, offset, 4) == 0x0605_4b50,
                number(bytes, offset + 20, 2) == bytes.count - offset - 22
            {
                return offset
            }
            offset -= 1
        }
        throw fault(.archiveTruncated, "the record that ends an archive is not at its end")
    }

    private static func entry(of bytes: [UInt8], end: Int) throws(FormatError) -> Entry {
        let count = number(bytes, end + 10, 2)
        guard number(bytes, end + 4, 4) == 0, number(bytes, end + 8, 2) == count else {
            throw fault(.archiveForm, "it is spread over several disks")
        }
        guard count == 1 else {
            throw fault(.archiveCount, "it holds \(count) files, exactly one is read")
        }
        let start = number(bytes, end + 16, 4)
        guard start + 46 <= end, number(bytes, start, 4) == 0x0201_4b50 else {
            throw fault(.archiveForm, "its directory is not where its end says")
        }
        let nameCount = number(bytes, start + 28, 2)
        let rest = number(bytes, start + 30, 2) + number(bytes, start + 32, 2)
        guard start + 46 + nameCount + rest == end, number(bytes, end + 12, 4) == end - start else {
            throw fault(.archiveForm, "its directory has another length than stated")
        }
        let entry = Entry(
            name: Array(bytes[start + 46..<start + 46 + nameCount]),
            flags: number(bytes, start + 8, 2),
            method: number(bytes, start + 10, 2),
            checksum: UInt32(truncatingIfNeeded: number(bytes, start + 16, 4)),
            packedSize: number(bytes, start + 20, 4),
            size: number(bytes, start + 24, 4),
            offset: number(bytes, start + 42, 4),
            directory: start
        )
        guard entry.flags & 0x41 == 0, entry.method == 0 || entry.method == 8 else {
            throw fault(.archiveMethod, "its file is encrypted, or packed by another method")
        }
        return entry
    }

    /// The packed bytes behind the local header, which must name the same file.
    private static func data(
        of entry: Entry,
        in bytes: [UInt8]
    ) throws(FormatError) -> ArraySlice<UInt8> {
        let start = entry.offset
        guard start + 30 <= entry.directory, number(bytes, start, 4) == 0x0403_4b50 else {
            throw fault(.archiveForm, "its file is not where its directory says")
        }
        let nameEnd = start + 30 + number(bytes, start + 26, 2)
        let dataStart = nameEnd + number(bytes, start + 28, 2)
        guard dataStart <= entry.directory, bytes[start + 30..<nameEnd].elementsEqual(entry.name),
            number(bytes, start + 8, 2) == entry.method
        else { throw fault(.archiveForm, "file header and directory contradict each other") }
        guard dataStart + entry.packedSize <= entry.directory else {
            throw fault(.archiveTruncated, "the packed data is cut off")
        }
        return bytes[dataStart..<dataStart + entry.packedSize]
    }

    /// A little-endian number of two or four bytes; 0 where there are none.
    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        guard offset >= 0, offset + count <= bytes.count else { return 0 }
        var value = 0
        for place in 0..<count { value |= Int(bytes[offset + place]) << (8 * place) }
        return value
    }

    private static func fault(_ code: FormatError.Code, _ reason: String) -> FormatError {
        FormatError(code, in: "zip", reason, wayOut: "fetch the archive again from its publisher")
    }
}
