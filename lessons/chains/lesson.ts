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
    retries: () => import("./retries.ts"),
  },
  recap: [
    "A chain is a fixed series of steps: fill a template, call the model, hand the reply on under a name.",
    "A router is a chain whose model chooses the next step by the descriptions of the destinations.",
    "Typical failures are a wrong variable name and a reply that does not parse. What was sent before is paid for; retry the link that failed, or fall back to another model.",
  ],
  whenToUse: [
    "`prompt.pipe(model).pipe(parser)`: for a new chain of a few steps.",
    "LangGraph: when steps repeat, wait for a person, or must go on after a crash.",
    "The classic classes: to read and maintain code that already uses them.",
  ],
});
