// Layers of whole numbers, for the sentence encoder, in AssemblyScript: int16 inputs, int8 weights, int32 sums.
// A sum of whole numbers is exact, so any order of adding gives the same bits.

import { sumLanes } from "./arithmetic";

/** C = or += input scale x weight scale x (A times W) + bias; see kernels.ts for the shapes. */
// biome-ignore format: one parameter list
export function int8Matmul(a: usize, aScale: usize, w: usize, wScale: usize, bias: usize, c: usize, m: i32, n: i32, k: i32, accumulate: bool): void {
  const aStep = (<usize>k) << 1;
  const cStep = (<usize>n) << 2;
  const fours = m & ~3;
  for (let column = 0; column < n; column += 8) {
    const wEnd = w + ((<usize>k) << 3);
    const to = c + ((<usize>column) << 2);
    const scales = wScale + ((<usize>column) << 2);
    const b = bias + ((<usize>column) << 2);
    let row = 0;
    // Four rows at a time share the weights that were read: eight sums stay in registers.
    for (; row < fours; row += 4) {
      let a0 = a + <usize>row * aStep;
      let s00 = i32x4.splat(0);
      let s01 = s00;
      let s10 = s00;
      let s11 = s00;
      let s20 = s00;
      let s21 = s00;
      let s30 = s00;
      let s31 = s00;
      for (let at = w; at < wEnd; at += 16, a0 += 4) {
        const w0 = v128.load_ext<i8>(at);
        const w1 = v128.load_ext<i8>(at, 8);
        let x = v128.load32_splat(a0);
        s00 = i32x4.add(s00, i32x4.dot_i16x8_s(x, w0));
        s01 = i32x4.add(s01, i32x4.dot_i16x8_s(x, w1));
        const a1 = a0 + aStep;
        x = v128.load32_splat(a1);
        s10 = i32x4.add(s10, i32x4.dot_i16x8_s(x, w0));
        s11 = i32x4.add(s11, i32x4.dot_i16x8_s(x, w1));
        const a2 = a1 + aStep;
        x = v128.load32_splat(a2);
        s20 = i32x4.add(s20, i32x4.dot_i16x8_s(x, w0));
        s21 = i32x4.add(s21, i32x4.dot_i16x8_s(x, w1));
        x = v128.load32_splat(a2 + aStep);
        s30 = i32x4.add(s30, i32x4.dot_i16x8_s(x, w0));
        s31 = i32x4.add(s31, i32x4.dot_i16x8_s(x, w1));
      }
      let cAt = to + <usize>row * cStep;
      const scale = aScale + ((<usize>row) << 2);
      put(cAt, scale, scales, b, s00, s01, accumulate);
      cAt += cStep;
      put(cAt, scale + 4, scales, b, s10, s11, accumulate);
      cAt += cStep;
      put(cAt, scale + 8, scales, b, s20, s21, accumulate);
      cAt += cStep;
      put(cAt, scale + 12, scales, b, s30, s31, accumulate);
    }
    for (; row < m; row++) {
      let a0 = a + <usize>row * aStep;
      let s0 = i32x4.splat(0);
      let s1 = s0;
      for (let at = w; at < wEnd; at += 16, a0 += 4) {
        const x = v128.load32_splat(a0);
        s0 = i32x4.add(s0, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(at)));
        s1 = i32x4.add(s1, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(at, 8)));
      }
      put(to + <usize>row * cStep, aScale + ((<usize>row) << 2), scales, b, s0, s1, accumulate);
    }
    w = wEnd;
  }
}

// @ts-ignore: decorator
@inline
// biome-ignore format: one parameter list
function put(c: usize, aScale: usize, wScales: usize, bias: usize, s0: v128, s1: v128, accumulate: bool): void {
  const by = v128.load32_splat(aScale);
  let r0 = f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(s0), by), v128.load(wScales));
  let r1 = f32x4.mul(f32x4.mul(f32x4.convert_i32x4_s(s1), by), v128.load(wScales, 16));
  r0 = f32x4.add(r0, v128.load(bias));
  r1 = f32x4.add(r1, v128.load(bias, 16));
  if (accumulate) {
    r0 = f32x4.add(r0, v128.load(c));
    r1 = f32x4.add(r1, v128.load(c, 16));
  }
  v128.store(c, r0);
  v128.store(c, r1, 16);
}

/**
 * Rows of float32 become int16 of at most 8191 in size, each row with its scale; widths are
 * multiples of 8.
 */
// biome-ignore format: one parameter list
export function quantize(out: usize, scales: usize, x: usize, rows: i32, width: i32, relu: bool): void {
  const bytes = (<usize>width) << 2;
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let most = zero;
    for (let at: usize = 0; at < bytes; at += 16) {
      const v = v128.load(x + at);
      most = f32x4.pmax(most, relu ? v : f32x4.abs(v));
    }
    const top = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
    const scale = top > 0 ? top / 8191 : <f32>1;
    store<f32>(scales, scale);
    scales += 4;
    const by = f32x4.splat(<f32>1 / scale);
    for (let at: usize = 0; at < bytes; at += 32, out += 16) {
      let v0 = v128.load(x + at);
      let v1 = v128.load(x + at, 16);
      if (relu) {
        v0 = f32x4.pmax(zero, v0);
        v1 = f32x4.pmax(zero, v1);
      }
      const i0 = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v0, by)));
      const i1 = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v1, by)));
      v128.store(out, i16x8.narrow_i32x4_s(i0, i1));
    }
    x += bytes;
  }
}

/** Each row minus its mean, over its standard deviation, times the gain, plus the bias. */
// biome-ignore format: one parameter list
export function layerNorm(out: usize, x: usize, gain: usize, bias: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(x + at));
    const mean = f32x4.splat(sumLanes(sum) / <f32>width);
    let square = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const v = f32x4.sub(v128.load(x + at), mean);
      square = f32x4.add(square, f32x4.mul(v, v));
    }
    const by = f32x4.splat(<f32>1 / sqrt<f32>(sumLanes(square) / <f32>width + <f32>1e-6));
    for (let at: usize = 0; at < bytes; at += 16) {
      const v = f32x4.mul(f32x4.sub(v128.load(x + at), mean), by);
      v128.store(out + at, f32x4.add(f32x4.mul(v, v128.load(gain + at)), v128.load(bias + at)));
    }
    x += bytes;
    out += bytes;
  }
}
