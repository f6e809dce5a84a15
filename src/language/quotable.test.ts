import { expect, test } from "vitest";
import { quotable, sentencesIn } from "./quotable.ts";

const quoted = (text: string) => quotable(text.split("\n")).flatMap(sentencesIn);

test.each([
  ["an import", 'import pRetry, {AbortError} from "p-retry";\nIt retries.', ["It retries."]],
  ["an export and a constant", "export default x;\nconst a = 1\nSo it is.", ["So it is."]],
  ["a call", "console.log(distance('fast', 'faster'));\nThat is all.", ["That is all."]],
  ["an arrow", "words.map((word) => word.length)\nThat is all.", ["That is all."]],
  ["code between marks", "Run it:\n```sh\nmake all\n```\nThen wait.", ["Run it:", "Then wait."]],
  ["the end of code that was cut", "make all\n```\nThen wait.", ["Then wait."]],
  ["a command", "$ npm install x\nnpm install x\nDone.", ["Done."]],
  [
    "a badge",
    "[![build](https://img.example/a.svg)](https://ci.example) ![logo](l.png)\nText.",
    ["Text."],
  ],
  ["tags", '<p align="center"><img src="a.png"></p>\nA <b>small</b> box.', ["A small box."]],
  ["a comment", "<!-- last changed in June -->\nText.", ["Text."]],
  ["a rule", "---\nText.\n***", ["Text."]],
  ["a link", "See [the guide](https://a.example/b_(c)) or [this][1].", ["See the guide or this."]],
  ["stress", "- **Fast.** It is __twice__ as fast.", ["Fast.", "It is twice as fast."]],
  ["a quotation", "> Check the flag.", ["Check the flag."]],
  ["a task", "- [x] Bring the key.", ["Bring the key."]],
])("without %s", (_name, text, sentences) => {
  expect(quoted(text)).toEqual(sentences);
});

test("a row of a table is one sentence, and its head and its rule are none", () => {
  expect(quoted("| a | b |\n| --- | :-: |\n| `x` | Turns it off. Usual: on. |")).toEqual([
    "`x` | Turns it off. Usual: on.",
  ]);
});

test.each([
  "For wool: two kilos (at most).",
  "We close at 13:00; on Sundays we do not open.",
  "The pressure (in bar) is between 1.2 and 1.8.",
  "If you return it within 14 days, you get the money back.",
  "Let it stand for twelve hours.",
  "Import duties are paid by the buyer, from 150 euros.",
  "Export from the menu to keep a copy.",
  "Return the key to the box; the code is 5091.",
  "Price: 12",
  'Wifi: "Birch"',
  "2 * 3 * 4 is 24, and a_b is a name.",
])("%s stays as it is", (text) => {
  expect(quotable([text])).toEqual([text]);
});
