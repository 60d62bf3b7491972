internal import KontorAudit
internal import Ledger
internal import Money
internal import Settlement
internal import Signing

/// The books of one partner of the demonstration: what the ledger has, in the partner's own words,
/// with the mistakes that people make.
struct DemoBooks: Sendable {
    let partner: String
    let dialect: DemoDialect
    /// The programs that the partner keeps books of: its own.
    let programs: [String]
    let lines: [DemoBookLine]
    let faults: [DemoFault]

    /// Makes the books from what the ledger has of a partner, with so many mistakes at the most.
    ///
    /// With 0 they are true.
    init(
        _ rows: LedgerBooks,
        partner: String,
        programs: [String],
        dialect: DemoDialect,
        faultCount: Int,
        random: inout DemoRandom
    ) {
        self.partner = partner
        self.dialect = dialect
        self.programs = programs
        var maker = Maker(rows, &random)
        // What suits few rows comes first.
        let rare: [DemoFault.Kind] = [.bonusMissing, .oldRate, .missing]
        let others = DemoFault.Kind.allCases.filter { !rare.contains($0) }
        for kind in rare + others.shuffled(using: &random)
        where maker.faults.count < faultCount {
            maker.plant(kind, &random)
        }
        lines = maker.lines
        faults = maker.faults
    }
}

extension DemoBooks {
    /// Lines and mistakes as they come together.
    private struct Maker {
        private let rows: LedgerBooks
        /// The ledger's row behind each line, nil once a mistake has taken it.
        private var sources: [Int?] = []
        private(set) var lines: [DemoBookLine] = []
        private(set) var faults: [DemoFault] = []

        init(_ rows: LedgerBooks, _ random: inout DemoRandom) {
            self.rows = rows
            let own = rows.table.rows.indices.filter {
                rows.table.rows[$0].window == .compared
            }
            let order = own.sorted {
                (rows.table.rows[$0].day, rows.table.rows[$0].place, $0)
                    < (rows.table.rows[$1].day, rows.table.rows[$1].place, $1)
            }
            for row in order {
                lines.append(line(row))
                sources.append(row)
            }
        }

        private func line(_ place: Int) -> DemoBookLine {
            let row = rows.table.rows[place]
            let name = UUIDv7(rawValue: row.transfer)?.description ?? ""
            return DemoBookLine(
                transfer: "\(name)/\(row.item)",
                event: row.event,
                day: row.day,
                units: row.units,
                program: rows.table.names[Int(row.unit)]
            )
        }

        /// Plants a mistake on a line that suits it, if there is one.
        mutating func plant(_ kind: DemoFault.Kind, _ random: inout DemoRandom) {
            switch kind {
            case .extra: return plantExtra(&random)
            case .cutOff: return plantLater()
            default: break
            }
            let fit = sources.indices.filter { place in
                sources[place].map { wrong($0, kind) != nil } == true && isAlone(place)
            }
            guard let place = random.element(of: fit), let row = sources[place],
                let units = wrong(row, kind)
            else { return }
            faults.append(DemoFault(kind: kind, row: name(row)))
            sources[place] = nil
            switch kind {
            case .missing:
                lines.remove(at: place)
                sources.remove(at: place)
            case .duplicate:
                lines.append(lines[place])
                sources.append(nil)
            case .unreadable: lines[place].isBroken = true
            default: lines[place].units = units
            }
        }

        /// What the partner writes instead, or nil if the row does not suit the mistake.
        private func wrong(_ place: Int, _ kind: DemoFault.Kind) -> Int64? {
            let row = rows.table.rows[place]
            let detail = rows.details[place]
            guard row.event == .posting, row.units.magnitude > 100 else { return nil }
            let sign = row.units.signum()
            switch kind {
            case .bonusMissing:
                let isTold = detail.bonus > 0 && detail.base > 0 && detail.bonus != detail.base
                return isTold && sign > 0 ? row.units - detail.bonus : nil
            case .oldRate:
                guard detail.amount > 0, sign > 0 else { return nil }
                let earlier = rows.agreements[Int(detail.agreement)].earlierRates
                guard let rate = earlier.first else { return nil }
                let units = Int64(clamping: rate.floor(of: detail.amount)) + detail.bonus
                return units == row.units || units == detail.base ? nil : units
            case .sign: return -row.units
            case .scale: return row.units * 10
            case .transposed: return Self.transposed(row.units)
            default: return row.units
            }
        }

        /// Whether nothing else happened to the item, and the books do not end before its day once
        /// it is left out.
        private func isAlone(_ place: Int) -> Bool {
            let line = lines[place]
            return lines.count { $0.transfer == line.transfer } == 1
                && lines.count { $0.day >= line.day } > 1
        }

        /// The number with its first two digits swapped, if they differ.
        private static func transposed(_ units: Int64) -> Int64? {
            var digits = Array(String(units.magnitude))
            guard digits.count > 2, digits[0] != digits[1], digits[1] != "0" else { return nil }
            digits.swapAt(0, 1)
            return Int64(String(digits)).map { $0 * units.signum() }
        }

        /// A line about a transfer that the ledger never saw.
        private mutating func plantExtra(_ random: inout DemoRandom) {
            guard let model = lines.first(where: { $0.event == .posting }) else { return }
            var line = model
            line.isBroken = false
            let id = model.transfer.split(separator: "/").first.map(String.init) ?? ""
            let tail = String(random.next() % 0xffff_ffff_ffff, radix: 16)
            let padded = String(repeating: "0", count: 12 - tail.count) + tail
            line.transfer = "\(id.dropLast(12))\(padded)/0"
            line.units = line.units.signum() * Int64(1_000 + random.below(9_000))
            lines.append(line)
            sources.append(nil)
            faults.append(DemoFault(kind: .extra, row: nil))
        }

        /// A line that belongs to the window after the cut.
        private mutating func plantLater() {
            let later = rows.table.rows.indices.first { place in
                let row = rows.table.rows[place]
                return row.window == .later && row.status == .posted && row.event == .posting
            }
            guard let later else { return }
            lines.append(line(later))
            sources.append(nil)
            faults.append(DemoFault(kind: .cutOff, row: name(later)))
        }

        private func name(_ place: Int) -> String {
            let row = rows.table.rows[place]
            return "\(row.place >> 8)/\(row.place & 0xff)"
        }
    }
}
