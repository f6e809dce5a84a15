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
    "A call sends a list of messages and gets one reply; the model sees nothing else.",
    "Models read, write and charge for *tokens*, pieces of words, which each encoding cuts differently.",
    "*Temperature* sets how much chance decides which token comes next; some models do not let you set it.",
  ],
  whenToUse: [
    "The offline tutor: to learn how prompts, memory and chains work. It costs nothing, and it is a program of rules.",
    "A model on your own machine: for replies of a real model without a key or a bill.",
    "A hosted model: for the best replies. Set a key, and a limit with `--budget`.",
  ],
});
