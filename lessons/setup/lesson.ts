import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "setup",
  title: "From nothing to a first call",
  folder: "lessons/setup",
  sections: {
    "first-call": () => import("./first-call.ts"),
    tokens: () => import("./tokens.ts"),
    temperature: () => import("./temperature.ts"),
    "real-models": () => import("./real-models.ts"),
  },
  recap: [
    "llm-lab runs offline, with a tutor that uses rules and no language model; a real model takes an API key or a local server.",
    "Models read, write and charge for *tokens*: pieces of words, cut differently by each model.",
    "*Temperature* sets how much chance decides which token comes next.",
  ],
});
