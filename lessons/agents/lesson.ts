import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "agents",
  title: "Tools and agents",
  folder: "lessons/agents",
  sections: {
    "tool-call": () => import("./tool-call.ts"),
    loop: () => import("./loop.ts"),
    "failing-tools": () => import("./failing-tools.ts"),
    limits: () => import("./limits.ts"),
    parallel: () => import("./parallel.ts"),
    consent: () => import("./consent.ts"),
    hostile: () => import("./hostile.ts"),
    retrieval: () => import("./retrieval.ts"),
    graph: () => import("./graph.ts"),
    which: () => import("./which.ts"),
    mcp: () => import("./mcp.ts"),
  },
  recap: [
    "A model calls no tool: it writes a name and arguments, your program runs the function, and the result goes back as a message.",
    "An agent is that in a loop. Bad arguments, tools that fail and loops without an end are usual, so each needs an answer in your code.",
    "What a tool returns is text that anybody may have written: a right that an agent does not have cannot be talked out of it.",
  ],
  whenToUse: [
    "A chain: when you know the steps beforehand; it is cheaper, and each step can be tested.",
    "An agent: when what is found decides what comes next, and each tool may be called at any time.",
    "A graph: when some steps are fixed and some are not, or when a run must wait for a person.",
  ],
});
