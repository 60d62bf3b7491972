internal import Signing

/// The pull parser accepts at most what the tree accepts, and reads the same values.
enum JSONReaderTarget: FuzzTarget {
    static func run(_ input: [UInt8]) {
        do {
            var reader = try JSONReader(input)
            let kinds = try walk(&reader)
            try reader.finish()
            expect(kinds <= input.count, "no more values than bytes")
        } catch {
            expect(error.offset >= 0 && error.offset <= input.count, "a fault has a place")
        }
    }

    /// Reads any value by the typed calls and answers how many values it held.
    private static func walk(_ reader: inout JSONReader) throws(JSONError) -> Int {
        var count = 1
        if reader.peeks("{") {
            try reader.readObject({ $0 }) { reader, _ throws(JSONError) in
                count += try walk(&reader)
            }
        } else if reader.peeks("[") {
            try reader.readArray({ $0 }) { reader, _ throws(JSONError) in
                count += try walk(&reader)
            }
        } else if reader.peeks("\"") {
            _ = try reader.readString()
        } else if reader.peeks("t") || reader.peeks("f") {
            _ = try reader.readBoolean()
        } else {
            _ = try reader.readInteger()
        }
        return count
    }
}
