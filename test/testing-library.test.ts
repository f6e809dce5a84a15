import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./support/program.ts";

/**
 * The built library in a folder of its own, as a program's tests have it. scripts/example.mjs does
 * the same with the packed package, and under Jest.
 */
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "llm-lab-testing-"));
  cpSync(join(root, "examples/chat"), folder, { recursive: true });
  const packages = [
    "@langchain/core",
    "@langchain/openai",
    "zod",
    "vitest",
    "openai",
    "@types/node",
  ];
  for (const name of packages) link(join(root, "node_modules", name), name);
  link(root, "llm-lab");
});
afterAll(() => rmSync(folder, { recursive: true }));

function link(from: string, name: string): void {
  const place = join(folder, "node_modules", name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(from, place, "junction");
}

/** Runs a script of Node's in the folder; what it printed stands in the failure. */
function node(...args: string[]): Promise<{ code: number; output: string }> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${stdout}${stderr}` }),
    );
  });
}

const vitest = (...files: string[]) =>
  node(
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--reporter=dot",
    // The files share what they import, as ours do.
    "--no-isolate",
    "--testTimeout=60000",
    ...files,
  );

const page = readFileSync(join(root, "docs/testing.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(
    ([, code = ""]) => code,
  );

test("every example of docs/testing.md is a test that passes", async () => {
  const examples = blocks("js");
  for (const [at, code] of examples.entries())
    writeFileSync(join(folder, `tests/doc-${at}.vitest.js`), code);
  expect(examples.length).toBeGreaterThan(6);
  const { code, output } = await vitest("doc-");
  expect(output).toContain(`Test Files  ${examples.length} passed`);
  expect(code).toBe(0);
});

test("a failure says what docs/testing.md shows", async () => {
  const program = `
    import { scripted, toHaveSent } from "llm-lab/testing";
    const endpoint = scripted(["Oslo."]);
    const messages = [
      { role: "system", content: "Be brief." },
      { role: "user", content: "What is the capital of Norway?" },
    ];
    const body = JSON.stringify({ model: "gpt-6-luna", messages });
    await endpoint.fetch("http://any/v1/chat/completions", { method: "POST", body });
    try {
      toHaveSent(endpoint, "What is the capital of Sweden?");
    } catch (error) {
      console.log(error.message);
    }`;
  const { output } = await node("--input-type=module", "-e", program);
  expect(blocks("text")).toEqual([output]);
});

test("the example's tests pass, under vitest and under Node's own runner", async () => {
  const [first, second] = [await vitest("chat."), await node("--test", "tests/chat.node.js")];
  expect(first.output).toMatch(/Tests {2}8 passed/);
  expect(second.output).toMatch(/^. pass 2$/m);
  expect([first.code, second.code]).toEqual([0, 0]);
});

test("a test in CommonJS gets the same", async () => {
  const program = `
    const { scripted, toHaveSent } = require("llm-lab/testing");
    const endpoint = scripted(["Yes."]);
    const body = JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: "Hi" }] });
    const wanted = { model: "text-embedding-3-small", input: "kettle" };
    const post = (path, body) => endpoint.fetch("http://any/v1/" + path, { method: "POST", body });
    (async () => {
      const reply = await (await post("chat/completions", body)).json();
      const vectors = await (await post("embeddings", JSON.stringify(wanted))).json();
      toHaveSent(endpoint, "Hi");
      console.log(reply.choices[0].message.content, vectors.data[0].embedding.length);
    })();`;
  expect(await node("-e", program)).toEqual({ code: 0, output: "Yes. 896\n" });
});

const TYPED = `
  import { type Call, type Endpoint, faults, not, scripted, strictEndpoint, tape } from "llm-lab/testing";
  import "llm-lab/testing/vitest";
  import { expect } from "vitest";
  const endpoint: Endpoint = scripted(["a", { json: 1 }, (call: Call) => call.prompt]);
  const { tokens, messages }: Call = endpoint.calls[0]!;
  const role: string | undefined = messages[0]?.role;
  strictEndpoint({ replies: [{ toolCalls: [{ name: "f" }] }], contextWindow: tokens });
  const left: number = (await tape("t.json", { fault: faults[0] })).left;
  expect(endpoint).toHaveSent([{ role, content: /x/ }]);
  expect(endpoint).not.toHaveCalled({ atMost: left });
  not.toHaveSent(endpoint, "x");
  // @ts-expect-error
  scripted([{ txt: "a" }]);
  // @ts-expect-error
  strictEndpoint({ fault: "no such" });
  // @ts-expect-error
  expect(endpoint).toHaveSent({ rol: "user" });
`;

test("it is typed, for import and for require", async () => {
  const settings = {
    compilerOptions: {
      module: "nodenext",
      target: "es2023",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: ["node"],
    },
    files: ["typed.mts", "typed.cts"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  writeFileSync(join(folder, "typed.mts"), TYPED);
  writeFileSync(
    join(folder, "typed.cts"),
    'import { offlineEndpoint } from "llm-lab/testing";\nexport const calls: number = offlineEndpoint().calls.length;\n',
  );
  expect(await node(join(root, "node_modules/typescript/bin/tsc"))).toEqual({
    code: 0,
    output: "",
  });
});

test.each(["js", "cjs"])("importing it loads little, and no LangChain: %s", (ending) => {
  const loaded = loadedBy(join(root, `dist/testing/main.${ending}`));
  const size = [...loaded].reduce((sum, file) => sum + statSync(file).size, 0);
  expect(size).toBeLessThan(120_000);
  for (const file of loaded)
    expect(readFileSync(file, "utf8")).not.toMatch(/lc_namespace.*langchain_core/);
});

/** A file and what it loads at once: what it imports, and what it requires outside of functions. */
function loadedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const named =
    /\b(?:from|import)\s*"(\.[^"]+)"|(?<!then\(\(\)=>)(?<!=>)\brequire\(["`](\.[^"`]+)["`]\)/g;
  for (const [, imported, required] of readFileSync(file, "utf8").matchAll(named))
    loadedBy(join(dirname(file), imported ?? required ?? ""), seen);
  return seen;
}
