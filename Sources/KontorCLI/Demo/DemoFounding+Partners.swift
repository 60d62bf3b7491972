internal import Ledger
internal import Signing

/// Partners and their programmes.
extension DemoFounding {
    /// Invitation by slug and thumbprint, application by that key, admission by two operators.
    func admitPartners() throws {
        let partners = network.partners
        for (place, partner) in partners.enumerated() {
            let algorithm = Self.algorithm(ofPartner: place)
            let key = try DemoKey(
                seed: ledger.seed,
                name: partner.name,
                use: "entries",
                algorithm: algorithm
            )
            ledger.setKey(key, of: partner.name)
        }
        try ledger.enter(
            try partners.map { partner in
                let thumbprint = try ledger.key(of: partner.name).thumbprint.base64URL
                return try ledger.draft(
                    .partnerInvite,
                    by: DemoLedger.operators[0],
                    ["subject": .string(partner.name), "thumbprint": .string(thumbprint)]
                )
            }
        )
        try ledger.enter(
            try partners.enumerated().map { place, partner in try application(partner, place) }
        )
        try ledger.enterByFourEyes(partners.map { (.partnerAdmit, ["subject": .string($0.name)]) })
    }

    private func application(
        _ partner: (name: String, region: String),
        _ place: Int
    ) throws -> Draft {
        var draft = try ledger.draft(.partnerApply, by: partner.name)
        let seed = ledger.seed
        let recovery = try DemoKey(seed: seed, name: partner.name, use: "recovery")
        var keys = [
            try ledger.key(of: partner.name).offer(in: draft, use: .entries, owner: partner.name),
            try recovery.offer(in: draft, use: .recovery, owner: partner.name),
        ]
        if place % 3 == 0 {
            let access = try DemoKey(
                seed: seed,
                name: partner.name,
                use: "access",
                algorithm: .es256
            )
            keys.append(try access.offer(in: draft, use: .access, owner: partner.name))
        }
        draft.members = [
            JSONMember(name: "region", value: .string(partner.region)),
            JSONMember(name: "keys", value: .array(keys)),
        ]
        return draft
    }

    func definePrograms() throws {
        try ledger.enter(
            try network.programs.map { program in
                try ledger.draft(
                    .programDefine,
                    by: program.partner,
                    ["program": .string(program.id), "scale": .integer(program.scale)]
                )
            }
        )
        try ledger.enter(
            try network.programs.map { program in
                try ledger.draft(
                    .ratesPublish,
                    by: program.partner,
                    [
                        "program": .string(program.id), "currency": .string(program.currency),
                        "bid": program.value, "ask": program.value,
                        "validFrom": .string(ledger.now.description),
                        "validTo": .string(
                            ledger.now.advanced(byMilliseconds: 30 * 86_400_000).description
                        ),
                    ]
                )
            }
        )
    }
}
