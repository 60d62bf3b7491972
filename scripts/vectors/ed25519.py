"""Ed25519 with its torsion points, in plain integers, for making vectors. Slow, and not for secrets.

Written from RFC 8032 §5.1; independent of the Swift code and of the library that it uses.
"""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # a square root of -1
IDENTITY = (0, 1)


def abscissa(y, sign):
    """The x of a point, or None if there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT % P
    if x * x % P != square:
        return None
    return (P - x) % P if x & 1 != sign else x


def add(a, b):
    t = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + a[1] * b[0]) * pow(1 + t, -1, P)
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, P)
    return x % P, y % P


def multiply(n, point):
    result = IDENTITY
    while n:
        if n & 1:
            result = add(result, point)
        point = add(point, point)
        n >>= 1
    return result


def negate(point):
    return (P - point[0]) % P, point[1]


def encode(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def decode(data):
    """The point of 32 bytes, however they are spelled, or None."""
    number = int.from_bytes(data, "little")
    y = (number & (1 << 255) - 1) % P
    x = abscissa(y, number >> 255)
    return None if x is None else (x, y)


_y = 4 * pow(5, -1, P) % P
BASE = (abscissa(_y, 0), _y)


def _torsion():
    """The eight points whose eightfold is the identity, as multiples of one of order 8."""
    y = 2
    while True:
        x = abscissa(y, 0)
        if x is not None:
            point = multiply(L, (x, y))
            if multiply(4, point) != IDENTITY:
                return [multiply(n, point) for n in range(8)]
        y += 1


TORSION = _torsion()


def hash_to_scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


def secret_scalar(seed):
    half = bytearray(hashlib.sha512(seed).digest()[:32])
    half[0] &= 248
    half[31] = half[31] & 127 | 64
    return int.from_bytes(half, "little")


def public_key(seed):
    return encode(multiply(secret_scalar(seed), BASE))


def sign(seed, message):
    prefix = hashlib.sha512(seed).digest()[32:]
    public = public_key(seed)
    r = hash_to_scalar(prefix, message)
    point = encode(multiply(r, BASE))
    s = (r + hash_to_scalar(point, public, message) * secret_scalar(seed)) % L
    return point + s.to_bytes(32, "little")


def is_strict(public, message, signature):
    """The rule of spec/03 §3.3: canonical key not of small order, S < L, R compared bytewise, no cofactor."""
    point = decode(public)
    if point is None or encode(point) != public or point in TORSION:
        return False
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    k = hash_to_scalar(signature[:32], public, message)
    return encode(add(multiply(s, BASE), multiply(k, negate(point)))) == signature[:32]


def is_lenient(public, message, signature, reencode=False):
    """What a verifier that clears the cofactor and decodes anything would say."""
    point, commitment = decode(public), decode(signature[:32])
    if point is None or commitment is None:
        return False
    s = int.from_bytes(signature[32:], "little")
    first, second = signature[:32], public
    if reencode:
        first, second = encode(commitment), encode(point)
    k = hash_to_scalar(first, second, message)
    right = add(commitment, multiply(k, point))
    return multiply(8 * s, BASE) == multiply(8, right)
