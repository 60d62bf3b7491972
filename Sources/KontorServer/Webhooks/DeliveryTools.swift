internal import Foundation
internal import NIOCore
internal import NIOSSL
internal import Signing

/// What couriers take from the world: time, chance, names, and how patient they are.
struct DeliveryTools: Sendable {
    /// How often and how long is tried.
    var limits = DeliverySchedule.Limits()
    /// Within which time an attempt ends.
    var attemptTime = Duration.seconds(10)
    /// How long an address that was resolved and answered is kept.
    var addressTime = Duration.seconds(60)
    /// How often progress is saved at the most.
    var saveTime = Duration.seconds(1)
    /// What receivers are verified by.
    var tls = TLSConfiguration.makeClientConfiguration()
    /// The present moment.
    var now: @Sendable () -> Timestamp = {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)))
    }
    /// A number from 0 to another one, each as likely.
    var draw: @Sendable (Int64) -> Int64 = { Int64.random(in: 0...max(0, $0)) }
    /// The address of a name and a port, or nil if there is none in time.
    var resolve: @Sendable (String, Int, Duration) async -> SocketAddress? = {
        await NameResolver.address(of: $0, port: $1, within: $2)
    }
}
