import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import {
  AIMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
} from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import {
  FakeListChatModel,
  FakeStreamingChatModel,
} from "@langchain/core/utils/testing";
import { choice, endpoints, section } from "../../src/lab.ts";

// Tests should run without a key, on every machine and at every commit. Something must
// then stand in the model's place: a *fake*, an object with LangChain's methods that
// answers from a list; an endpoint that reads what is sent; or a tape. Each of them is
// blind to something, and a test is worth what it can see. More: `llm-lab help fake-model`.
const lab = section({
  title: "Tests without a key, and what they see",
  kits: [endpoints],
  params: {
    fake: choice({
      default: "fakeModel",
      choices: ["fakeModel", "FakeListChatModel", "FakeStreamingChatModel"],
      help: "the fake that stands in the table",
    }),
  },
});

const REPLY = "12 kettles are in stock.";

/** LangChain's fakes; each answers with the same sentence. */
const FAKES: Record<string, () => BaseChatModel> = {
  fakeModel: () => fakeModel().respond(new AIMessage(REPLY)),
  FakeListChatModel: () => new FakeListChatModel({ responses: [REPLY] }),
  FakeStreamingChatModel: () =>
    new FakeStreamingChatModel({ responses: [new AIMessage(REPLY)] }),
};

// LangChain has fakes of its models. Three of those for chat (@langchain/core 1.4.0) are
// tried here. `FakeListChatModel` takes a list of
// texts, `FakeStreamingChatModel` also pieces of a stream, and the newer `fakeModel`
// remembers what it was asked, in `calls`. Each is asked something that no provider
// takes: a tool's result, without the call that it answers.
const fakes = lab.step<{ took: number; strict: boolean }>(
  "Three fakes, and a request that is wrong",
  async ({ chat, strictEndpoint, table, tell }) => {
    const wrong = [
      new HumanMessage("How many kettles are in stock?"),
      new ToolMessage({ content: "12", tool_call_id: "call_1" }),
    ];
    const models: [string, BaseChatModel][] = [
      ...Object.entries(FAKES).map(
        ([name, make]) => [name, make()] as [string, BaseChatModel],
      ),
      ["strict endpoint", chat({ fetch: strictEndpoint().fetch })],
    ];
    const rows: [string, string][] = [];
    for (const [name, model] of models) {
      const said = await model.invoke(wrong).then(
        ({ text }) => text,
        ({ message }: Error) => message.split("\n")[0] ?? "",
      );
      rows.push([name, said]);
    }
    await table("What they say", ["stands for the model", "it says"], rows);
    const answers = rows.filter(([, said]) => said === REPLY);
    const strict = rows.at(-1)?.[1].startsWith("400") ?? false;
    await tell({ took: answers.length, strict });
  },
);

/** None for comparison; the last is not in the program: the model answers otherwise. */
const BUGS = [
  "none",
  "wrong variable",
  "lost call",
  "wrong schema",
  "cut reply",
  "other model",
];

const customer: Record<string, string> = { name: "Ada" };

/** The program under test, without a bug or with one: hands a tool's result to a model. */
async function stockReply(model: BaseChatModel, bug: string) {
  const { name } = customer;
  const who = bug === "wrong variable" ? customer.nmae : name;
  const messages = [
    new SystemMessage(`You answer for a shop. The customer is ${who}.`),
    new HumanMessage("How many kettles are in stock?"),
    new AIMessage({ content: "", tool_calls: [CALL] }),
    new ToolMessage({ content: "kettle: 12 in stock", tool_call_id: "c1" }),
  ];
  if (bug === "lost call") messages.splice(2, 1);
  const type = bug === "wrong schema" ? "text" : "string";
  const reply = await model.bindTools?.([stockTool(type)]).invoke(messages);
  return reply as AIMessage;
}

const CALL = { id: "c1", name: "get_stock", args: { product: "kettle" } };

/** A tool as providers take it, if the type of its argument is one of JSON Schema's. */
const stockTool = (type: string) => ({
  type: "function",
  function: {
    name: "get_stock",
    description: "How many of a product are in stock.",
    strict: true,
    parameters: {
      type: "object",
      properties: { product: { type } },
      required: ["product"],
      additionalProperties: false,
    },
  },
});

/** The test: the program gets an answer, it has the number, and it is whole. */
async function finds(bug: string, model: BaseChatModel): Promise<boolean> {
  try {
    const reply = await stockReply(model, bug);
    const isCut = reply.response_metadata.finish_reason === "length";
    return !reply.text.includes("12") || isCut;
  } catch {
    return true;
  }
}

