import assert from "node:assert/strict";
import test from "node:test";
import {
  not,
  scripted,
  strictEndpoint,
  toHaveCalled,
  toHaveSent,
  toStayWithin,
} from "llm-lab/testing";
import { createChat } from "../chat.js";
import { documents } from "./documents.js";

const talk = { json: { destination: "talk" } };
const shop = { json: { destination: "shop" } };

test("remembers what was said", async () => {
  const endpoint = scripted([talk, "Hello Ada.", talk, "You are Ada."]);
  const send = createChat({ documents, configuration: { fetch: endpoint.fetch } });
  await send("I am Ada.");
  assert.equal(await send("Who am I?"), "You are Ada.");
  toHaveSent(endpoint.calls.at(-1), [
    { role: "user", content: "I am Ada." },
    { role: "user", content: "Who am I?" },
  ]);
  toHaveCalled(endpoint, 4);
  toStayWithin(endpoint, 150);
});

test("answers from the document that fits, over a socket", async () => {
  const endpoint = strictEndpoint({ replies: [shop, "4 euros."] });
  const baseURL = await endpoint.listen();
  const send = createChat({ documents, configuration: { baseURL } });
  assert.equal(await send("How much is a rye bread?"), "4 euros.");
  toHaveSent(endpoint, { role: "system", content: "rye bread costs 4 euros" });
  not.toHaveSent(endpoint, "closed on Mondays");
  await endpoint.close();
});
