import Money
import Settlement
import Testing

/// Netting of small books that one can check by hand, and of seeded ones by brute force.
@Suite struct MultilateralNetTests {
    private func net(
        _ debts: [(String, String, Int128)],
        _ code: String = "EUR"
    ) throws -> MultilateralNet {
        let currency = try #require(Currency(code))
        let obligations = debts.map {
            Obligation(debtor: $0.0, creditor: $0.1, currency: currency, minorUnits: $0.2)
        }
        return try #require(MultilateralNet.nets(of: obligations).first)
    }

    @Test func chainShortens() throws {
        let net = try net([("a", "b", 100), ("b", "c", 100)])
        #expect(net.participants.map(\.name) == ["a", "b", "c"])
        #expect(net.participants.map(\.net) == [-100, 0, 100])
        #expect((net.gross, net.bilateral, net.multilateral) == (200, 200, 100))
        #expect(net.nettingRatioPermille == 500)
    }

    @Test func circleVanishes() throws {
        let net = try net([("a", "b", 70), ("b", "c", 70), ("c", "a", 70)])
        #expect((net.gross, net.bilateral, net.multilateral) == (210, 210, 0))
        #expect(net.nettingRatioPermille == 1_000)
    }

    @Test func pairsSetOff() throws {
        let net = try net([("b", "a", 30), ("a", "b", 50), ("a", "b", 5)])
        #expect((net.gross, net.bilateral, net.multilateral) == (85, 25, 25))
        #expect(net.participants.map(\.net) == [-25, 25])
    }

    @Test func negativeIsTheOtherWayRound() throws {
        #expect(try net([("a", "b", -40)]) == net([("b", "a", 40)]))
    }

    @Test func nothingIsOwed() throws {
        let euro = try #require(Currency("EUR"))
        let idle = [
            Obligation(debtor: "a", creditor: "b", currency: euro, minorUnits: 0),
            Obligation(debtor: "a", creditor: "a", currency: euro, minorUnits: 9),
        ]
        #expect(MultilateralNet.nets(of: idle).isEmpty)
    }

    @Test func currenciesStayApart() throws {
        let list = try ["USD", "EUR"].map { code in
            let currency = try #require(Currency(code))
            return Obligation(debtor: "a", creditor: "b", currency: currency, minorUnits: 1)
        }
        #expect(MultilateralNet.nets(of: list).map(\.currency.code) == ["EUR", "USD"])
    }

    @Test(arguments: 1...50) func agreesWithBruteForce(seed: Int) throws {
        var state = UInt64(seed)
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let names = (0..<7).map { "p\($0)" }
        let debts = (0..<40).map { _ in
            (names[draw(7)], names[draw(7)], Int128(draw(2_001) - 1_000))
        }
        let result = try net(debts)
        var gross: Int128 = 0
        var bilateral: Int128 = 0
        var nets = Array(repeating: Int128(0), count: names.count)
        for (left, one) in names.enumerated() {
            for (right, other) in names.enumerated() where left < right {
                let owes = debts.filter { $0.0 == one && $0.1 == other }.map(\.2)
                let owed = debts.filter { $0.0 == other && $0.1 == one }.map(\.2)
                gross += Int128(owes.reduce(0, +).magnitude)
                gross += Int128(owed.reduce(0, +).magnitude)
                let balance = owed.reduce(0, +) - owes.reduce(0, +)
                bilateral += Int128(balance.magnitude)
                nets[left] += balance
                nets[right] -= balance
            }
        }
        #expect((result.gross, result.bilateral) == (gross, bilateral))
        #expect(result.participants.map(\.net) == nets)
        #expect(result.participants.reduce(0) { $0 + $1.net } == 0)
        #expect(result.multilateral == -nets.filter { $0 < 0 }.reduce(0, +))
    }
}
