import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs the tests of examples/chat as a stranger would: in an empty folder, with this package as a
 * tarball, under vitest, Jest and Node's runner. Build first.
 *
 * node scripts/example.mjs [folder]: a folder that is named is kept, and not installed again.
 */
const root = join(import.meta.dirname, "..");
const given = process.argv[2];
const folder = given ?? mkdtempSync(join(tmpdir(), "llm-lab-example-"));
const isWindows = process.platform === "win32";

mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, "node_modules"))) install();
cpSync(join(root, "examples/chat"), folder, { recursive: true });
run("vitest", ["node_modules/vitest/vitest.mjs", "run"]);
run("Jest", ["--experimental-vm-modules", "node_modules/jest/bin/jest.js"]);
run("node:test", ["--test", "tests/chat.node.js"]);
requireIt();
if (given === undefined) rmSync(folder, { recursive: true });

function install() {
  npm(root, ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder]);
  const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  cpSync(join(root, "examples/chat/package.json"), join(folder, "package.json"));
  npm(folder, ["install", "--no-audit", "--no-fund", "--loglevel=error", "-D", `./${tarball}`]);
}

/** Jest without flags loads CommonJS. */
function requireIt() {
  writeFileSync(
    join(folder, "tests/required.test.cjs"),
    `const { scripted } = require("llm-lab/testing");
test("CommonJS", async () => {
  const endpoint = scripted(["Yes."]);
  const body = JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: "Hi" }] });
  const reply = await endpoint.fetch("http://any/v1/chat/completions", { method: "POST", body });
  expect((await reply.json()).choices[0].message.content).toBe("Yes.");
  expect(endpoint).toHaveSent("Hi");
});
`,
  );
  run("Jest in CommonJS", ["node_modules/jest/bin/jest.js", "--testMatch", "**/required.test.cjs"]);
  rmSync(join(folder, "tests/required.test.cjs"));
}

function run(name, args) {
  console.log(`── ${name}, Node ${process.version}`);
  const { OPENAI_API_KEY: _, OPENAI_BASE_URL: __, ...env } = process.env;
  execFileSync(process.execPath, args, { cwd: folder, env, stdio: "inherit" });
}

function npm(cwd, args) {
  execFileSync(isWindows ? "npm.cmd" : "npm", args, { cwd, stdio: "inherit", shell: isWindows });
}
