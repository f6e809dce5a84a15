import type { Graph, Tensor } from "./graph.ts";

/**
 * The operations between attention and loss, each with its gradient: matrix products, the residual
 * sum, the non-linearity and the norm. `y.grad` is how the loss changes with y; each backward pass
 * adds to `x.grad` what follows from it for x, and to `w.grad` for the weights.
 */

/** y (rows, out) = x (rows, in) w (in, out) */
export function linear(graph: Graph, x: Tensor, w: Tensor): Tensor {
  graph.use(x, true);
  const y = graph.tensor(x.rows, w.width);
  const { kernels: k, packed } = graph;
  const [n, inner, outer] = [x.rows, x.width, w.width];
  graph.record(
    // biome-ignore format: a product a line
    () => k.matmul(x.value, inner, 1, w.value, outer, 1, y.value, outer, n, outer, inner, false, packed),
    () => {
      // dx (rows, in) += dy (rows, out) wT (out, in)
      // biome-ignore format: a product a line
      k.matmul(y.grad, outer, 1, w.value, 1, outer, x.grad, inner, n, inner, outer, graph.adds(x), packed);
      // dw (in, out) += xT (in, rows) dy (rows, out)
      // biome-ignore format: a product a line
      k.matmul(x.value, 1, inner, y.grad, outer, 1, w.grad, outer, inner, outer, n, true, packed);
    },
  );
  return y;
}

/**
 * y (rows, tokens) = x (rows, width) eT: how well each token of the embedding e (tokens, width)
 * fits.
 */
export function unembed(graph: Graph, x: Tensor, e: Tensor): Tensor {
  graph.use(x, true);
  const y = graph.tensor(x.rows, e.rows);
  const { kernels: k, packed } = graph;
  const [n, inner, outer] = [x.rows, x.width, e.rows];
  graph.record(
    // biome-ignore format: a product a line
    () => k.matmul(x.value, inner, 1, e.value, 1, inner, y.value, outer, n, outer, inner, false, packed),
    () => {
      // biome-ignore format: a product a line
      k.matmul(y.grad, outer, 1, e.value, inner, 1, x.grad, inner, n, inner, outer, graph.adds(x), packed);
      // biome-ignore format: a product a line
      k.matmul(y.grad, 1, outer, x.value, inner, 1, e.grad, inner, outer, inner, n, true, packed);
    },
  );
  return y;
}

/** y = a + b: a residual connection */
export function add(graph: Graph, a: Tensor, b: Tensor): Tensor {
  graph.use(a, true);
  graph.use(b, true);
  const y = graph.tensor(a.rows, a.width);
  const count = a.rows * a.width;
  graph.record(
    () => graph.kernels.add(y.value, a.value, b.value, count),
    () => {
      for (const x of [a, b]) {
        if (graph.adds(x)) graph.kernels.addTo(x.grad, y.grad, count);
        else graph.memory.copyWithin(x.grad / 4, y.grad / 4, y.grad / 4 + count);
      }
    },
  );
  return y;
}

/** y = max(x, 0) squared */
export function reluSquared(graph: Graph, x: Tensor): Tensor {
  graph.use(x);
  const y = graph.tensor(x.rows, x.width);
  const count = x.rows * x.width;
  graph.record(
    () => graph.kernels.reluSquared(y.value, x.value, count),
    () => graph.kernels.reluSquaredBackward(x.grad, x.value, y.grad, count),
  );
  return y;
}

/** y = gain x / rms(x), row by row */
export function rmsNorm(graph: Graph, x: Tensor, gain: Tensor): Tensor {
  graph.use(x);
  const y = graph.tensor(x.rows, x.width);
  const inverse = graph.scratch(x.rows);
  const { kernels: k } = graph;
  const [n, width] = [x.rows, x.width];
  graph.record(
    () => k.rmsNorm(y.value, x.value, gain.value, inverse, n, width),
    () => k.rmsNormBackward(x.grad, gain.grad, x.value, gain.value, inverse, y.grad, n, width),
  );
  return y;
}
