internal import KontorStorage

private typealias Samples = LogStoreSamples

extension LogStoreConformance {
    /// Checks of projections, settings and opening again.
    static let stateChecks: [LogStoreConformance] = [
        LogStoreConformance("a projection is replaced page by page", checkProjection),
        LogStoreConformance("a projection is dropped whole, and is not past the log", checkBounds),
        LogStoreConformance("many pages come back in order", checkManyPages),
        LogStoreConformance("settings are set, replaced and removed", checkSettings),
        LogStoreConformance("settings are listed by prefix in order", checkSettingsList),
        LogStoreConformance("settings change together or not at all", checkSettingsChange),
        LogStoreConformance("closed means closed", checkClosed),
        LogStoreConformance("opening again finds everything", checkReopen),
    ]

    private static func page(_ table: UInt8, _ number: UInt32, _ seed: UInt64) -> ProjectionPage {
        ProjectionPage(table: table, number: number, bytes: Samples.bytes(50, seed: seed))
    }

    private static func checkProjection(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 10))
        let first = [
            page(0, 0, 1), page(1, 0, 2), page(1, 1, 3), page(1, 2, 4), page(255, .max, 5),
        ]
        try store.saveProjection(watermark: 8, version: 3, pages: first.reversed(), dropping: [])
        let saved = try store.projection()
        try require(saved?.watermark == 8 && saved?.version == 3, "watermark and version are kept")
        try require(Samples.pages(store) == first, "pages come in order of table and number")
        try store.saveProjection(
            watermark: 10,
            version: 3,
            pages: [page(1, 1, 30), page(0, 7, 31)],
            dropping: [(table: 1, fromNumber: 1), (table: 9, fromNumber: 0)]
        )
        let second = [first[0], page(0, 7, 31), first[1], page(1, 1, 30), first[4]]
        try require(Samples.pages(store) == second, "dropped first, then replaced")
        try require(store.projection()?.watermark == 10, "the watermark moves")
        try store.close()
    }

    private static func checkBounds(_ factory: Factory) throws {
        let store = try factory.open()
        try requireError(.conflict, "no projection past an empty log") {
            try store.saveProjection(watermark: 1, version: 1, pages: [], dropping: [])
        }
        try store.append(Samples.commit(0, 4))
        try store.saveProjection(watermark: 4, version: 1, pages: [page(0, 0, 1)], dropping: [])
        try requireError(.conflict, "no projection past the log") {
            let pages = [page(0, 0, 9), page(0, 1, 9)]
            try store.saveProjection(watermark: 5, version: 1, pages: pages, dropping: [])
        }
        try require(Samples.pages(store) == [page(0, 0, 1)], "a refused one changes no page")
        try store.dropProjection()
        try require(store.projection() == nil, "dropped")
        try require(Samples.pages(store).isEmpty, "with its pages")
        try require(store.head() == Samples.head(4), "the log stays")
        try store.close()
    }

    private static func checkManyPages(_ factory: Factory) throws {
        let store = try factory.open()
        let pages = (UInt32(0)..<3_000).map { page(UInt8($0 / 1_000), $0 % 1_000, UInt64($0)) }
        try store.saveProjection(watermark: 0, version: 1, pages: pages, dropping: [])
        try require(Samples.pages(store) == pages, "all pages are there")
        var count = 0
        try store.forEachProjectionPage { _ in
            if count == 0 { try store.dropProjection() }
            count += 1
        }
        try require(count == 3_000, "one projection is read to its end, also if it is replaced")
        try store.close()
    }

    private static func checkSettings(_ factory: Factory) throws {
        let store = try factory.open()
        try store.setSetting("epoch", [1])
        try store.setSetting("origin", [])
        try store.setSetting("epoch", [2, 3])
        try require(store.setting("epoch") == [2, 3], "the last value holds")
        try require(store.setting("origin") == [], "an empty value is a value")
        try store.setSetting("epoch", nil)
        try store.setSetting("never", nil)
        try require(store.setting("epoch") == nil, "removed")
        try store.close()
    }

    private static func checkSettingsList(_ factory: Factory) throws {
        let store = try factory.open()
        for name in ["hook/b", "hook/a", "hook", "hook/", "hook-dead/a", "hooks/a", "Hook/a", "a"] {
            try store.setSetting(name, Array(name.utf8))
        }
        for name in ["hook/%", "hook/_", "hook/\u{e9}"] { try store.setSetting(name, []) }
        let found = try store.settings(withPrefix: "hook/")
        let names = ["hook/", "hook/%", "hook/_", "hook/a", "hook/b", "hook/\u{e9}"]
        try require(found.map(\.name) == names, "all of the prefix, by bytes: \(found)")
        try require(found[3].value == Array("hook/a".utf8), "with their values")
        let marks = try store.settings(withPrefix: "hook/%")
        try require(marks.map(\.name) == ["hook/%"], "no character stands for another")
        try require(store.settings(withPrefix: "hook/c").isEmpty, "none is none")
        try require(store.settings(withPrefix: "").count >= 11, "an empty prefix is of all")
        try store.close()
        try requireError(.closed, "no list") { _ = try store.settings(withPrefix: "") }
    }

    private static func checkSettingsChange(_ factory: Factory) throws {
        let store = try factory.open()
        try store.setSetting("set/gone", [1])
        let before = store.counters.transactions
        try store.setSettings([
            (name: "set/gone", value: nil), (name: "set/a", value: [1]),
            (name: "set/b", value: [2]),
            (name: "set/a", value: [3]),
        ])
        let settings = [
            StoredSetting(name: "set/a", value: [3]), StoredSetting(name: "set/b", value: [2]),
        ]
        try require(
            store.settings(withPrefix: "set/") == settings,
            "all changes, the last one holds"
        )
        try store.setSettings([])
        try require(store.counters.transactions == before + 1, "in one transaction")
        let long = String(repeating: "a", count: 256)
        try requireError(.limitExceeded, "one name too long") {
            try store.setSettings([(name: "set/c", value: [1]), (name: long, value: [1])])
        }
        try require(store.settings(withPrefix: "set/") == settings, "refuses all of them")
        try store.close()
    }

    private static func checkClosed(_ factory: Factory) throws {
        let store = try factory.open()
        try store.append(Samples.commit(0, 1))
        try store.close()
        try store.close()
        try requireError(.closed, "no head") { _ = try store.head() }
        try requireError(.closed, "no append") { try store.append(Samples.commit(1, 1)) }
        try requireError(.closed, "no stream") { _ = try Samples.collect(store, 0..<1) }
        try requireError(.closed, "no pages") { _ = try Samples.pages(store) }
        try requireError(.closed, "no setting") { try store.setSetting("epoch", [1]) }
    }

    private static func checkReopen(_ factory: Factory) throws {
        guard factory.isPersistent else { return }
        let store = try factory.open()
        try store.append(Samples.commit(0, 300))
        try store.saveProjection(watermark: 200, version: 2, pages: [page(1, 2, 3)], dropping: [])
        try store.setSetting("epoch", [7])
        try store.close()
        let again = try factory.open()
        try require(again.head() == Samples.head(300), "the head")
        try require(
            Samples.collect(again, 0..<300) == (0..<300).map { Samples.entry($0) },
            "entries"
        )
        try require(again.tile(level: 0, index: 0) == Samples.tile(0, 0).bytes, "tiles")
        try require(again.index(of: Samples.submitter(9), id: Samples.id(9)) == 9, "ids")
        try require(again.projection()?.watermark == 200, "the projection")
        try require(Samples.pages(again) == [page(1, 2, 3)], "its pages")
        try require(again.setting("epoch") == [7], "settings")
        try again.append(Samples.commit(300, 5))
        try require(again.head()?.size == 305, "and the log goes on")
        try again.close()
    }
}
