internal import Hummingbird
internal import NIOCore

/// `/metrics` in the exposition format of Prometheus.
struct MetricsRoute {
    let report: MetricsReport

    func add<Context>(to router: Router<Context>) {
        let report = report
        router.get("/metrics") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: PrometheusText.mediaType, .cacheControl: "no-store"],
                body: ResponseBody(
                    byteBuffer: ByteBuffer(string: PrometheusText.render(report.families()))
                )
            )
        }
    }
}
