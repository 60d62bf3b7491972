public import Signing

/// Tiles cut from a list of leaf hashes by the definition of tlog-tiles, without any memory.
public enum NaiveTreeTiles {
    /// The bytes of every tile that a tree has, full and partial, by path.
    public static func tiles(of leaves: [Digest]) -> [(path: String, bytes: [UInt8])] {
        var tiles: [(path: String, bytes: [UInt8])] = []
        var hashes = leaves
        var level = 0
        while !hashes.isEmpty {
            for start in stride(from: 0, to: hashes.count, by: 256) {
                let run = hashes[start..<min(start + 256, hashes.count)]
                var path = "tile/\(level)/\(number(start / 256))"
                if run.count < 256 { path += ".p/\(run.count)" }
                tiles.append((path, run.flatMap(\.bytes)))
            }
            hashes = stride(from: 0, to: hashes.count / 256 * 256, by: 256).map { start in
                NaiveTree.root(hashes[start..<start + 256])
            }
            level += 1
        }
        return tiles
    }

    private static func number(_ value: Int) -> String {
        var text = String(String(1_000 + value % 1_000).dropFirst())
        var rest = value / 1_000
        while rest > 0 {
            text = "x" + String(String(1_000 + rest % 1_000).dropFirst()) + "/" + text
            rest /= 1_000
        }
        return text
    }
}
