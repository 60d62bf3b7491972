"""A client of C2SP tlog-tiles, after spec/05, spec/06 and spec/19 §10 alone.

It believes one verifier key. Every byte that it takes is compared with a hash that leads to a
root which that key has signed; each fault is a `Fault` with the code of the specification.
"""

import struct
from dataclasses import dataclass

from receipts import LogKey, leaf_hash, node, read_checkpoint, require, root_of

TILE_WIDTH = 256
IMMUTABLE = "public, max-age=31536000, immutable"


def number_path(number):
    """N of spec/05 §4: groups of three digits, all but the last after an x."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    return "/".join(groups)


@dataclass(frozen=True)
class Tile:
    """A hash tile, or with level None an entry bundle."""

    level: int | None
    number: int
    width: int = TILE_WIDTH

    @property
    def path(self):
        level = "entries" if self.level is None else self.level
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"/tile/{level}/{number_path(self.number)}{partial}"


def tiles_of(size):
    """The hash tiles of a tree, from level 0 upwards (spec/05 §3)."""
    tiles = []
    level = 0
    while size >> 8 * level:
        hashes = size >> 8 * level
        tiles += [Tile(level, number) for number in range(hashes // TILE_WIDTH)]
        if hashes % TILE_WIDTH:
            tiles.append(Tile(level, hashes // TILE_WIDTH, hashes % TILE_WIDTH))
        level += 1
    return tiles


def bundles_of(size):
    bundles = [Tile(None, number) for number in range(size // TILE_WIDTH)]
    if size % TILE_WIDTH:
        bundles.append(Tile(None, size // TILE_WIDTH, size % TILE_WIDTH))
    return bundles


def right_edge(size, fetch):
    """The complete subtrees of a tree, largest first, from its partial tiles (spec/05 §6)."""
    peaks = []
    level = 0
    while size >> 8 * level:
        hashes = size >> 8 * level
        width = hashes % TILE_WIDTH
        rest = fetch(Tile(level, hashes // TILE_WIDTH, width)) if width else []
        # From the end of the tile: the lowest bit of the width is the smallest subtree.
        end = width
        for bit in range(8):
            if width >> bit & 1:
                peaks.append(root_of(rest[end - (1 << bit):end]))
                end -= 1 << bit
        level += 1
    return peaks[::-1]


def fold(peaks):
    if not peaks:
        return root_of([])
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node(peak, root)
    return root


class Log:
    """A log behind a function `fetch(path)` that gives an answer of sandbox.py."""

    def __init__(self, fetch, vkey):
        self.fetch = fetch
        self.key = LogKey(vkey)
        self.tiles = {}
        self.fetched = 0

    def checkpoint(self):
        answer = self.fetch("/checkpoint")
        require(answer.status == 200, "checkpointMissing", str(answer))
        return read_checkpoint(answer.body.decode(), self.key), answer

    def raw(self, tile):
        """The bytes of a tile or a bundle, or of the full one that took its place."""
        self.fetched += 1
        answer = self.fetch(tile.path)
        if answer.status == 404 and tile.width < TILE_WIDTH:
            answer = self.fetch(Tile(tile.level, tile.number).path)
        require(answer.status == 200, "tileMissing", f"{tile.path}: {answer.status}")
        return answer.body

    def hashes(self, tile):
        body = self.raw(tile)
        full = len(body) == 32 * TILE_WIDTH
        require(full or len(body) == 32 * tile.width, "tileLength", tile.path)
        return [body[i:i + 32] for i in range(0, 32 * tile.width, 32)]

    def authenticate(self, checkpoint):
        """Reads every hash tile of a tree; all of them lead to its root."""
        size = checkpoint.size
        known = {}

        def fetch(tile):
            if tile not in known:
                known[tile] = self.hashes(tile)
            return known[tile]

        require(fold(right_edge(size, fetch)) == checkpoint.root, "tileForged", "the right edge")
        # From the top downwards, so that what a tile is compared with was compared before.
        parents = {(tile.level, tile.number): hashes for tile, hashes in known.items()}
        for tile in reversed(tiles_of(size)):
            if tile.width < TILE_WIDTH:
                continue
            hashes = fetch(tile)
            due = parents[tile.level + 1, tile.number // TILE_WIDTH][tile.number % TILE_WIDTH]
            require(root_of(hashes) == due, "tileForged", tile.path)
            parents[tile.level, tile.number] = hashes
        self.tiles = known
        return known

    def leaves(self, size):
        """The leaf hashes of an authenticated tree."""
        leaves = []
        for tile in tiles_of(size):
            if tile.level == 0:
                leaves += self.tiles[tile]
        return leaves

    def entries(self, size):
        """The entries of an authenticated tree, from its bundles."""
        leaves = self.leaves(size)
        entries = []
        for bundle in bundles_of(size):
            body = self.raw(bundle)
            for _ in range(bundle.width):
                require(len(body) >= 2, "bundleMalformed", bundle.path)
                (count,) = struct.unpack(">H", body[:2])
                require(len(body) >= 2 + count, "bundleMalformed", bundle.path)
                entry, body = body[2:2 + count], body[2 + count:]
                require(leaf_hash(entry) == leaves[len(entries)], "bundleForged", bundle.path)
                entries.append(entry)
            require(not body, "bundleMalformed", bundle.path)
        return entries


def check_consistency(old, new, hashes):
    """RFC 9162 §2.1.4.2 as in spec/07 §2: `old` and `new` are checkpoints."""
    require(old.size <= new.size, "proofRange")
    if old.size in (0, new.size):
        require(not hashes, "proofLength")
        require(old.root == (root_of([]) if old.size == 0 else new.root), "proofRoot")
        return
    if old.size & (old.size - 1) == 0:
        hashes = [old.root, *hashes]
    require(hashes, "proofLength")
    first, last = old.size - 1, new.size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    x = y = hashes[0]
    for hash_ in hashes[1:]:
        require(last != 0, "proofLength")
        if first & 1 or first == last:
            x, y = node(hash_, x), node(hash_, y)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            y = node(y, hash_)
        first, last = first >> 1, last >> 1
    require(last == 0, "proofLength")
    require(x == old.root and y == new.root, "proofRoot")
