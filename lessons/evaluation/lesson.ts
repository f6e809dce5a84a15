import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "evaluation",
  title: "Is it any good?",
  folder: "lessons/evaluation",
  sections: {
    "looks-good": () => import("./looks-good.ts"),
    "test-set": () => import("./test-set.ts"),
    compare: () => import("./compare.ts"),
    regressions: () => import("./regressions.ts"),
    "without-key": () => import("./without-key.ts"),
    cost: () => import("./cost.ts"),
  },
  recap: [
    "A program that looks good on three questions may fail on every third: run a set, and score each answer by the same measure.",
    "A judge is a program too, and it errs. Measure it against labels that a person wrote before, and look at where it errs.",
    "Ask a judge about single points, with a reference or the sources beside the answer. Asked which answer is more detailed, it counts words.",
  ],
  whenToUse: [
    "Exact match: for labels, numbers and names.",
    "Contains: for a word that every right answer must have, and no wrong one has.",
    "A rubric with a reference: for answers in sentences, checked against a person's labels.",
    "Faithfulness: for answers from passages, where nobody has written the right answer.",
  ],
});
