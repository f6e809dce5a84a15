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
    now: () => import("./now.ts"),
  },
});
