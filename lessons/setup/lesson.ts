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
});
