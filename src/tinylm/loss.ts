import type { Graph, Tensor } from "./graph.ts";

/**
 * The loss: minus the logarithm of the probability of the token that really came next, times a
 * weight of its own.
 *
 * The weights are where the loss is masked, and all that tells the stages of training apart:
 *   pre-training   1 / count for every token
 *   fine-tuning    the same for tokens of answers, 0 for those of questions (rows.ts, `exampleRow`), and both sides of a
 *                  batch, examples and replayed text, made to count alike (finetune.ts)
 *   RLHF           how much better than usual a rated answer was, less the KL term (reinforce.ts)
 *   DPO            more than 0 for the preferred answer, less than 0 for the other (dpo.ts)
 *
 * `scores` (rows, vocabulary) become probabilities in place. The gradient by a score is
 * weight x (probability - 1 at the target): what was expected less what came.
 */
export function crossEntropy(graph: Graph, scores: Tensor, of: Weighted): void {
  const { targets, weights, losses } = of;
  const { kernels, memory: f } = graph;
  const { rows, width, value, grad } = scores;
  graph.use(scores, true);
  graph.record(
    () => {
      kernels.softmax(value, rows, width, 1, false);
      for (let row = 0; row < rows; row++) {
        const p = f[value / 4 + row * width + (targets[row] as number)] as number;
        losses[row] = -Math.log(Math.max(p, 1e-30));
      }
    },
    () => {
      for (let row = 0; row < rows; row++) {
        const weight = weights[row] as number;
        const [from, to] = [value / 4 + row * width, grad / 4 + row * width];
        if (weight === 0) {
          f.fill(0, to, to + width);
          continue;
        }
        f.copyWithin(to, from, from + width);
        kernels.scale(4 * to, weight, width);
        const target = to + (targets[row] as number);
        f[target] = (f[target] as number) - weight;
      }
    },
  );
}

interface Weighted {
  targets: Int32Array;
  weights: Float32Array;
  losses: Float32Array;
}
