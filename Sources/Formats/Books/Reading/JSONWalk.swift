/// Walks through a JSON value of RFC 8259 and takes out the scalars at some paths, numbers as they
/// are written (spec/26 §2).
///
/// Nothing is converted: `0.10` stays four characters, so that no float is ever made.
struct JSONWalk {
    /// What is wrong with a text, and where.
    struct Fault: Error {
        var reason: String
        var offset: Int
    }

    /// The scalars that were taken out.
    struct Taken {
        /// The bytes of all of them.
        var bytes: [UInt8] = []
        /// Where each slot stands in `bytes`; an empty cell is absent or null.
        var cells: [BookCell]
        /// Where each slot stood in the text, or −1.
        var origins: [Int]
        /// Where the array of rows begins, or nil.
        var rowsOffset: Int?

        init(slotCount: Int) {
            cells = [BookCell](repeating: BookCell(start: 0, end: 0), count: slotCount)
            origins = [Int](repeating: -1, count: slotCount)
        }

        /// Forgets everything and keeps the memory.
        mutating func clear() {
            bytes.removeAll(keepingCapacity: true)
            for index in cells.indices {
                cells[index] = BookCell(start: 0, end: 0)
                origins[index] = -1
            }
        }
    }

    /// The offset of the next byte.
    var offset: Int
    /// The offset behind the last byte.
    let end: Int
    private var depth = 0

    init(from start: Int, to end: Int) {
        offset = start
        self.end = end
    }

    /// Passes white space.
    mutating func skipSpace(_ bytes: [UInt8]) {
        while offset < end {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0a, 0x0d: offset += 1
            default: return
            }
        }
    }

    /// Requires that nothing follows but white space.
    mutating func finish(_ bytes: [UInt8]) throws(Fault) {
        skipSpace(bytes)
        guard offset == end else { throw fault("something follows the value") }
    }

    /// Walks through a value at a node of the tree.
    mutating func value(
        _ bytes: [UInt8],
        _ tree: JSONPathTree,
        _ node: Int?,
        _ taken: inout Taken
    ) throws(Fault) {
        guard offset < end else { throw fault("the text ends where a value is due") }
        if let node, tree.nodes[node].holdsRows { taken.rowsOffset = offset }
        let slots = node.map { tree.nodes[$0].slots } ?? []
        switch bytes[offset] {
        case 0x7b, 0x5b:
            guard slots.isEmpty else { throw fault("an object or array stands where text is due") }
            depth += 1
            guard depth <= BookLimits.jsonDepth else {
                throw fault("deeper than \(BookLimits.jsonDepth)")
            }
            if bytes[offset] == 0x7b {
                try object(bytes, tree, node, &taken)
            } else {
                try array(bytes, tree, node, &taken)
            }
            depth -= 1
        default:
            let start = offset
            let first = taken.bytes.count
            let mark = try scalar(bytes, into: &taken.bytes, keeps: !slots.isEmpty)
            let cell = BookCell(start: first, end: taken.bytes.count, mark: mark)
            for slot in slots {
                taken.cells[slot] = cell
                taken.origins[slot] = start
            }
        }
    }

    private mutating func object(
        _ bytes: [UInt8],
        _ tree: JSONPathTree,
        _ node: Int?,
        _ taken: inout Taken
    ) throws(Fault) {
        offset += 1
        skipSpace(bytes)
        if consume(bytes, 0x7d) { return }
        // The children that were met, since a name that stands twice has two readings.
        var met: [Int] = []
        var name: [UInt8] = []
        while true {
            let start = offset
            name.removeAll(keepingCapacity: true)
            guard offset < end, bytes[offset] == 0x22 else { throw fault("a name is due") }
            try string(bytes, into: &name, keeps: node != nil)
            let child = tree.child(of: node, name)
            if let child {
                guard !met.contains(child) else {
                    throw Fault(reason: "a name stands there twice", offset: start)
                }
                met.append(child)
            }
            skipSpace(bytes)
            guard consume(bytes, 0x3a) else { throw fault("a colon is due") }
            skipSpace(bytes)
            try value(bytes, tree, child, &taken)
            skipSpace(bytes)
            if consume(bytes, 0x7d) { return }
            guard consume(bytes, 0x2c) else { throw fault("a comma or a brace is due") }
            skipSpace(bytes)
        }
    }

    private mutating func array(
        _ bytes: [UInt8],
        _ tree: JSONPathTree,
        _ node: Int?,
        _ taken: inout Taken
    ) throws(Fault) {
        try elements(bytes) { walk, index throws(Fault) in
            let child = node == nil ? nil : tree.child(of: node, Array(String(index).utf8))
            try walk.value(bytes, tree, child, &taken)
        }
    }

    /// Calls a body at each element of the array that begins here.
    mutating func elements(
        _ bytes: [UInt8],
        _ body: (inout JSONWalk, Int) throws(Fault) -> Void
    ) throws(Fault) {
        guard consume(bytes, 0x5b) else { throw fault("an array is due") }
        skipSpace(bytes)
        if consume(bytes, 0x5d) { return }
        var index = 0
        while true {
            try body(&self, index)
            index += 1
            skipSpace(bytes)
            if consume(bytes, 0x5d) { return }
            guard consume(bytes, 0x2c) else { throw fault("a comma or a bracket is due") }
            skipSpace(bytes)
        }
    }

    mutating func consume(_ bytes: [UInt8], _ byte: UInt8) -> Bool {
        guard offset < end, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    func fault(_ reason: String) -> Fault { Fault(reason: reason, offset: offset) }
}
