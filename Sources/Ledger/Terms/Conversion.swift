public import Money
internal import Signing

/// How offered units become consumed and credited units (spec/09 §4, spec/10 §1).
public struct Conversion: Hashable, Sendable, Codable {
    /// What happens to a rest that buys no whole unit.
    public enum Rest: String, Sendable, Codable, CaseIterable { case keepRest, exact, consumeAll }
    /// Whether steps replace each other or add up.
    public enum StepMode: String, Sendable, Codable, CaseIterable { case exclusive, cumulative }

    /// Credit from an amount on.
    public struct Step: Hashable, Sendable, Codable {
        let amount: Int64
        let credit: Int64

        init(reading value: JSONValue) throws(Fault) {
            var members = try Members(value)
            amount = try members.required("amount", Read.units(atLeast: 1))
            credit = try members.required("credit", Read.units(atLeast: 1))
            try members.finish()
        }
    }

    /// The units consumed and the base units credited for an amount.
    public struct Result: Hashable, Sendable {
        /// Units consumed at the source.
        public var debit: Int64
        /// Base units credited at the target.
        public var credit: Int64
    }

    let ratio: Pricing?
    let steps: [Step]
    let stepMode: StepMode?
    let rounding: Rest
    let minimum: Int64?
    let increment: Int64?

    init(reading value: JSONValue) throws(Fault) {
        var members = try Members(value)
        ratio = try members.optional("ratio", Pricing.init(reading:))
        let list = try members.optional("steps", Members.list(1...64, Step.init(reading:)))
        steps = list ?? []
        stepMode = try members.optional("stepMode", Read.choice(StepMode.self))
        rounding = try members.required("rounding", Read.choice(Rest.self))
        minimum = try members.optional("minimum", Read.units(atLeast: 1))
        increment = try members.optional("increment", Read.units(atLeast: 1))
        try members.finish()
        guard (ratio == nil) == (list != nil) else {
            throw Fault(.termsContradict, at: "ratio", "exactly one of ratio and steps is due")
        }
        guard (stepMode != nil) == (list != nil) else {
            throw Fault(.termsContradict, at: "stepMode", "it stands exactly with steps")
        }
        for index in steps.indices.dropFirst() where steps[index].amount <= steps[index - 1].amount
        {
            throw Fault(.termsContradict, at: "steps[\(index)].amount", "the amounts of steps rise")
        }
    }

    /// Converts an amount, or says which rule forbids it.
    ///
    /// `fixed` is the ratio of the fixing that holds, for terms whose ratio is one.
    ///
    /// Complexity: O(log steps).
    public func convert(_ amount: Int64, fixed: Rate? = nil) throws(Fault) -> Result {
        try checkAmount(amount)
        if steps.isEmpty {
            guard let rate = ratio?.fixed ?? fixed else {
                throw Fault(.rateNotFixed, "no rate was fixed yet")
            }
            return try convert(amount, at: rate)
        }
        return try convertBySteps(amount)
    }

    private func checkAmount(_ amount: Int64) throws(Fault) {
        guard amount >= 1, amount <= JSONReader.numberLimit else {
            throw Fault(.amountRange, at: "amount", "\(amount) is not from 1 to 9007199254740991")
        }
        let least = minimum ?? increment ?? 1
        guard amount >= least else {
            throw Fault(.belowMinimum, at: "amount", "\(amount) is below the minimum \(least)")
        }
        if let increment, (amount - least) % increment != 0 {
            throw Fault(
                .offIncrement,
                at: "amount",
                "\(amount) is not \(least) plus a multiple of \(increment)"
            )
        }
    }

    private func convert(_ amount: Int64, at rate: Rate) throws(Fault) -> Result {
        let product = Int128(amount) * Int128(rate.numerator)
        let (credit, rest) = product.quotientAndRemainder(dividingBy: Int128(rate.denominator))
        guard credit >= 1 else {
            throw Fault(.belowOneUnit, at: "amount", "\(amount) converts to less than one unit")
        }
        guard credit <= Int128(JSONReader.numberLimit) else {
            throw Fault(
                .amountRange,
                at: "amount",
                "\(amount) converts to more than 9007199254740991 units"
            )
        }
        var debit = amount
        switch rounding {
        case .consumeAll: break
        case .exact:
            guard rest == 0 else {
                throw Fault(
                    .inexactAmount,
                    at: "amount",
                    "\(amount) leaves a rest, which these terms do not allow"
                )
            }
        case .keepRest where rest != 0:
            let consumed = credit * Int128(rate.denominator)
            debit = Int64(consumed.divided(by: Int128(rate.numerator), rounding: .ceiling))
        case .keepRest: break
        }
        return Result(debit: debit, credit: Int64(credit))
    }

    private func convertBySteps(_ amount: Int64) throws(Fault) -> Result {
        guard let last = steps.lastIndex(where: { $0.amount <= amount }) else {
            throw Fault(
                .belowOneUnit,
                at: "amount",
                "\(amount) is below the first step \(steps[0].amount)"
            )
        }
        var credit = steps[last].credit
        if stepMode == .cumulative {
            let sum = steps[...last].reduce(Int128(0)) { $0 + Int128($1.credit) }
            guard sum <= Int128(JSONReader.numberLimit) else {
                throw Fault(
                    .amountRange,
                    at: "amount",
                    "the steps credit more than 9007199254740991 units"
                )
            }
            credit = Int64(sum)
        }
        if rounding == .exact, steps[last].amount != amount {
            throw Fault(.inexactAmount, at: "amount", "\(amount) is not the amount of a step")
        }
        return Result(debit: rounding == .keepRest ? steps[last].amount : amount, credit: credit)
    }
}
