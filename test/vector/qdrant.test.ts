import { serveQdrant } from "../support/qdrant.ts";
import { conformance } from "./conformance.ts";

conformance("qdrant", async () => {
  const { url, close } = await serveQdrant();
  return { options: { store: "qdrant", url }, close };
});

const real = process.env.QDRANT_URL;
if (real)
  conformance("qdrant", async () => ({
    options: { store: "qdrant", url: real, apiKey: process.env.QDRANT_API_KEY },
    close: async () => {},
  }));
