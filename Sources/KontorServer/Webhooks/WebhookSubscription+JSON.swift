internal import KontorAPI
internal import Ledger
internal import Signing

/// The two forms of a subscription: what its owner is shown, and what is kept.
///
/// It is kept in two settings, `webhook/<id>` with all but the dead letters, and
/// `webhook-dead/<id>` with those, since the former changes with every delivery.
extension WebhookSubscription {
    /// What the names of the settings begin with.
    static let settingPrefix = "webhook/"

    /// The setting that keeps it.
    static func settingName(_ id: UUIDv7) -> String { "\(settingPrefix)\(id)" }

    /// The setting that keeps its dead letters.
    static func deadSettingName(_ id: UUIDv7) -> String { "webhook-dead/\(id)" }

    /// What its owner is shown.
    var shown: JSONValue {
        var members = common
        members.append(
            JSONMember(name: "state", value: schedule.pause == nil ? "active" : "paused")
        )
        if let pause = schedule.pause {
            members.append(JSONMember(name: "pausedFor", value: .string(pause.rawValue)))
        }
        if let pending = schedule.pending, pending.failureCount > 0 {
            members += Self.members(of: pending)
        }
        members += [
            JSONMember(name: "dead", value: .integer(Int64(schedule.dead.letters.count))),
            JSONMember(name: "deadDropped", value: .integer(Int64(schedule.dead.droppedCount))),
        ]
        return .object(members)
    }

    /// What is kept, but the dead letters.
    var kept: JSONValue {
        var members = common
        members += [
            JSONMember(name: "owner", value: .string(owner.name)),
            JSONMember(name: "role", value: .string(owner.role.rawValue)),
            JSONMember(name: "key", value: .string(keyID.base64URL)),
        ]
        if let pause = schedule.pause {
            members.append(JSONMember(name: "pausedFor", value: .string(pause.rawValue)))
        }
        if let pending = schedule.pending { members += Self.members(of: pending) }
        return .object(members)
    }

    /// A subscription as it was kept, or nil if it cannot be read.
    init?(kept value: JSONValue, dead: DeadLetters) {
        guard let id = value.text("id").flatMap({ UUIDv7($0) }), let owner = value.text("owner"),
            let role = value.text("role").flatMap({ Reader.Role(rawValue: $0) }),
            let keyID = value.text("key").flatMap({ Digest($0, as: .url) }),
            let text = value.text("url"),
            let url = try? WebhookURL(parsing: text, allowsLoopback: true),
            let next = value.number("next").flatMap({ UInt64(exactly: $0) })
        else { return nil }
        var kinds: [Kind]?
        if case .array(let names)? = value["kinds"] {
            kinds = names.compactMap { name in
                guard case .string(let text) = name else { return nil }
                return Kind(rawValue: text)
            }
        }
        self.id = id
        self.owner = Reader(role: role, name: owner)
        self.keyID = keyID
        self.url = url
        self.kinds = kinds
        schedule = DeliverySchedule(
            next: next,
            pause: value.text("pausedFor").flatMap { DeliverySchedule.Pause(rawValue: $0) },
            pending: Self.pending(value),
            dead: dead
        )
    }

    private var common: [JSONMember] {
        var members = [
            JSONMember(name: "id", value: .string(id.description)),
            JSONMember(name: "url", value: .string(url.text)),
        ]
        if let kinds {
            let names = kinds.map { JSONValue.string($0.rawValue) }
            members.append(JSONMember(name: "kinds", value: .array(names)))
        }
        members += [
            JSONMember(name: "created", value: .string(createdAt.description)),
            JSONMember(name: "next", value: .integer(Int64(schedule.next))),
        ]
        return members
    }

    private static func members(of pending: DeliverySchedule.Pending) -> [JSONMember] {
        var members = [
            JSONMember(name: "failures", value: .integer(Int64(pending.failureCount)))
        ]
        if let moment = pending.firstAt {
            members.append(JSONMember(name: "firstAt", value: .string(moment.description)))
        }
        if let moment = pending.retryAt {
            members.append(JSONMember(name: "retryAt", value: .string(moment.description)))
        }
        return members
    }

    private static func pending(_ value: JSONValue) -> DeliverySchedule.Pending? {
        guard let count = value.number("failures") else { return nil }
        return DeliverySchedule.Pending(
            failureCount: Int(count),
            firstAt: value.text("firstAt").flatMap { Timestamp($0) },
            retryAt: value.text("retryAt").flatMap { Timestamp($0) }
        )
    }
}

extension DeadLetters {
    /// The letters as they are kept.
    var kept: JSONValue {
        ["dropped": .integer(Int64(droppedCount)), "letters": .array(letters.map(\.json))]
    }

    /// Letters as they were kept; what cannot be read is left out.
    init(kept value: JSONValue) {
        var letters: [DeadLetter] = []
        if case .array(let values)? = value["letters"] {
            letters = values.compactMap { DeadLetter(json: $0) }
        }
        self.init(letters, droppedCount: Int(value.number("dropped") ?? 0))
    }
}

extension DeadLetter {
    /// The letter, as it is shown and as it is kept.
    var json: JSONValue {
        var members = [
            JSONMember(name: "index", value: .integer(Int64(index))),
            JSONMember(name: "attempts", value: .integer(Int64(attempts))),
            JSONMember(name: "time", value: .string(time.description)),
            JSONMember(name: "reason", value: .string(failure.reason.rawValue)),
        ]
        if let status = failure.status {
            members.append(JSONMember(name: "status", value: .integer(Int64(status))))
        }
        return .object(members)
    }

    /// A letter from its JSON, or nil if it cannot be read.
    init?(json value: JSONValue) {
        guard let index = value.number("index").flatMap({ UInt64(exactly: $0) }),
            let attempts = value.number("attempts"),
            let time = value.text("time").flatMap({ Timestamp($0) }),
            let reason = value.text("reason").flatMap({ DeliveryFailure.Reason(rawValue: $0) })
        else { return nil }
        let status = value.number("status").map { Int($0) }
        self.init(
            index: index,
            attempts: Int(attempts),
            time: time,
            failure: DeliveryFailure(reason, status: status)
        )
    }
}

extension JSONValue {
    fileprivate func text(_ name: String) -> String? {
        guard case .string(let text)? = self[name] else { return nil }
        return text
    }

    fileprivate func number(_ name: String) -> Int64? {
        guard case .integer(let number)? = self[name] else { return nil }
        return number
    }
}
