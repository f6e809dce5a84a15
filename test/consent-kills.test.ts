import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle } from "../scripts/bundle.mjs";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-consent-"));
let desk: { file(name: string): string; remove(): void };
beforeAll(async () => {
  desk = await bundle({ desk: "test/support/consent-desk.ts" });
});
afterAll(() => {
  desk.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  stdout: string;
  stderr: string;
  code: number | string | null;
}

/** Runs the desk in a process of its own; "ask" is killed with -9 while the question is open. */
function run(name: string, verb: "ask" | "yes" | "no" | "look"): Promise<Ended> {
  const database = join(folder, `${name}.db`);
  const child = spawn(process.execPath, [desk.file("desk"), database, ledgerOf(name), verb]);
  const ended: Ended = { stdout: "", stderr: "", code: null };
  child.stderr.on("data", (text: Buffer) => {
    ended.stderr += text;
  });
  child.stdout.on("data", (text: Buffer) => {
    ended.stdout += text;
    if (verb === "ask" && ended.stdout.includes("waiting")) child.kill("SIGKILL");
  });
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ ...ended, code: code ?? signal }));
  });
}

const ledgerOf = (name: string) => join(folder, `${name}.txt`);
const paid = (name: string) =>
  existsSync(ledgerOf(name)) ? readFileSync(ledgerOf(name), "utf8") : "";

const PAID = "tool: Paid back 48 euros for KX-4711.";

test("a question outlives kill -9: the yes pays once, and a second yes pays nothing", async () => {
  expect(await run("yes", "ask")).toMatchObject({ code: "SIGKILL", stderr: "" });
  expect(paid("yes")).toBe("");
  const first = await run("yes", "yes");
  expect([first.code, first.stderr, paid("yes")]).toEqual([0, "", "KX-4711 48\n"]);
  expect(JSON.parse(first.stdout)).toContain(PAID);
  const second = await run("yes", "yes");
  expect([second.code, paid("yes")]).toEqual([0, "KX-4711 48\n"]);
});

test("a no after kill -9 pays nothing, and the model reads it", async () => {
  await run("no", "ask");
  const { code, stdout } = await run("no", "no");
  expect([code, paid("no")]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toContain("tool: A person has refused the refund.");
});

test("looking decides nothing: the question stays open", async () => {
  await run("look", "ask");
  expect(JSON.parse((await run("look", "look")).stdout)).toEqual([
    "human: Refund 48 euros for order KX-4711.",
    "ai: ",
  ]);
  expect(paid("look")).toBe("");
  expect(JSON.parse((await run("look", "yes")).stdout)).toContain(PAID);
  expect(paid("look")).toBe("KX-4711 48\n");
});
