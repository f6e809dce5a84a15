import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlineEndpoint, scripted, strictEndpoint, tape } from "llm-lab/testing";
import { expect, test } from "vitest";
import { createChat } from "../chat.js";
import { documents } from "./documents.js";

const open = ({ fetch }, more) => createChat({ documents, configuration: { fetch }, ...more });
const talk = { json: { destination: "talk" } };
const shop = { json: { destination: "shop" } };

test("remembers what was said", async () => {
  const endpoint = scripted([talk, "Hello Ada.", talk, "You are Ada."]);
  const send = open(endpoint);
  await send("I am Ada.");
  await send("Who am I?");
  expect(endpoint.calls.at(-1)).toHaveSent([
    { role: "user", content: "I am Ada." },
    { role: "assistant", content: "Hello Ada." },
    { role: "user", content: "Who am I?" },
  ]);
  expect(endpoint).toHaveCalled(4);
});

test("answers from the document that fits, and only for questions about the shop", async () => {
  const endpoint = scripted([shop, "4 euros.", talk, "Fine, thanks."]);
  const send = open(endpoint);
  await send("How much is a rye bread?");
  expect(endpoint.calls[1]).toHaveSent({ role: "system", content: "rye bread costs 4 euros" });
  expect(endpoint).not.toHaveSent("closed on Mondays");
  await send("How are you?");
  expect(endpoint.calls[3]).not.toHaveSent("What is known");
});

test("a long conversation costs no more than a short one", async () => {
  const endpoint = scripted(({ messages }) =>
    messages[0].content.startsWith("Where does") ? talk : "That is nice to hear.",
  );
  const send = open(endpoint);
  for (let turn = 0; turn < 20; turn++) await send(`This is what I did on day ${turn}.`);
  expect(endpoint).toStayWithin(150);
  expect(endpoint).toHaveSentTokens({ atMost: 5000 });
});

test.each(["unfenced-json", "half-stream", "empty-reply"])(
  "goes on when the model's reply is spoilt: %s",
  async (fault) => {
    const endpoint = scripted([shop, "4 euros."], { fault });
    const send = open(endpoint, { maxRetries: 0 });
    await expect(send("How much is a rye bread?")).resolves.toBeTypeOf("string");
  },
);

test("sends nothing that a provider refuses", async () => {
  const endpoint = strictEndpoint({ replies: [shop, "4 euros.", talk, "You are welcome."] });
  const send = open(endpoint);
  await send("How much is a rye bread?");
  await send("Thank you!");
  expect(endpoint.calls.map(({ reply }) => reply.status)).toEqual([200, 200, 200, 200]);
});

test("says the same again from a tape", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "chat-")), "tape.json");
  const recorder = await tape(file, { record: offlineEndpoint() });
  const first = await open(recorder)("What is 6 times 7?");
  await recorder.close();
  const player = await tape(file);
  expect(await open(player)("What is 6 times 7?")).toBe(first);
  expect(player.left).toBe(0);
});
