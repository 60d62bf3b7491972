internal import Money
internal import Settlement
internal import Signing

/// Proposal, acceptance and end of agreements (spec/09 §1).
extension Book {
    mutating func propose(
        _ terms: Terms,
        _ acceptBy: Timestamp,
        _ supersedes: Digest?,
        _ submission: SignedStatement,
        at position: Position
    ) throws(Fault) {
        let signer = submission.statement.signer
        guard signer == terms.debtor || signer == terms.creditor else {
            throw Fault(.notAParty, at: "partner", "debtor or creditor proposes")
        }
        guard acceptBy > position.time else {
            throw Fault(
                .timeRange,
                at: "acceptBy",
                "it is not after the entry's time \(position.time)"
            )
        }
        let hash = submission.payloadDigest
        guard registry.agreement(hash) == nil else {
            throw Fault(.alreadySigned, at: "terms", "these very terms were proposed before")
        }
        do throws(Fault) { try checkNetwork(of: terms) } catch { throw error.under("terms") }
        if let supersedes { _ = try checkSupersession(of: supersedes, by: terms) }
        let version = AgreementVersion(
            hash: hash,
            terms: terms,
            proposedAt: position.index,
            acceptBy: acceptBy,
            supersedes: supersedes,
            signed: [signer]
        )
        let place = Int32(registry.agreements.count)
        var plan: Plan?
        if version.signed.count == terms.parties.count {
            plan = try makePlan(for: version, place, at: position)
        }
        registry.agreements.append(version)
        registry.agreementPlaces[hash] = place
        nights.trails.append()
        totals.append(
            Totals(funded: terms.bonuses.flatMap { bonus in bonus.funding.map { _ in 0 } })
        )
        if let plan { bind(place, plan, at: position) }
    }

    mutating func accept(_ hash: Digest, signer: String, at position: Position) throws(Fault) {
        guard let place = registry.agreementPlaces[hash] else {
            throw Fault(.unknownAgreement, at: "agreement", "no proposal has this terms hash")
        }
        let version = registry.agreements[Int(place)]
        guard version.terms.parties.contains(signer) else {
            throw Fault(.notAParty, at: "partner", "\(signer) is no party of this agreement")
        }
        guard !version.signed.contains(signer) else {
            throw Fault(.alreadySigned, at: "agreement", "\(signer) signed it before")
        }
        guard position.time <= version.acceptBy else {
            throw Fault(
                .acceptanceTooLate,
                at: "agreement",
                "it could be accepted until \(version.acceptBy)"
            )
        }
        if version.signed.count + 1 == version.terms.parties.count {
            if let old = version.supersedes {
                _ = try checkSupersession(of: old, by: version.terms)
            }
            let plan = try makePlan(for: version, place, at: position)
            bind(place, plan, at: position)
        }
        registry.agreements[Int(place)].signed.append(signer)
    }

    mutating func terminate(
        _ hash: Digest,
        from moment: Timestamp,
        signer: String,
        at position: Position
    ) throws(Fault) {
        guard let place = registry.agreementPlaces[hash] else {
            throw Fault(.unknownAgreement, at: "agreement", "no proposal has this terms hash")
        }
        let version = registry.agreements[Int(place)]
        guard signer == version.terms.debtor || signer == version.terms.creditor else {
            throw Fault(.notAParty, at: "partner", "debtor or creditor terminates")
        }
        guard version.boundAt != nil else {
            throw Fault(.agreementNotBound, at: "agreement", "it does not bind yet")
        }
        let earliest = position.time.advanced(
            byMilliseconds: version.terms.noticePeriodDays * 86_400_000
        )
        guard moment >= earliest else {
            throw Fault(
                .noticePeriod,
                at: "from",
                "with the notice agreed it ends at \(earliest) at the earliest"
            )
        }
        if let end = version.terminatedFrom, end <= moment {
            throw Fault(.wrongState, at: "from", "it is terminated from \(end)")
        }
        registry.agreements[Int(place)].terminatedFrom = moment
    }

    private mutating func bind(_ place: Int32, _ plan: Plan, at position: Position) {
        let version = registry.agreements[Int(place)]
        var plan = plan
        if version.terms.hasFixing { plan.fixing = fixings.add(agreement: place) }
        registry.agreements[Int(place)].plan = plan
        registry.agreements[Int(place)].boundAt = position.index
        if let old = version.supersedes, let oldPlace = registry.agreementPlaces[old] {
            registry.agreements[Int(oldPlace)].supersededFrom = version.terms.validFrom
        }
    }

