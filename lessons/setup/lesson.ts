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
    "Models read and write *tokens*, and providers charge for them: pieces of text, which each encoding cuts differently.",
    "*Temperature* sets how much chance decides which token comes next, *top-k* and *top-p* which tokens it may choose from; many models that reason let you set none of them.",
  ],
  whenToUse: [
    "The offline tutor: to learn how prompts, memory and chains work. It costs nothing, and it is a program of rules.",
    "A model on your own machine: for replies of a real model without a key or a bill.",
    "A hosted model: for models too large for your machine. Set a key, and a limit with `--budget`.",
  ],
});
