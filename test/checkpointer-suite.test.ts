import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import * as vitest from "vitest";
import Database from "../src/sqlite.ts";

// LangGraph's own suite for checkpointers finds describe, it and the rest as globals.
const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = vitest;
const found = { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test };
Object.assign(globalThis, found);
vitest.afterAll(() => {
  for (const name of Object.keys(found)) Reflect.deleteProperty(globalThis, name);
});

const { validate } = await import("@langchain/langgraph-checkpoint-validation");

validate({
  checkpointerName: "@langchain/langgraph-checkpoint-sqlite",
  createCheckpointer: () => new SqliteSaver(new Database(":memory:") as never),
  destroyCheckpointer: (saver: SqliteSaver) => void saver.db.close(),
});
