import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LabError } from "../../src/errors.ts";
import { openStore, type StoreOptions } from "../../src/vector/engines.ts";
import { explainLance } from "../../src/vector/lancedb/failures.ts";
import { locateStore } from "../../src/vector/locate.ts";
import { explainPg } from "../../src/vector/pgvector/failures.ts";
import { explainQdrant } from "../../src/vector/qdrant/failures.ts";
import { QdrantError } from "../../src/vector/qdrant/rest.ts";
import { servePgFailure, servePostgres } from "../support/postgres.ts";
import { serveQdrant } from "../support/qdrant.ts";
import { serveFaults } from "../support/server.ts";
import { DIMENSION, documentsOf, embeddings, MIXED } from "./material.ts";
import { type Writers, writers } from "./processes.ts";

const SECRET = "s3cret";
const folder = mkdtempSync(join(tmpdir(), "llm-lab-failures-"));
let processes: Writers;

beforeAll(async () => {
  processes = await writers();
});

afterAll(() => {
  processes.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a store by what a user types after --store. */
async function open({ store = "lancedb", ...more }: Omit<Partial<StoreOptions>, "store"> & Typed) {
  const { store: name, url, apiKey } = locateStore({ store });
  const common = { embeddings, model: "test", dimension: DIMENSION };
  return openStore({ store: name, url, apiKey, ...common, ...more });
}

interface Typed {
  store?: string;
}

/** What a call that fails tells; it must be for the user, and must not give a password away. */
async function told(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error("it did not fail"),
    (failure) => failure,
  );
  expect(error).toBeInstanceOf(LabError);
  expect(error.hint).toMatch(/\.$/);
  expect(`${error.message} ${error.hint} ${error.stack} ${error.cause?.stack}`).not.toContain(
    SECRET,
  );
  return error.message;
}

describe("LanceDB", () => {
  test("a file where the folder should be", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(await told(open({ path: file }))).toMatch(/is not a folder/);
    expect(await told(open({ path: join(file, "in") }))).toMatch(/is not a folder/);
  });

  test("no permission to write", async () => {
    // not even root makes folders there
    expect(await told(open({ path: "/sys/llm-lab" }))).toMatch(
      /may not read or write the folder \/sys\/llm-lab/,
    );
    const inside = explainLance(
      new Error("LanceError(IO): Permission denied (os error 13)"),
      "here",
    );
    expect(String(inside)).toMatch(/may not read or write the folder here/);
  });

  test("a full disk: what was written before is whole", async () => {
    const path = join(folder, "full");
    const store = await open({ path });
    await store.addDocuments(documentsOf(MIXED));
    // The system refuses larger files, in the way and at the place where it would for want of room.
    const lines = await processes.start(
      { store: "lancedb", path, name: "x", batches: 1, size: 400 },
      undefined,
      {
        largestFile: 32,
      },
    );
    expect(lines.at(-1)).toMatch(/^failed The disk of .* is full/);
    expect(await store.count()).toBe(MIXED.length);
    await store.addDocuments(documentsOf([{ more: true }]), { ids: ["more"] });
    expect(await store.count()).toBe(MIXED.length + 1);
    await store.close();
  });

  test.each(["data", "_versions"])("damaged files in %s", async (part) => {
    const path = join(folder, `damaged-${part}`);
    const store = await open({ path });
    await store.addDocuments(documentsOf(MIXED));
    await store.close();
    const inside = join(path, "documents.lance", part);
    for (const file of readdirSync(inside)) truncateSync(join(inside, file), 10);
    const use = async () => (await open({ path })).similaritySearch("[1 0 0 0]");
    expect(await told(use())).toMatch(/damaged/);
    for (const file of readdirSync(inside)) rmSync(join(inside, file));
    expect(await told(use())).toMatch(/damaged/);
  });

  test("a table that somebody else made", async () => {
    const path = join(folder, "foreign");
    const { connect } = await import("@lancedb/lancedb");
    const db = await connect(path);
    await db.createTable("documents", [{ id: "1", vector: [1, 2, 3, 4] }]);
    expect(await told(open({ path }))).toMatch(/was not made by llm-lab/);
    expect(await (await db.openTable("documents")).countRows()).toBe(1);
  });
});

