import { scripted, strictEndpoint } from "llm-lab/testing";
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
    { role: "user", content: "Who am I?" },
  ]);
  expect(endpoint).toHaveCalled(4);
  expect(endpoint).toStayWithin(150);
});

test("answers from the document that fits, as a provider takes it", async () => {
  const endpoint = strictEndpoint({ replies: [shop, "4 euros."] });
  expect(await open(endpoint)("How much is a rye bread?")).toBe("4 euros.");
  expect(endpoint).toHaveSent({ role: "system", content: "rye bread costs 4 euros" });
  expect(endpoint).not.toHaveSent("closed on Mondays");
});
