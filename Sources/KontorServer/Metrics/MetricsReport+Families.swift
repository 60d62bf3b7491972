internal import KontorEngine
internal import Ledger
internal import Money
internal import Signing

/// The families by topic, each made of values alone.
extension MetricsReport {
    static func submissionFamilies(_ state: ServerMetrics.State) -> [MetricFamily] {
        var refused = MetricFamily(
            "kontor_submissions_refused_total",
            .counter,
            "Submissions that were refused, by the code of the first fault."
        )
        for (code, count) in state.refusals.sorted(by: { $0.key < $1.key }) {
            refused.add(count, [.init("code", code)])
        }
        var requests = MetricFamily(
            "kontor_http_requests_total",
            .counter,
            "Requests of the public address, by route, method and status."
        )
        for (key, count) in state.requests.sorted(by: { $0.key < $1.key }) {
            requests.add(
                count,
                [
                    .init("route", key.route), .init("method", key.method),
                    .init("status", String(key.status)),
                ]
            )
        }
        return [
            MetricFamily(
                "kontor_submissions_accepted_total",
                .counter,
                "Submissions that took effect.",
                state.accepted
            ),
            MetricFamily(
                "kontor_submissions_known_total",
                .counter,
                "Submissions that had taken effect before.",
                state.known
            ),
            refused, requests,
        ]
    }

    static func connectionFamilies(_ state: ServerMetrics.State) -> [MetricFamily] {
        [
            MetricFamily("kontor_event_streams", .gauge, "Open event streams.", state.eventStreams),
            MetricFamily(
                "kontor_connections",
                .gauge,
                "Open connections of the public address.",
                state.connections
            ),
            MetricFamily(
                "kontor_connections_refused_total",
                .counter,
                "Connections closed at once, since there were too many.",
                state.connectionsRefused
            ),
            MetricFamily(
                "kontor_connections_cut_total",
                .counter,
                "Connections ended, since their client was too slow.",
                state.connectionsCut
            ),
        ]
    }

    static func tilesFamilies(_ state: ServerMetrics.State) -> [MetricFamily] {
        var size = MetricFamily(
            "kontor_published_tree_size",
            .gauge,
            "Entries of the published tiles directory."
        )
        if let published = state.tilesSize { size.add(published) }
        return [
            size,
            MetricFamily(
                "kontor_tiles_failures_total",
                .counter,
                "Rounds in which the tiles directory could not be brought up to date.",
                state.tilesFailures
            ),
        ]
    }

    static func engineFamilies(
        _ engine: EngineFigures,
        at now: Timestamp
    ) -> [MetricFamily] {
        var seconds = MetricFamily(
            "kontor_commit_seconds",
            .histogram,
            "Seconds that each commit took to become durable."
        )
        if let histogram = engine.commitSeconds { seconds.add(histogram) }
        var batches = MetricFamily("kontor_commit_entries", .histogram, "Entries of each commit.")
        if let histogram = engine.batchEntries { batches.add(histogram) }
        var fsyncs = MetricFamily(
            "kontor_fsyncs_total",
            .counter,
            "Durable transactions of the store; each costs one fsync."
        )
        if let count = engine.fsyncs { fsyncs.add(count) }
        var age = MetricFamily(
            "kontor_last_checkpoint_age_seconds",
            .gauge,
            "Seconds since the last entry and its checkpoint."
        )
        if let last = engine.lastTime {
            age.add(number: Double(max(0, now.milliseconds - last.milliseconds)) / 1_000)
        }
        return [
            MetricFamily(
                "kontor_queue_length",
                .gauge,
                "Submissions that wait for the writer.",
                engine.queueLength
            ),
            MetricFamily("kontor_commits_total", .counter, "Durable commits.", engine.commits),
            MetricFamily(
                "kontor_committed_entries_total",
                .counter,
                "Entries of these commits.",
                engine.entries
            ),
            MetricFamily(
                "kontor_committed_bytes_total",
                .counter,
                "Bytes of headers, payloads and signatures of these entries.",
                engine.bytes
            ),
            fsyncs, seconds, batches,
            MetricFamily("kontor_tree_size", .gauge, "Entries of the log.", engine.treeSize), age,
        ]
    }

    static func moneyFamilies(_ engine: EngineFigures) -> [MetricFamily] {
        var net = MetricFamily(
            "kontor_position_minor_units",
            .gauge,
            "What a partner owes net, posted and reserved; less than 0 if it is owed."
        )
        var cap = MetricFamily(
            "kontor_limit_minor_units",
            .gauge,
            "What a partner may owe net, where the operator set a cap."
        )
        for line in engine.netPositions {
            let labels: [MetricFamily.Sample.Label] = [
                .init("partner", line.partner), .init("currency", line.currency.code),
            ]
            net.add(line.netDebit, labels)
            if let limit = line.netDebitCap { cap.add(limit, labels) }
        }
        var pair = MetricFamily(
            "kontor_pair_position_minor_units",
            .gauge,
            "What a debtor owes a creditor, posted and reserved."
        )
        var line = MetricFamily(
            "kontor_credit_line_minor_units",
            .gauge,
            "What the debtor may owe the creditor."
        )
        for position in engine.positions {
            let labels: [MetricFamily.Sample.Label] = [
                .init("debtor", position.debtor), .init("creditor", position.creditor),
                .init("currency", position.currency.code),
            ]
            pair.add(position.posted + position.held, labels)
            if let limit = position.creditLine { line.add(limit, labels) }
        }
        return [net, cap, pair, line]
    }

    static func processFamilies(_ process: ProcessFigures) -> [MetricFamily] {
        var families: [MetricFamily] = []
        if let bytes = process.residentBytes {
            families.append(
                MetricFamily(
                    "process_resident_memory_bytes",
                    .gauge,
                    "Memory of the process.",
                    bytes
                )
            )
        }
        if let count = process.openDescriptors {
            families.append(
                MetricFamily("process_open_fds", .gauge, "Open file descriptors.", count)
            )
        }
        return families
    }
}
