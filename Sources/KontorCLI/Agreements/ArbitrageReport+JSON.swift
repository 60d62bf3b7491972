internal import Ledger
internal import Money
internal import Settlement
internal import Signing

extension ArbitrageReport {
    /// The report as one JSON object; fractions are texts, since they may pass 2^53.
    func json(at moment: Timestamp) -> JSONValue {
        [
            "at": .string(moment.description), "nodes": .integer(Int64(nodes.count)),
            "edges": .integer(Int64(edgeCount)), "complete": .boolean(isComplete),
            "undecided": .array(undecided.map { .string($0) }),
            "valueless": .array(valueless.map { .string($0) }),
            "cycles": .array(cycles.map(\.json)), "bypassed": .array(detours.map(\.json)),
            "roundTrips": .array(roundTrips.map(\.json)),
        ]
    }
}

extension ArbitrageTimeline {
    /// The timeline as one JSON object.
    var json: JSONValue {
        let list: [JSONValue] = spans.map { span in
            [
                "from": .string(span.from.description),
                "to": span.to.map { .string($0.description) } ?? .null,
                "cycle": span.cycle.json,
            ]
        }
        return [
            "intervals": .integer(Int64(intervals)), "complete": .boolean(isComplete),
            "undecided": .array(undecided.map { .string($0) }), "spans": .array(list),
        ]
    }
}

extension TermProposal {
    /// The judgement as one JSON object.
    func json(
        at moment: Timestamp,
        _ drain: ProjectedDrain?,
        _ policy: ArbitragePolicy,
        _ third: [String]
    ) -> JSONValue {
        [
            "at": .string(moment.description), "policy": .string(policy.rawValue),
            "blocked": .boolean(policy.forbids(alarms: alarms.count, undecided: undecided.count)),
            "countersigners": .array(policy == .countersign ? third.map { .string($0) } : []),
            "complete": .boolean(isComplete),
            "undecided": .array(undecided.map { .string($0) }),
            "cycles": .array(cycles.map(\.json)), "dominates": .array(dominates.map(\.json)),
            "dominatedBy": .array(dominatedBy.map(\.json)),
            "roundTrips": .array(roundTrips.map(\.json)),
            "drain": drain.map { .array($0.lines.map(\.json)) } ?? .null,
        ]
    }
}

extension FoundCycle {
    var json: JSONValue {
        var bounds: [JSONValue] = []
        for bound in caps {
            bounds.append([
                "agreement": .string(bound.agreement), "amount": .integer(bound.cap.amount),
                "unit": .string(bound.cap.unit.rawValue), "period": .string(bound.cap.period),
                "subject": .string(bound.cap.subject),
                "gainAtMost": bound.gainAtMost.map { .string(String($0)) } ?? .null,
            ])
        }
        let lap: JSONValue =
            self.lap.map { lap in
                [
                    "spent": .integer(lap.spent), "returned": .integer(lap.returned),
                    "smallest": .boolean(lap.isSmallest),
                ]
            } ?? .null
        return [
            "verdict": .string("\(verdict)"), "product": .string(product.description),
            "onceProduct": .string(onceProduct.description), "bound": .boolean(isBound),
            "nodes": .array(nodes.map { .string($0) }),
            "agreements": .array(agreements.map { .string($0) }),
            "onceGainAtMost": onceGainAtMost.map { .string(String($0)) } ?? .null,
            "caps": .array(bounds), "minimum": .integer(minimum), "lap": lap,
            "remarks": .array(remarks.map { .string($0) }),
        ]
    }
}

extension Detour {
    var json: JSONValue {
        [
            "agreement": .string(agreement), "from": .string(from), "to": .string(to),
            "direct": .string(direct.description), "ratio": .string(ratio.description),
            "factor": .string(factor.description), "route": .array(route.map { .string($0) }),
            "via": .array(via.map { .string($0) }),
        ]
    }
}

extension RoundTrip {
    var json: JSONValue {
        [
            "from": .string(from), "to": .string(to), "kept": .string(kept.description),
            "loss": .string(loss.description),
            "agreements": .array(agreements.map { .string($0) }),
        ]
    }
}

extension ProjectedDrain.Line {
    var json: JSONValue {
        [
            "agreement": .string(flow.agreement), "debit": .integer(flow.debit),
            "was": .integer(flow.credit), "route": .array(route.map { .string($0) }),
            "credit": .string(String(credit)), "extra": .string(String(extra)),
            "worth": worth.map { .string(String($0)) } ?? .null,
            "currency": currency.map { .string($0.code) } ?? .null,
        ]
    }
}
