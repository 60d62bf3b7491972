extension JSONWalk {
    /// Every scalar of the value that begins here, with its JSON Pointer; null has no text.
    mutating func flattened(_ bytes: [UInt8]) throws(Fault) -> [(path: String, text: String)] {
        var cells: [(path: String, text: String)] = []
        try flatten(bytes, "", 0, &cells)
        return cells
    }

    private mutating func flatten(
        _ bytes: [UInt8],
        _ path: String,
        _ depth: Int,
        _ cells: inout [(path: String, text: String)]
    ) throws(Fault) {
        guard offset < end else { throw fault("the text ends where a value is due") }
        guard depth < BookLimits.jsonDepth else {
            throw fault("deeper than \(BookLimits.jsonDepth)")
        }
        switch bytes[offset] {
        case 0x5b:
            try elements(bytes) { walk, index throws(Fault) in
                try walk.flatten(bytes, "\(path)/\(index)", depth + 1, &cells)
            }
        case 0x7b:
            offset += 1
            skipSpace(bytes)
            if consume(bytes, 0x7d) { return }
            while true {
                guard offset < end, bytes[offset] == 0x22 else { throw fault("a name is due") }
                var name: [UInt8] = []
                try string(bytes, into: &name, keeps: true)
                skipSpace(bytes)
                guard consume(bytes, 0x3a) else { throw fault("a colon is due") }
                skipSpace(bytes)
                try flatten(bytes, "\(path)/\(Self.escaped(name))", depth + 1, &cells)
                skipSpace(bytes)
                if consume(bytes, 0x7d) { return }
                guard consume(bytes, 0x2c) else { throw fault("a comma or a brace is due") }
                skipSpace(bytes)
            }
        default:
            var text: [UInt8] = []
            _ = try scalar(bytes, into: &text, keeps: true)
            cells.append((path, String(decoding: text, as: UTF8.self)))
        }
    }

    /// A name as a step of a JSON Pointer.
    private static func escaped(_ name: [UInt8]) -> String {
        var step: [UInt8] = []
        for byte in name {
            switch byte {
            case 0x7e: step.append(contentsOf: [0x7e, 0x30])
            case 0x2f: step.append(contentsOf: [0x7e, 0x31])
            default: step.append(byte)
            }
        }
        return String(decoding: step, as: UTF8.self)
    }

    /// The path of the first array whose elements are objects, by the paths of all scalars.
    static func rowsPath(_ paths: [String]) -> String? {
        for path in paths {
            let steps = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            for (place, step) in steps.enumerated().dropLast() where step == "0" {
                let array = steps.prefix(place).map { "/\($0)" }.joined()
                if paths.contains(where: { $0.hasPrefix("\(array)/1/") }) { return array }
            }
        }
        return nil
    }

    /// The cells of each element of an array, their paths from the element on.
    static func rows(
        of cells: [(path: String, text: String)],
        at array: String
    ) -> [[(path: String, text: String)]] {
        var rows: [[(path: String, text: String)]] = []
        for cell in cells where cell.path.hasPrefix("\(array)/") {
            let rest = cell.path.dropFirst(array.count + 1)
            guard let slash = rest.firstIndex(of: "/"), let row = Int(rest[..<slash]) else {
                continue
            }
            while rows.count <= row, rows.count < 500 { rows.append([]) }
            if row < rows.count { rows[row].append((String(rest[slash...]), cell.text)) }
        }
        return rows
    }
}
