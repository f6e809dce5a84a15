/**
 * The share of the full learning rate at a step: up quickly, then full, then down to almost
 * nothing.
 */
export function rateAt(step: number, of: number): number {
  const warm = step / Math.min(50, of / 10);
  const cool = (of - step + 1) / (of * 0.6);
  return Math.min(1, warm, Math.max(0.02, cool));
}