    /// Rules that need the registry: partners, programs and currencies exist.
    private func checkNetwork(of terms: Terms) throws(Fault) {
        for name in terms.parties {
            guard let partner = registry.partner(name),
                partner.state == .active || partner.state == .suspended
            else {
                let place =
                    name == terms.debtor
                    ? "debtor" : name == terms.creditor ? "creditor" : "bonuses"
                throw Fault(.unknownSubject, at: place, "\(name) is no admitted partner")
            }
        }
        for (name, side) in [("from", terms.from), ("to", terms.to)] {
            guard case .program(let id) = side else { continue }
            guard let program = registry.programs[id] else {
                throw Fault(.unknownProgram, at: name, "the program \(id) is not defined")
            }
            guard program.status == .open else {
                throw Fault(.programClosed, at: name, "the program \(id) is closed")
            }
        }
        if let settlement = terms.settlement,
            !registry.currencies.contains(settlement.settlementCurrency)
        {
            throw Fault(
                .unknownCurrency,
                at: "settlement.settlementCurrency",
                "\(settlement.settlementCurrency) is no settlement currency"
            )
        }
        for (index, fee) in terms.fees.enumerated()
        where registry.partner(terms.partner(of: fee.payee)) == nil {
            throw Fault(
                .unknownSubject,
                at: "fees[\(index)].payee",
                "there is no partner \(fee.payee)"
            )
        }
    }

    private func checkSupersession(of hash: Digest, by terms: Terms) throws(Fault) -> Int32 {
        guard let place = registry.agreementPlaces[hash] else {
            throw Fault(.unknownAgreement, at: "supersedes", "no proposal has this terms hash")
        }
        let old = registry.agreements[Int(place)]
        let sides = (old.terms.debtor, old.terms.creditor, old.terms.kind)
        guard sides == (terms.debtor, terms.creditor, terms.kind),
            old.terms.from == terms.from, old.terms.to == terms.to
        else {
            throw Fault(.supersession, at: "supersedes", "the older version is between other sides")
        }
        guard old.boundAt != nil, old.supersededFrom == nil else {
            throw Fault(
                .supersession,
                at: "supersedes",
                "the older version is not bound, or superseded already"
            )
        }
        return place
    }

    /// Looks up what the rules need; refuses prices that would make exposures inexact.
    private mutating func makePlan(
        for version: AgreementVersion,
        _ place: Int32,
        at position: Position
    ) throws(Fault) -> Plan {
        let terms = version.terms
        guard let debtor = registry.partner(terms.debtor)?.place,
            let creditor = registry.partner(terms.creditor)?.place
        else {
            throw Fault(.unknownSubject, at: "terms.debtor", "debtor and creditor are partners")
        }
        let fixedPrice = registry.rules(at: position.index) >= 2 ? Self.leastFixedPrice : nil
        let denominators = try checkDenominators(terms, debtor, creditor, fixedPrice)
        for (owing, denominator) in denominators {
            guard let currency = terms.settlement?.priceCurrency else { continue }
            exposures.rescale(
                exposures.place(debtor: owing, creditor: creditor, currency: currency),
                to: denominator
            )
        }
        var exposure: Int32?
        var account: Int32?
        var offset: Int32?
        if let settlement = terms.settlement {
            let currency = settlement.priceCurrency
            exposure = exposures.place(debtor: debtor, creditor: creditor, currency: currency)
            account = nights.accounts.place(
                place,
                .units,
                debtor: debtor,
                creditor: creditor,
                currency: currency
            )
            if settlement.offsets {
                offset = exposures.place(debtor: creditor, creditor: debtor, currency: currency)
            }
        }
        return Plan(
            debtor: debtor,
            creditor: creditor,
            pair: MemberRegister.pair(debtor, creditor),
            exposure: exposure,
            account: account,
            offset: offset,
            price: terms.settlement?.price.fixed,
            bonuses: terms.bonuses.map { plan(for: $0, of: terms, place, creditor) },
            caps: terms.caps.map { plan(for: $0, of: terms) },
            fees: terms.fees.map { self.place(of: $0, in: terms) },
            feeAccounts: terms.fees.map { self.account(of: $0, in: terms, place) },
            referenceKind: terms.uniqueRef ? counters.place(of: .references(of: version)) : nil,
            keepsGrants: terms.bonuses.contains { $0.dependsOnHistory }
        )
    }

