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
});