// One test, five bugs, and four ways to run it. Three of the bugs are in what the program
// sends: a misspelt variable, so that the wrong one is filled in; a lost call, which was
// trimmed away before its result; and a wrong schema, with a type that does not exist. The
// fourth is a reply that is cut after four tokens. The fifth is not in the program: another
// model calls the tool again where this one answered. In the first row there is no bug.
// The test says "found" where it fails. "model" is the model of this run itself.
const bugs = lab.step<Seen>(
  "Five bugs, four ways to test",
  async ({ chat, strictEndpoint, tape, wire, file, params, table, tell }) => {
    const path = file("stock.tape.json");
    const recorder = await tape(path, { record: wire });
    await finds("none", chat({ fetch: recorder.fetch }));
    await recorder.close();

    const ways: Record<Way, (bug: string) => Promise<BaseChatModel>> = {
      fake: async () => FAKES[params.fake]?.() ?? fakeModel(),
      strict: async (bug) =>
        chat({ ...limitOf(bug), ...TOOLS, fetch: strictEndpoint().fetch }),
      tape: async (bug) =>
        chat({ ...limitOf(bug), fetch: (await tape(path)).fetch }),
      model: async (bug) => chat({ ...limitOf(bug), fault: faultOf(bug) }),
    };
    const seen: Seen = { fake: [], strict: [], tape: [], model: [] };
    for (const bug of BUGS)
      for (const way of WAYS)
        if (await finds(bug, await ways[way](bug))) seen[way].push(bug);

    const rows = BUGS.map((bug) => [bug, ...marksOf(bug, seen)]);
    await table("What each finds", ["bug", ...WAYS], rows);
    await tell(seen);
  },
);

const WAYS = ["fake", "strict", "tape", "model"] as const;
type Way = (typeof WAYS)[number];
/** The bugs that each way to test has found. */
type Seen = Record<Way, string[]>;

const marksOf = (bug: string, seen: Seen) =>
  WAYS.map((way) => (seen[way].includes(bug) ? "found" : "no"));

/**
 * A model that thinks takes tools in other requests than these; gpt-5.1 thinks only if it is told
 * to.
 */
const TOOLS = { model: "gpt-5.1" };

const limitOf = (bug: string) =>
  bug === "cut reply" ? { maxTokens: 4 } : {};
const faultOf = (bug: string) =>
  bug === "other model" ? ("calls-again" as const) : undefined;

const found = (seen: string[]) => seen.filter((bug) => bug !== "none").length;

const counted = (seen: string[]) => {
  if (seen.includes("none"))
    return "nothing that counts, for it fails without a bug";
  return found(seen) === 1 ? "1 bug" : `${found(seen)} bugs`;
};

export default lab.steps(
  fakes
    .predict({
      question:
        "A tool's result stands in the request without its call. How many of the three fakes will complain?",
      choices: [0, 1, 3],
      judge: ({ facts }) => 3 - facts.took,
      why:
        "A fake stands in the place of LangChain's model, above the wire. It never becomes a request, " +
        "so nobody looks at it as a provider would. `strictEndpoint` of llm-lab/testing stands behind " +
        "the real ChatOpenAI and refuses what providers refuse, in their words.",
    })
    .expect("no fake looks at what it is sent", 0)
    .expect("a strict endpoint refuses it", ({ facts }) => facts.strict),
  bugs
    .predict({
      question: ({ fake }) =>
        `Five bugs, one test. How many of them will it find with ${fake} in the model's place?`,
      choices: [0, 2, 4],
      judge: ({ facts }) => found(facts.fake),
      why: ({ facts }) =>
        `The fake finds ${counted(facts.fake)}, the strict endpoint ${counted(facts.strict)}, the tape ` +
        `${counted(facts.tape)}, and the model itself ${counted(facts.model)}. What is sent can also be ` +
        "asserted: fakeModel and the endpoints keep it in `calls`, and a test that looks for " +
        '"undefined" there finds the first bug. Use fakes for the code around a model, a strict ' +
        "endpoint for what is sent, a tape for what must stay as it is, and the test set for the model.",
    })
    .expect("the fake finds none of them", 0)
    .expect("a strict endpoint finds what a provider refuses", ({ facts }) =>
      ["lost call", "wrong schema"].every((bug) =>
        facts.strict.includes(bug),
      ),
    )
    .expect(
      "the tape alone finds the wrong variable",
      ({ facts }) =>
        facts.tape.includes("wrong variable") &&
        !facts.strict.includes("wrong variable"),
    )
    .expect(
      "without the model, nothing finds another model",
      ({ facts: { fake, strict, tape } }) =>
        ![fake, strict, tape].flat().includes("other model"),
    ),
);
