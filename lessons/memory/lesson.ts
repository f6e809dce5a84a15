import { lesson } from "../../src/lab.ts";

export default lesson({
  id: "memory",
  title: "Conversation memory",
  folder: "lessons/memory",
  sections: {
    stateless: () => import("./stateless.ts"),
    buffer: () => import("./buffer.ts"),
    window: () => import("./window.ts"),
    token: () => import("./token.ts"),
    summary: () => import("./summary.ts"),
    compare: () => import("./compare.ts"),
    now: () => import("./now.ts"),
  },
});
