import {
  LLMChain,
  MultiPromptChain,
  SequentialChain,
  SimpleSequentialChain,
} from "@langchain/classic/chains";
import { PromptTemplate } from "@langchain/core/prompts";
import { choice, REPLY_FAULTS, section } from "../../src/lab.ts";

// Chains fail in a handful of typical ways. Some throw an error that names the cause,
// some go on with nonsense and throw nothing. Each step below provokes one failure,
// shows what LangChain says of it, and mends it. More: `llm-lab help chain-errors`.
const lab = section({
  title: "When chains break",
  params: {
    fault: choice({
      default: "trailing-comma",
      choices: REPLY_FAULTS,
      help: "how the router's model misbehaves, as real models do",
    }),
  },
});

// If a value for a gap is missing, LLMChain throws before it sends anything. (LangChain
// calls a template with {gaps} an *f-string*, after Python.) A SimpleSequentialChain
// does not throw: with a wrong key it sends the word "undefined" to the model, and
// you pay for the answer.
const misspelt = lab.step("A misspelt variable", async ({ chat, fails }) => {
  const prompt = PromptTemplate.fromTemplate(
    "Name a company that makes {product}.",
  );
  const chain = new LLMChain({ llm: chat(), prompt });
  await fails("product is misspelt", () => chain.invoke({ produkt: "tea" }));
  await fails("mended", () => chain.invoke({ product: "tea" }));

  const simple = new SimpleSequentialChain({ chains: [chain] });
  await fails("a wrong key, silently", () =>
    simple.invoke({ product: "tea" }),
  );
  await fails("mended", () => simple.invoke({ input: "tea" }));
});

// A SequentialChain checks its variables when you make it. A link may only take
// what you give or what a link before it gave; no two links may give the same
// name; and some link must give each output that you ask for.
const variables = lab.step(
  "Variables that do not meet",
  async ({ chat, fails }) => {
    const link = (template: string, outputKey: string) =>
      new LLMChain({
        llm: chat(),
        prompt: PromptTemplate.fromTemplate(template),
        outputKey,
      });
    const make =
      (chains: LLMChain[], outputVariables?: string[]) => async () =>
        new SequentialChain({
          chains,
          inputVariables: ["review"],
          outputVariables,
        }).inputKeys;

    const summary = link("Summarize: {review}", "summary");
    const reply = link("Answer in {language}: {summary}", "reply");
    const other = link("Shorten: {summary}", "summary");
    await fails("a variable is missing", make([summary, reply]));
    await fails("two links give the same", make([summary, other]));
    await fails("a promise is not kept", make([summary], ["rating"]));

    const language = link("What language is this: {review}", "language");
    await fails("mended", make([summary, language, reply], ["reply"]));
  },
);

const DESCRIBE =
  "Write a 12 words description for the following company in {city}: {name}";

// A simple chain hands on one value, so each link must have exactly one input and
// one output. LangChain refuses to make one with two inputs. It does make one
// without any links, and that chain returns what you gave it.
const inputs = lab.step(
  "Two inputs to a simple chain",
  async ({ chat, fails }) => {
    const link = (template: string, outputKey = "text") =>
      new LLMChain({
        llm: chat(),
        prompt: PromptTemplate.fromTemplate(template),
        outputKey,
      });
    const name = link("Name a company that makes {product}.", "name");
    const words = link(DESCRIBE, "words");

    const simple = async () =>
      new SimpleSequentialChain({ chains: [name, words] }).inputKeys;
    await fails("two inputs", simple);

    const none = new SimpleSequentialChain({ chains: [] });
    await fails("no links, silently", () => none.invoke({ input: "tea" }));

    const chain = new SequentialChain({
      chains: [name, words],
      inputVariables: ["product", "city"],
    });
    await fails("mended", () =>
      chain.invoke({ product: "tea", city: "Leeds" }),
    );
  },
);

const SUBJECTS = {
  promptNames: ["physics", "history"],
  promptDescriptions: [
    "for questions about physics",
    "for questions about history",
  ],
  promptTemplates: [
    "Answer as a physicist: {input}",
    "As a historian: {input}",
  ],
};

// The router's reply is text until it is parsed, and models make mistakes in JSON.
// llm-lab spoils a good reply on its way to LangChain; choose another mistake with
// `--set fault=…`. `silentErrors` is an option of LangChain's routers: a question
// whose destination does not exist goes to the default chain, and nothing is thrown.
// Does it help here? The mended version catches the error itself.
const careless = lab.step(
  "A careless reply",
  async ({ chat, params, fails }) => {
    const llm = chat({ fault: params.fault });
    const chain = MultiPromptChain.fromLLMAndPrompts(llm, SUBJECTS);
    const input = "Why is the sky blue?";
    await fails(params.fault, () => chain.invoke({ input }));

    chain.silentErrors = true;
    await fails("silentErrors", () => chain.invoke({ input }));

    const { defaultChain } = MultiPromptChain.fromLLMAndPrompts(
      chat(),
      SUBJECTS,
    );
    await fails("mended", () =>
      chain.invoke({ input }).catch(() => defaultChain.invoke({ input })),
    );
  },
);

// A model may also invent a destination. That reply parses, and the chain fails one
// step later, when it looks for the destination. With `silentErrors` it sends such
// a question to the default chain.
const invented = lab.step(
  "An invented destination",
  async ({ chat, fails }) => {
    const llm = chat({ fault: "invented-destination" });
    const chain = MultiPromptChain.fromLLMAndPrompts(llm, SUBJECTS);
    const input = "Why is the sky blue?";
    await fails("an invented destination", () => chain.invoke({ input }));

    chain.silentErrors = true;
    await fails("mended", () => chain.invoke({ input }));
  },
);

// LangChain pastes the descriptions into a template, so it reads a brace in one as
// the beginning of a gap. Write doubled braces for plain braces.
const braces = lab.step(
  "Braces in a description",
  async ({ chat, fails }) => {
    const router = (description: string) =>
      MultiPromptChain.fromLLMAndPrompts(chat(), {
        promptNames: ["json"],
        promptDescriptions: [description],
        promptTemplates: ["You know JSON. {input}"],
      });
    const input = "How do I get JSON from a model?";

    await fails("a brace", async () =>
      router("for JSON such as {a: 1}").invoke({ input }),
    );
    await fails("mended", async () =>
      router("for JSON such as {{a: 1}}").invoke({ input }),
    );
  },
);

/** How many of a step's attempts ended in an error. */
const threw = (values: Record<string, unknown>) =>
  Object.keys(values).filter((label) => label.endsWith(": an error")).length;

export default lab.steps(
  misspelt.expect(
    'a simple chain with a wrong key sends "undefined"',
    ({ prompts }) => prompts.some((one) => one.includes("undefined")),
  ),
  variables.expect(
    "links that do not meet are refused",
    ({ values }) => threw(values) === 3,
  ),
  inputs.expect(
    "two inputs are refused, no links are not",
    ({ values }) => threw(values) === 1,
  ),
  careless.expect(
    "silentErrors does not help against a reply that does not parse",
    ({ values }) => threw(values) === 2,
  ),
  invented.expect(
    "it does against an invented destination",
    ({ values }) => threw(values) === 1,
  ),
  braces.expect(
    "a single brace in a description is an error",
    ({ values }) => threw(values) === 1,
  ),
);
