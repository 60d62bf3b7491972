/// What `/metrics` tells of deliveries; no address and no owner is a label.
extension MetricsReport {
    static func webhookFamilies(_ figures: WebhookFigures) -> [MetricFamily] {
        var count = MetricFamily("kontor_webhooks", .gauge, "Subscriptions, by state.")
        var lag = MetricFamily(
            "kontor_webhook_lag_entries",
            .gauge,
            "Entries that the last subscription of a state is behind the log."
        )
        for (state, standing) in [("active", figures.active), ("paused", figures.paused)] {
            count.add(standing.count, [.init("state", state)])
            lag.add(standing.lag, [.init("state", state)])
        }
        return [
            MetricFamily(
                "kontor_webhook_deliveries_total",
                .counter,
                "Entries that receivers took.",
                figures.delivered
            ),
            MetricFamily(
                "kontor_webhook_retries_total",
                .counter,
                "Attempts that failed, with another one to follow.",
                figures.retried
            ),
            MetricFamily(
                "kontor_webhook_dead_letters_total",
                .counter,
                "Entries that could not be delivered in time.",
                figures.dead
            ),
            count, lag,
        ]
    }
}