describe("pgvector", () => {
  test("nobody answers", async () => {
    const { url, close } = await servePgFailure("", "");
    await close();
    expect(await told(open({ store: url.replace("secret", SECRET) }))).toMatch(
      /No Postgres answers at 127/,
    );
  });

  test.each([
    ["28P01", 'password authentication failed for user "tester"', /refuses this user or password/],
    ["28000", "no pg_hba.conf entry", /refuses this user or password/],
    ["3D000", 'database "x" does not exist', /no such database/],
    ["53300", "sorry, too many clients already", /accepts no more connections/],
    ["57P03", "the database system is starting up", /still starting/],
  ])("refused with %s", async (code, message, sentence) => {
    const { url, close } = await servePgFailure(code, message);
    expect(await told(open({ store: url.replace("secret", SECRET) }))).toMatch(sentence);
    await close();
  });

  test("no extension", async () => {
    const plain = await servePostgres({ extension: false });
    expect(await told(open({ store: plain.url }))).toMatch(/does not have the extension pgvector/);
    await plain.close();
  });

  test("no Citus, no vector from the model, and a server that goes", async () => {
    const server = await servePostgres();
    expect(await told(open({ store: server.url, shards: 4 }))).toMatch(
      /does not have the extension Citus/,
    );
    // Nothing half made is left in the way.
    const store = await open({ store: server.url });
    expect(await store.count()).toBe(0);
    await blamesTheModel(server.url);
    await server.close();
    expect(await told(store.count())).toMatch(/No Postgres answers|broke off/);
    await store.close();
  });

  test.each([
    [
      "53100",
      'could not extend file "base/1": No space left on device',
      /disk of Postgres at here is full/,
    ],
    ["42501", "permission denied for schema public", /does not allow/],
    ["25006", "cannot execute INSERT in a read-only transaction", /is read-only/],
    ["57P01", "terminating connection due to administrator command", /broke off/],
    [
      "22000",
      "expected 3 dimensions, not 4",
      /does not fit the collection: expected 3 dimensions, not 4/,
    ],
    ["ECONNRESET", "read ECONNRESET", /broke off/],
  ])("%s", (code, message, sentence) => {
    const error = explainPg(Object.assign(new Error(message), { code }), "here");
    expect(error).toBeInstanceOf(LabError);
    expect(String(error)).toMatch(sentence);
  });
});

describe("Qdrant", () => {
  test("nobody answers", async () => {
    const { url, close } = await serveQdrant();
    await close();
    expect(await told(open({ store: url }))).toMatch(/No Qdrant answers at http:\/\/127/);
    // a port that fetch refuses by itself
    expect(await told(open({ store: "http://127.0.0.1:1" }))).toMatch(/cannot be reached/);
  });

  test("a wrong key, and the right one in the address", async () => {
    const { url, close } = await serveQdrant({ apiKey: "right" });
    expect(await told(open({ store: url, apiKey: SECRET }))).toMatch(/refuses this API key/);
    const store = await open({ store: url.replace("://", "://:right@") });
    expect(await store.count()).toBe(0);
    await close();
  });

  test("something else answers", async () => {
    const { url, close } = await serveFaults((_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>hello</html>");
    });
    expect(await told(open({ store: url.replace("/v1", "") }))).toMatch(/is not Qdrant/);
    await close();
  });

  test.each([
    [
      500,
      "Service internal error: No space left on device (os error 28)",
      /disk of Qdrant at here is full/,
    ],
    [
      400,
      "Wrong input: Vector dimension error: expected dim: 4, got 3",
      /does not fit.*expected dim: 4, got 3/,
    ],
    [404, "Not found: Collection `x` doesn't exist!", /no longer has this collection/],
    [500, "Service internal error: task panicked", /failed: Service internal error/],
    [429, "", /too many requests/],
  ])("status %s: %s", (status, error, sentence) => {
    const told = explainQdrant(new QdrantError(status, error), "here");
    expect(told).toBeInstanceOf(LabError);
    expect(String(told)).toMatch(sentence);
  });
});

test("what nobody can mend stays as it is", () => {
  const bug = new TypeError("x is not a function");
  expect([explainLance(bug, "f"), explainPg(bug, "f"), explainQdrant(bug, "f")]).toEqual([
    bug,
    bug,
    bug,
  ]);
});

test("a failure of the embedding model is not taken for one of LanceDB", () =>
  blamesTheModel("lancedb"));

/** Opens a store with an embedding model that fails. */
async function blamesTheModel(store: string) {
  const failing = {
    embedQuery: () => Promise.reject(new Error("Connection error.")),
    embedDocuments: () => Promise.reject(new Error("Connection error.")),
  };
  const path = join(folder, "no-vectors");
  const opening = open({
    store,
    path,
    embeddings: failing,
    dimension: undefined,
    collection: "unmade",
  });
  await expect(opening).rejects.toThrow(/embedding model gave no vector/);
}
