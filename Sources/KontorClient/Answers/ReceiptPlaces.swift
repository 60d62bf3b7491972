internal import Signing
internal import VerifiableLog

/// The places that submissions got, the latest so many of them, so that a retry is told the same.
struct ReceiptPlaces: Sendable {
    private struct Place: Equatable {
        let index: UInt64
        let time: Timestamp
        let previous: Digest
        let leafHash: Digest
    }

    private let limit: Int
    private var places: [Digest: Place] = [:]
    private var order: [Digest] = []
    private var oldest = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Notes the receipt of a submission; throws `changedReceipt` if it got another place before.
    ///
    /// A submission is one by key and payload (spec/04 §4), whatever its signature bytes.
    mutating func note(_ receipt: Receipt, of jws: JWS) throws(ClientError) {
        var builder = DigestBuilder()
        builder.update(jws.keyID.bytes)
        builder.update(jws.payload)
        let name = builder.finalize()
        let place = Place(
            index: receipt.index,
            time: receipt.time,
            previous: receipt.previous,
            leafHash: receipt.leafHash
        )
        if let known = places[name] {
            guard known == place else {
                throw ClientError(
                    .changedReceipt,
                    at: "receipt of \(receipt.id)",
                    "it names entry \(receipt.index), an earlier receipt entry \(known.index); "
                        + "index, time, prev and leafHash never change, so keep both receipts"
                )
            }
            return
        }
        if order.count < limit {
            order.append(name)
        } else {
            places[order[oldest]] = nil
            order[oldest] = name
            oldest = (oldest + 1) % limit
        }
        places[name] = place
    }
}
