import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeFiles } from "./support/documents.ts";
import { servePostgres } from "./support/postgres.ts";
import { run } from "./support/program.ts";
import { serveQdrant } from "./support/qdrant.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with a document in `notes`, to start programs in. */
function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "llm-lab-stores-"));
  folders.push(folder);
  writeFiles(folder, { "notes/cat.md": "The cat sleeps in the kitchen." });
  return folder;
}

/** Each test starts several programs. */
const SLOW = 240_000;
const QUESTION = "Where does the cat sleep?";

describe("a server that is set is found by its name, by every verb", () => {
  test.each([
    ["pgvector", servePostgres, (url: string) => ({ POSTGRES_URL: url })],
    [
      "qdrant",
      () => serveQdrant({ apiKey: "right-key" }),
      (url: string) => ({ QDRANT_URL: url, QDRANT_API_KEY: "right-key" }),
    ],
  ])(
    "%s",
    async (store, serve, envFor) => {
      const server = await serve();
      const env = envFor(server.url);
      const cwd = workFolder();
      const indexed = await run(["index", "notes", "--store", store], { env, cwd });
      expect([indexed.code, indexed.stderr]).toEqual([0, ""]);
      const asked = await run(["ask", QUESTION, "--store", store], { env, cwd });
      expect(asked.stdout).toContain("The cat sleeps in the kitchen.");
      const lesson = await run(["lesson", "vector-store/upsert", "--store", store], { env, cwd });
      expect(lesson.code, lesson.stdout + lesson.stderr).toBe(0);
      const doctor = await run(["doctor"], { env, cwd });
      expect(doctor.stdout).toMatch(
        new RegExp(`✓ store ${store}: .* answers at .*_URL in the env`),
      );
      const said = [indexed, asked, lesson, doctor].map(({ stdout }) => stdout).join("\n");
      expect(said).not.toMatch(/secret|right-key/);
      expect(readdirSync(cwd)).toEqual(["notes"]);
      await server.close();
    },
    SLOW,
  );

  test(
    "a wrong key is refused by the server, and not shown",
    async () => {
      const server = await serveQdrant({ apiKey: "right-key" });
      const env = { QDRANT_URL: server.url, QDRANT_API_KEY: "wrong-key" };
      const verbs = [
        ["index", "notes", "--store", "qdrant"],
        ["ask", QUESTION, "--store", "qdrant"],
        ["lesson", "vector-store/upsert", "--store", "qdrant"],
        ["doctor"],
      ];
      for (const argv of verbs) {
        const { code, stdout, stderr } = await run(argv, { env, cwd: workFolder() });
        expect(code, argv[0]).toBe(1);
        expect(stdout + stderr).toMatch(/refuses this API key/);
        expect(stdout + stderr).not.toContain("wrong-key");
      }
      await server.close();
    },
    SLOW,
  );

  test(
    "in a .env, and not to a server of its choice",
    async () => {
      const server = await serveQdrant({ apiKey: "right-key" });
      const cwd = workFolder();
      writeFiles(cwd, { ".env": `QDRANT_URL=${server.url}\nQDRANT_API_KEY=right-key\n` });
      expect((await run(["index", "notes", "--store", "qdrant"], { cwd })).code).toBe(0);
      writeFiles(cwd, { ".env": `QDRANT_URL=${server.url}\n` });
      const env = { QDRANT_API_KEY: "right-key" };
      for (const argv of [
        ["index", "notes"],
        ["ask", QUESTION],
        ["lesson", "vector-store/upsert"],
      ]) {
        const { code, stderr } = await run([...argv, "--store", "qdrant"], { cwd, env });
        expect(code).toBe(2);
        expect(stderr).toMatch(/QDRANT_URL in line 1 of \.env.*QDRANT_API_KEY in the environment/);
      }
      await server.close();
    },
    SLOW,
  );
});

/** Nobody answers at these; a password in each is "sekret", and no piece of it may be seen. */
const FORMS: [address: string, exitCode: number][] = [
  ["postgres://u:p@sekret#1@127.0.0.1:1/db", 2],
  ["postgresql+psycopg2://zoe:sekret@127.0.0.1:1/db", 1],
  ["postgres://u:sekret@%2Fnowhere/db", 1],
  ["postgres:///db?host=/nowhere&password=sekret", 1],
  ["host=127.0.0.1 password=sekret dbname=db", 2],
  ["http://:sekret@127.0.0.1:1", 1],
  ["http://127.0.0.1:1/?api-key=sekret", 2],
];

describe("an address is never shown with its password, nor made a folder", () => {
  test.each(FORMS)(
    "%s",
    async (address, exitCode) => {
      const cwd = workFolder();
      const verbs = [
        ["index", "notes", "--into", address, "--debug"],
        ["ask", QUESTION, "--in", address, "--format", "json"],
        ["lesson", "vector-store/upsert", "--store", address],
      ];
      const finished = await Promise.all(verbs.map((argv) => run(argv, { cwd })));
      for (const [at, { code, stdout, stderr }] of finished.entries()) {
        expect(stdout + stderr, verbs[at]?.join(" ")).not.toMatch(/sek|ret[@\s]|zoe/);
        expect(stdout + stderr).not.toMatch(/Something went wrong inside/);
        expect(code).toBe(exitCode);
      }
      expect(readdirSync(cwd)).toEqual(["notes"]);
    },
    SLOW,
  );
});
