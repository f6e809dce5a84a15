import { servePostgres } from "../support/postgres.ts";
import { conformance } from "./conformance.ts";

conformance("pgvector", async () => {
  const { url, close } = await servePostgres();
  return { options: { store: "pgvector", url }, close };
});
