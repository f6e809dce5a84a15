import { afterEach, expect, test } from "vitest";
import { Screen } from "../../test/support/screen.ts";
import { TerminalStage } from "./terminal.ts";

let terminal: TerminalStage | undefined;
afterEach(() => terminal?.close());

const UP = "\u001b[A";

test("the up key brings back earlier lines, newest first", async () => {
  const screen = new Screen(80, 24);
  const { input, output } = screen;
  const highlight = (code: string) => code;
  const options = { input, output, level: 0 as const, unfolded: false, highlight };
  terminal = new TerminalStage({ ...options, interrupt: () => {} });
  const ask = (earlier: string[]) =>
    terminal?.ask({ kind: "text", question: "you", earlier, fallback: null });
  const second = ask(["I keep bees", "I am Ada"]);
  await screen.until(/^you>/);
  screen.press(UP);
  await screen.until(/^you> I keep bees/);
  screen.press(UP);
  await screen.until(/^you> I am Ada/);
  screen.press("\r");
  expect(await second).toEqual({ value: "I am Ada", by: "learner" });
});
