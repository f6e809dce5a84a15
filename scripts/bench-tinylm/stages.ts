import { createHash } from "node:crypto";
import type { RaterName } from "../../src/tinylm/corpus/raters.ts";
import { rate } from "../../src/tinylm/corpus/raters.ts";
import { evaluateBase, evaluateTuned } from "../../src/tinylm/evaluate.ts";
import { rated } from "../../src/tinylm/ratings.ts";
import { BATCH } from "../../src/tinylm/trainer.ts";
import { STEPS, Training } from "../../src/tinylm/training.ts";
import type { Flags, Print } from "./main.ts";
import { median, table } from "./table.ts";

const RATERS: RaterName[] = ["warm", "brief"];
/** how many of its choices a rater rates */
const RATINGS = 20;
/** from nothing to a preferred model, in seconds */
const SECONDS = { simd: 30, fused: 22, plain: Infinity };
const QUICK = { pretrain: 10, finetune: 4, reinforce: 1, dpo: 1 };

/** Trains with each seed, prints how long it took and how good the models are, and says whether all are good enough. */
export async function measureStages(flags: Omit<Flags, "kernels">, print: Print): Promise<boolean> {
  const results: Result[] = [];
  for (const seed of flags.seeds) {
    results.push(await train(seed, flags));
    console.error(`seed ${seed} done`);
  }
  const marked = flags.quick
    ? (value: number, _: boolean, digits?: number) => figure(value, digits)
    : mark;
  const missed: string[] = [];
  const judge = (value: number, is: boolean, what: string) => {
    if (!is) missed.push(what);
    return marked(value, is);
  };

  print(`\nSeconds of each stage, ${flags.kind} kernels, ${flags.threads} threads\n`);
  const limit = SECONDS[flags.kind];
  const columns = ["text", "pretrain", "finetune", "ratings", "RLHF", "sum", "DPO"] as const;
  const timesOf = ({ seconds: of, tuned }: Result) => {
    const { ratings, rlhf, dpo } = tuned[0]!.seconds;
    const sum = of.text + of.pretrain + of.finetune + ratings + rlhf;
    return [of.text, of.pretrain, of.finetune, ratings, rlhf, sum, dpo];
  };
  const shown = (times: number[]) =>
    times.map((value, at) => (at === 5 ? marked(value, value <= limit, 1) : value.toFixed(1)));
  const all = results.map(timesOf);
  const middle = columns.map((_, at) => median(all.map((times) => times[at]!)));
  print(
    table(
      ["seed", ...columns, "tokens/s"],
      results.map((of, at) => [of.seed, ...shown(all[at]!), Math.round(of.speed)]),
      [["median", ...shown(middle), String(Math.round(median(results.map((of) => of.speed))))]],
    ),
  );
  print(
    `sum: from nothing to preferred, with RLHF${limit === Infinity ? "" : `; goal at most ${limit} s`}. DPO: beside it, from the same checkpoint. tokens/s: pre-training.`,
  );

  print("\nBase and instruct models, on what they never saw\n");
  print(
    table(
      ["seed", "completes", "asks on", "answers", "sha", "facts", "unseen", "drawn", "sha"],
      results.map(({ seed, base, instruct, sha }) => [
        seed,
        figure(base.completes),
        judge(base.asksOn, base.asksOn >= 0.95, `seed ${seed}: base asks on`),
        judge(base.answers, base.answers <= 0.02, `seed ${seed}: base answers`),
        sha.base,
        judge(instruct.facts, instruct.facts >= 0.95, `seed ${seed}: instruct facts`),
        judge(instruct.unseen, instruct.unseen >= 0.9, `seed ${seed}: instruct unseen`),
        figure(instruct.drawn),
        sha.instruct,
      ]),
    ),
  );
  print(
    "goals: asks on ≥ 0.95, answers ≤ 0.02 | facts ≥ 0.95, unseen phrasing ≥ 0.9. drawn: facts at temperature 0.7.",
  );

  print("\nPreferred models, for two raters from the same instruct model\n");
  print(
    table(
      // biome-ignore format: a row
      ["seed, rater", "ratings", "style before", "RLHF: style", "facts", "unseen", "s", "sha", "DPO: style", "facts", "unseen", "s", "sha"],
      results.flatMap(({ seed, instruct, tuned }) =>
        tuned.map(({ rater, ratings, rlhf, dpo, seconds, sha }) => {
          const style = rlhf.style[rater].greedy;
          return [
            `${seed} ${rater}`,
            ratings,
            figure(instruct.style[rater].greedy),
            judge(style, style >= 0.95, `seed ${seed}: ${rater} style`),
            judge(rlhf.facts, rlhf.facts >= 0.93, `seed ${seed}: ${rater} facts`),
            figure(rlhf.unseen),
            seconds.rlhf.toFixed(1),
            sha.rlhf,
            figure(dpo.style[rater].greedy),
            figure(dpo.facts),
            figure(dpo.unseen),
            seconds.dpo.toFixed(1),
            sha.dpo,
          ];
        }),
      ),
    ),
  );
  print("goals, of RLHF: style ≥ 0.95 with facts ≥ 0.93. style: answers that the rater likes.");
  const same = results.filter(({ tuned: [a, b] }) => a?.sha.rlhf === b?.sha.rlhf);
  missed.push(...same.map(({ seed }) => `seed ${seed}: both raters got one model`));
  if (flags.quick) return true;
  print(missed.length === 0 ? "\n✓ all goals of quality" : `\n✗ missed: ${missed.join(", ")}`);
  return missed.length === 0;
}

