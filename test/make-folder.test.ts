import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle } from "../scripts/bundle.mjs";

const folder = mkdtempSync(join(tmpdir(), "llm-lab-folders-"));
let maker: { file(name: string): string; remove(): void };
beforeAll(async () => {
  maker = await bundle({ maker: "test/support/folder-maker.ts" }, { handbook: false });
});
afterAll(() => {
  maker.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes 500 folders. @returns what it said on stderr */
function making(): Promise<string> {
  const child = spawn(process.execPath, [maker.file("maker"), folder, "500"]);
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said += text;
  });
  return new Promise((resolve) => {
    child.once("close", () => resolve(said));
  });
}

test("several processes may make the same folders at once", async () => {
  const said = await Promise.all(Array.from({ length: 4 }, making));
  expect(said).toEqual(["", "", "", ""]);
  expect(readdirSync(folder)).toHaveLength(500);
});
