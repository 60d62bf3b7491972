internal import KontorEngine
internal import Ledger

/// Agreements whose rates are fixed each night: their transfers name the fixing that holds.
extension DemoTraffic {
    /// Looks which rates hold now, and uses agreements from their first fixing on.
    mutating func followFixing() {
        let places = agreements.indices.filter { agreements[$0].weightWhenFixed != nil }
        guard !places.isEmpty else { return }
        let hashes = places.map { agreements[$0].hash }
        let rates = ledger.engine.read { book in hashes.map { book.fixedRates(of: $0) } }
        var isFirst = false
        for (place, now) in zip(places, rates) {
            guard let now, agreements[place].fixed?.now != now else { continue }
            agreements[place].fixed = (now, agreements[place].fixed?.now)
            guard agreements[place].weight == 0, let weight = agreements[place].weightWhenFixed
            else { continue }
            agreements[place].weight = weight
            isFirst = true
        }
        if isFirst { weigh() }
    }
}
