import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "prompting",
  title: "How LLMs are made, and how to ask them",
  folder: "lessons/prompting",
  sections: {
    tokens: () => import("./tokens.ts"),
    "next-token": () => import("./next-token.ts"),
    base: () => import("./base.ts"),
    instruct: () => import("./instruct.ts"),
    train: () => import("./train.ts"),
    rate: () => import("./rate.ts"),
    overtuning: () => import("./overtuning.ts"),
    prompting: () => import("./prompting.ts"),
    "few-shot": () => import("./few-shot.ts"),
    now: () => import("./now.ts"),
  },
  recap: [
    "A language model predicts the next token, again and again; what it knows comes from the text that it was trained on, or stands in the prompt.",
    "A *base* model continues a text. *Instruction tuning* teaches it to answer, and tuning on ratings teaches it to answer as people prefer.",
    "A prompt says what is wanted, of what and in which form; a template keeps the fixed part apart from your data.",
  ],
  whenToUse: [
    "A tuned model: for nearly everything; tell it what you want.",
    "A base model: to continue a text, or as the start of a fine-tuning; show it examples of the form.",
  ],
});