type Result = Awaited<ReturnType<typeof train>>;

/** The whole way with one seed. What is evaluated is not timed. */
async function train(seed: number, { threads, kind, quick }: Omit<Flags, "kernels">) {
  const steps = quick ? QUICK : STEPS;
  const lap = stopwatch();
  const training = await Training.open({ seed, threads, kind });
  const { trainer, model } = training;
  const text = lap();
  drain(training.pretrain({ steps: steps.pretrain }));
  const pretrain = lap();
  const [base, baseSha] = [evaluateBase(model), sha(trainer.weights)];
  lap();
  drain(training.finetune({ steps: steps.finetune }));
  const finetune = lap();
  const [instruct, instructSha] = [evaluateTuned(model), sha(trainer.weights)];
  const weights = trainer.weights.slice();

  const tuned = RATERS.map((rater) => {
    trainer.weights.set(weights);
    lap();
    const choices = training.choices();
    const ratings = choices.flatMap((of) => rated(of, rate(rater, of))).slice(0, RATINGS);
    const rating = lap();
    drain(training.reinforce(ratings, { steps: steps.reinforce }).ticks);
    const reinforced = { seconds: lap(), sha: sha(trainer.weights), is: evaluateTuned(model) };
    trainer.weights.set(weights);
    lap();
    drain(training.dpo(ratings, { steps: steps.dpo }));
    const direct = { seconds: lap(), sha: sha(trainer.weights), is: evaluateTuned(model) };
    return {
      rater,
      ratings: ratings.length,
      rlhf: reinforced.is,
      dpo: direct.is,
      seconds: { ratings: rating, rlhf: reinforced.seconds, dpo: direct.seconds },
      sha: { rlhf: reinforced.sha, dpo: direct.sha },
    };
  });
  await training.close();
  const seconds = { text, pretrain, finetune };
  const speed = (steps.pretrain * BATCH * trainer.shape.context) / pretrain;
  return {
    seed,
    seconds,
    speed,
    base,
    instruct,
    tuned,
    sha: { base: baseSha, instruct: instructSha },
  };
}

/** Gives the seconds since it was last asked. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const before = last;
    last = performance.now();
    return (last - before) / 1000;
  };
}

function drain(ticks: Iterable<unknown>): void {
  for (const _ of ticks);
}

function sha(weights: Float32Array): string {
  return createHash("sha256").update(Buffer.from(weights.slice().buffer)).digest("hex").slice(0, 8);
}

const figure = (value: number, digits = 3): string => value.toFixed(digits);
const mark = (value: number, is: boolean, digits = 3): string =>
  `${figure(value, digits)} ${is ? "✓" : "✗"}`;
