import type { Graph, Tensor } from "./graph.ts";

/**
 * The way in: each token id becomes a row of numbers, what the token means plus what its position
 * means.
 *
 * Backward, each row's gradient is added to those of its token and of its position. The embedding
 * (vocabulary, width) is used once more at the way out (layers.ts, `unembed`), so it gets gradients
 * from both ends.
 */
export function embed(
  graph: Graph,
  { ids, rows }: { ids: Int32Array; rows: number },
  embedding: Tensor,
  position: Tensor,
): Tensor {
  const f = graph.memory;
  const { width, rows: context } = position;
  const x = graph.tensor(rows, width);
  graph.record(
    () => {
      for (let row = 0; row < rows; row++) {
        const e = embedding.value / 4 + (ids[row] as number) * width;
        const p = position.value / 4 + (row % context) * width;
        const to = x.value / 4 + row * width;
        for (let i = 0; i < width; i++) f[to + i] = (f[e + i] as number) + (f[p + i] as number);
      }
    },
    () => {
      for (let row = 0; row < rows; row++) {
        const e = embedding.grad / 4 + (ids[row] as number) * width;
        const p = position.grad / 4 + (row % context) * width;
        const from = x.grad / 4 + row * width;
        for (let i = 0; i < width; i++) {
          f[e + i] = (f[e + i] as number) + (f[from + i] as number);
          f[p + i] = (f[p + i] as number) + (f[from + i] as number);
        }
      }
    },
  );
  return x;
}
