import type { Graph, Tensor } from "./graph.ts";

/**
 * Attention: each position gathers what earlier ones offer. Here it is masked: position t sees 0 to
 * t, never what comes after, because that is what the model must predict (`softmax` with `causal`).
 *
 * `qkv` (texts x context, 3 x width) holds for each position a query, a key and a value, cut into
 * heads of `size` values each. A head's scores are queries times keys over the root of `size`;
 * softmax makes each row of them shares that add up to 1, and the result (texts x context, width)
 * is the values, mixed in those shares. Source: Vaswani and others, "Attention Is All You Need",
 * 2017.
 */
export function attention(graph: Graph, qkv: Tensor, context: number, heads: number): Tensor {
  const width = qkv.width / 3;
  const size = width / heads;
  const texts = qkv.rows / context;
  const factor = 1 / Math.sqrt(size);
  const out = graph.tensor(qkv.rows, width);
  const shares = graph.scratch(texts * heads * context * context); // (texts, heads, context, context)
  const dShares = graph.scratch(context * context);
  const { kernels, packed } = graph;
  graph.use(qkv, true);
  const [wide, T] = [qkv.width, context];

  /** Calls for each head of each text, with the addresses of its parts. */
  const eachHead = (base: number, mixed: number, work: (at: HeadPlaces) => void) => {
    for (let text = 0; text < texts; text++) {
      for (let head = 0; head < heads; head++) {
        const query = base + 4 * (text * T * wide + head * size);
        work({
          query,
          key: query + 4 * width,
          value: query + 8 * width,
          mixed: mixed + 4 * (text * T * width + head * size),
          shares: shares + 4 * (text * heads + head) * T * T,
        });
      }
    }
  };

  graph.record(
    () =>
      eachHead(qkv.value, out.value, ({ query: q, key: k, value: v, mixed, shares: s }) => {
        kernels.matmul(q, wide, 1, k, 1, wide, s, T, T, T, size, false, packed); // (T, T) = q kT
        kernels.softmax(s, T, T, factor, true);
        kernels.matmul(s, T, 1, v, wide, 1, mixed, width, T, size, T, false, packed); // (T, size)
      }),
    () =>
      eachHead(qkv.grad, out.grad, ({ query: dq, key: dk, value: dv, mixed: dOut, shares: s }) => {
        const q = dq - qkv.grad + qkv.value;
        const adds = graph.adds(qkv);
        const [k, v, ds] = [q + 4 * width, q + 8 * width, dShares];
        kernels.matmul(s, 1, T, dOut, width, 1, dv, wide, T, size, T, adds, packed); // sT dOut
        kernels.matmul(dOut, width, 1, v, 1, wide, ds, T, T, T, size, false, packed); // dOut vT
        kernels.softmaxBackward(ds, s, T, T, factor);
        kernels.matmul(ds, T, 1, k, wide, 1, dq, wide, T, size, T, adds, packed); // ds k
        kernels.matmul(ds, 1, T, q, wide, 1, dk, wide, T, size, T, adds, packed); // dsT q
      }),
  );
  return out;
}

interface HeadPlaces {
  query: number;
  key: number;
  value: number;
  mixed: number;
  shares: number;
}
