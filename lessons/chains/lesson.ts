import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "chains",
  title: "Chains",
  folder: "lessons/chains",
  sections: {
    "llm-chain": () => import("./llm-chain.ts"),
    "simple-sequential": () => import("./simple-sequential.ts"),
    sequential: () => import("./sequential.ts"),
    router: () => import("./router.ts"),
    failures: () => import("./failures.ts"),
    now: () => import("./now.ts"),
  },
  recap: [
    "A chain is a fixed series of steps: fill a template, call the model, hand the reply on under a name.",
    "A router is a chain whose model chooses the next step by the descriptions of the destinations.",
    "Most failures are a wrong variable name or a reply that does not parse; look at the prompt and the reply in between.",
  ],
  whenToUse: [
    "`prompt.pipe(model).pipe(parser)`: for a new chain of a few steps.",
    "LangGraph: when steps repeat, branch, or wait for a person.",
    "The classic classes: to read and maintain code that already uses them.",
  ],
});
