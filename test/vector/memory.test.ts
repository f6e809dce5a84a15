import { conformance } from "./conformance.ts";

conformance("memory", async () => ({ options: { store: "memory" }, close: async () => {} }));
