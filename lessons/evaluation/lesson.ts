import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "evaluation",
  title: "Is it any good?",
  folder: "lessons/evaluation",
  sections: {
    "looks-good": () => import("./looks-good.ts"),
    "test-set": () => import("./test-set.ts"),
    judges: () => import("./judges.ts"),
    "long-answers": () => import("./long-answers.ts"),
    faithfulness: () => import("./faithfulness.ts"),
    compare: () => import("./compare.ts"),
    regressions: () => import("./regressions.ts"),
    "without-key": () => import("./without-key.ts"),
    cost: () => import("./cost.ts"),
  },
  recap: [
    "A program that looks good on three questions may fail on every third: run a set, and score each answer by the same measure.",
    "A judge is a program too, and it errs. Measure it against labels that a person wrote before, and ask it about single points.",
    "A better pass rate counts where the interval of the difference leaves out 0, and cost and latency stand beside it.",
  ],
  whenToUse: [
    "Exact match: for labels and names, which are written in one way.",
    "Contains: for a word that every right answer must have, and no wrong one has.",
    "A rubric with a reference: for answers in sentences, checked against a person's labels.",
    "Faithfulness: for answers from passages, where nobody has written the right answer.",
    "A fake model: for the code around a model. A strict endpoint: for what the program sends.",
    "A tape: for what must stay as it is, in CI. The test set: for the model itself.",
  ],
});