    /// The denominators that the exposures of each partner that owes would need; nothing is changed
    /// yet.
    private func checkDenominators(
        _ terms: Terms,
        _ debtor: Int32,
        _ creditor: Int32,
        _ fixedPrice: Rate?
    ) throws(Fault) -> [(Int32, Int64)] {
        guard let settlement = terms.settlement else { return [] }
        var prices: [(Int32, Rate)] = []
        if let price = settlement.price.fixed ?? fixedPrice { prices.append((debtor, price)) }
        for bonus in terms.bonuses {
            if let price = bonus.price { prices.append((debtor, price)) }
            for share in bonus.funding {
                prices.append((debtor, share.price))
                if let place = registry.partner(share.partner)?.place {
                    prices.append((place, share.price))
                }
            }
        }
        var result: [(Int32, Int64)] = []
        for (owing, price) in prices {
            let known = result.firstIndex { $0.0 == owing }
            let place = exposures.existing(
                debtor: owing,
                creditor: creditor,
                currency: settlement.priceCurrency
            )
            let current =
                known.map { result[$0].1 } ?? place.map { exposures.list[Int($0)].denominator } ?? 1
            guard
                let multiple = Int128.leastCommonMultiple(
                    Int128(current),
                    Int128(price.denominator),
                    atMost: Int128(Rate.limit)
                )
            else {
                throw Fault(
                    .priceDenominator,
                    at: "terms.settlement.price",
                    "the common multiple of price denominators passes 2147483647"
                )
            }
            if let known {
                result[known].1 = Int64(multiple)
            } else {
                result.append((owing, Int64(multiple)))
            }
        }
        return result
    }

    private mutating func plan(
        for bonus: Bonus,
        of terms: Terms,
        _ agreement: Int32,
        _ creditor: Int32
    ) -> Plan.BonusPlan {
        let group = bonus.group.flatMap { name in terms.groups.firstIndex { $0.group == name } }
        let end = bonus.group.flatMap { terms.end(ofGroup: $0) } ?? .latest
        func kind(_ purpose: CounterKind.Purpose, _ subject: Cap.Subject) -> CounterKind {
            CounterKind(
                purpose: purpose,
                issuer: terms.debtor,
                group: bonus.group ?? "",
                unit: .target,
                period: .transaction,
                days: 0,
                subject: subject,
                utcOffsetMinutes: 0,
                end: end
            )
        }
        let hasPlaces = bonus.memberCount != nil
        let places = hasPlaces ? counters.place(of: kind(.places, .member)) : nil
        let total = hasPlaces ? counters.place(of: kind(.places, .pair)) : nil
        if let places, let total { counters.link(places: places, total: total) }
        return Plan.BonusPlan(
            group: group.map { Int32($0) },
            onceKind: bonus.kind == .once ? counters.place(of: kind(.once, .member)) : nil,
            placesKind: places,
            placesTotal: total,
            price: bonus.priced ? bonus.price ?? terms.settlement?.price.fixed : nil,
            funders: bonus.funding.compactMap { share in
                guard let place = registry.partner(share.partner)?.place,
                    let settlement = terms.settlement
                else { return nil }
                return exposures.place(
                    debtor: place,
                    creditor: creditor,
                    currency: settlement.priceCurrency
                )
            },
            funderAccounts: bonus.funding.compactMap { share in
                guard let place = registry.partner(share.partner)?.place,
                    let settlement = terms.settlement
                else { return nil }
                return nights.accounts.place(
                    agreement,
                    .funding,
                    debtor: place,
                    creditor: creditor,
                    currency: settlement.priceCurrency
                )
            }
        )
    }

    private mutating func plan(for cap: Cap, of terms: Terms) -> Plan.CapPlan {
        guard let name = cap.group, let end = terms.end(ofGroup: name) else {
            return Plan.CapPlan(group: nil, kind: nil)
        }
        let kind = CounterKind(
            purpose: .cap,
            issuer: terms.debtor,
            group: name,
            unit: cap.unit,
            period: cap.period,
            days: cap.days ?? 0,
            subject: cap.subject,
            utcOffsetMinutes: terms.utcOffsetMinutes,
            end: end
        )
        return Plan.CapPlan(
            group: terms.groups.firstIndex { $0.group == name }.map { Int32($0) },
            kind: counters.place(of: kind)
        )
    }

    private mutating func place(of fee: Fee, in terms: Terms) -> Int32? {
        guard fee.payer != .member,
            let payer = registry.partner(terms.partner(of: fee.payer.rawValue))?.place,
            let payee = registry.partner(terms.partner(of: fee.payee))?.place
        else { return nil }
        return exposures.place(debtor: payer, creditor: payee, currency: fee.currency)
    }

    private mutating func account(of fee: Fee, in terms: Terms, _ agreement: Int32) -> Int32? {
        guard fee.payer != .member,
            let payer = registry.partner(terms.partner(of: fee.payer.rawValue))?.place,
            let payee = registry.partner(terms.partner(of: fee.payee))?.place
        else { return nil }
        return nights.accounts.place(
            agreement,
            .fee,
            debtor: payer,
            creditor: payee,
            currency: fee.currency
        )
    }
}

extension CounterKind {
    /// The references used under an agreement version.
    static func references(of version: AgreementVersion) -> CounterKind {
        CounterKind(
            purpose: .reference,
            issuer: version.terms.debtor,
            group: version.hash.base64URL,
            unit: .source,
            period: .transaction,
            days: 0,
            subject: .pair,
            utcOffsetMinutes: 0,
            end: version.terms.validTo ?? .latest
        )
    }
}
