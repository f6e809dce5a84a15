// Matrix products, in AssemblyScript (https://www.assemblyscript.org), compiled to WebAssembly SIMD.
//
// C (m x n) = or += A (m x k) times B (k x n), float32. Addresses are bytes, strides are elements, so that a
// transposed matrix is the same matrix with its strides exchanged. n is a multiple of 8, k of 4.
// Values are packed in the order in which they are used: eight columns of B side by side, and four rows of A, which
// then meet in eight registers.

import { multiplyAdd } from "./arithmetic";

/** Steps of k, and rows of A, that are done together: what is packed of them stays near the processor. */
const BLOCK: i32 = 256;
const ROWS: i32 = 128;

// biome-ignore format: one parameter list
export function matmul(a: usize, aRow: i32, aCol: i32, b: usize, bRow: i32, bCol: i32, c: usize, cRow: i32, m: i32, n: i32, k: i32, accumulate: bool, packed: usize): void {
  for (let from = 0; from < k; from += BLOCK) {
    const depth = min(BLOCK, k - from);
    for (let row = 0; row < m; row += ROWS) {
      const aFrom = a + ((<usize>(from * aCol + row * aRow)) << 2);
      const bFrom = b + ((<usize>(from * bRow)) << 2);
      const cFrom = c + ((<usize>(row * cRow)) << 2);
      block(aFrom, aRow, aCol, bFrom, bRow, bCol, cFrom, cRow, min(ROWS, m - row), n, depth, accumulate || from > 0, packed);
    }
  }
}

/** A product of which A, packed, and eight columns of B fit the caches. */
// biome-ignore format: one parameter list
function block(a: usize, aRow: i32, aCol: i32, b: usize, bRow: i32, bCol: i32, c: usize, cRow: i32, m: i32, n: i32, depth: i32, add: bool, packed: usize): void {
  const fours = m & ~3;
  // Where A is contiguous along k it is packed too: four rows side by side, as it lies when it is transposed.
  const packedA = packed + 32 * BLOCK;
  const isTurned = aRow == 1;
  if (!isTurned) packRows(a, aRow, fours, depth, packedA);
  for (let column = 0; column < n; column += 8) {
    pack(b + ((<usize>(column * bCol)) << 2), bRow, bCol, depth, packed);
    const cFrom = c + ((<usize>column) << 2);
    let row = 0;
    for (; row < fours; row += 4) {
      const cAt = cFrom + ((<usize>(row * cRow)) << 2);
      if (isTurned) four(a + ((<usize>row) << 2), (<usize>aCol) << 2, packed, cAt, cRow, depth, add);
      else four(packedA + ((<usize>(row * depth)) << 2), 16, packed, cAt, cRow, depth, add);
    }
    for (; row < m; row++) {
      const aAt = a + ((<usize>(row * aRow)) << 2);
      oneRow(aAt, aCol, packed, cFrom + ((<usize>(row * cRow)) << 2), depth, add);
    }
  }
}

/** Copies rows of A, four at a time, so that their four values of one k lie together. */
function packRows(a: usize, aRow: i32, rows: i32, depth: i32, to: usize): void {
  const step = (<usize>aRow) << 2;
  for (let row = 0; row < rows; row += 4) {
    for (let at = 0; at < depth; at += 4) {
      turn(a + ((<usize>at) << 2), step, to, 16);
      to += 64;
    }
    a += 4 * step;
  }
}

/** Copies `depth` x 8 values of B so that the eight of one k lie together. */
function pack(b: usize, bRow: i32, bCol: i32, depth: i32, packed: usize): void {
  let to = packed;
  if (bCol == 1) {
    const step = (<usize>bRow) << 2;
    for (let at = 0; at < depth; at++) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
      b += step;
      to += 32;
    }
    return;
  }
  // B is transposed: 4 x 4 blocks are turned in registers.
  const step = (<usize>bCol) << 2;
  for (let at = 0; at < depth; at += 4) {
    const from = b + ((<usize>at) << 2);
    turn(from, step, to, 32);
    turn(from + 4 * step, step, to + 16, 32);
    to += 128;
  }
}

/** Four rows of four values, `step` bytes apart, written as columns, `wide` bytes apart. */
// @ts-ignore: decorator
@inline
function turn(from: usize, step: usize, to: usize, wide: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + step);
  const r2 = v128.load(from + 2 * step);
  const r3 = v128.load(from + 3 * step);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + wide, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * wide, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * wide, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** Four rows of A, whose values of one k lie together and `step` bytes behind those before, times the packed columns. */
function four(a: usize, step: usize, b: usize, c: usize, cRow: i32, depth: i32, add: bool): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const end = b + ((<usize>depth) << 5);
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    s00 = multiplyAdd(x, b0, s00);
    s01 = multiplyAdd(x, b1, s01);
    x = v128.load32_splat(a, 4);
    s10 = multiplyAdd(x, b0, s10);
    s11 = multiplyAdd(x, b1, s11);
    x = v128.load32_splat(a, 8);
    s20 = multiplyAdd(x, b0, s20);
    s21 = multiplyAdd(x, b1, s21);
    x = v128.load32_splat(a, 12);
    s30 = multiplyAdd(x, b0, s30);
    s31 = multiplyAdd(x, b1, s31);
    b += 32;
    a += step;
  }
  write(c, cRow, add, s00, s01, s10, s11, s20, s21, s30, s31);
}

// @ts-ignore: decorator
@inline
function write(c: usize, cRow: i32, add: bool, s00: v128, s01: v128, s10: v128, s11: v128, s20: v128, s21: v128, s30: v128, s31: v128): void {
  const step = (<usize>cRow) << 2;
  put(c, add, s00, s01);
  put(c + step, add, s10, s11);
  put(c + 2 * step, add, s20, s21);
  put(c + 3 * step, add, s30, s31);
}

// @ts-ignore: decorator
@inline
function put(c: usize, add: bool, s0: v128, s1: v128): void {
  v128.store(c, add ? f32x4.add(v128.load(c), s0) : s0);
  v128.store(c, add ? f32x4.add(v128.load(c, 16), s1) : s1, 16);
}

/** What is left of A below the last four rows. */
function oneRow(a: usize, aCol: i32, b: usize, c: usize, depth: i32, add: bool): void {
  const step = (<usize>aCol) << 2;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  const end = b + ((<usize>depth) << 5);
  while (b < end) {
    const x = v128.load32_splat(a);
    s0 = multiplyAdd(x, v128.load(b), s0);
    s1 = multiplyAdd(x, v128.load(b, 16), s1);
    b += 32;
    a += step;
  }
  put(c, add, s0, s1);
}
