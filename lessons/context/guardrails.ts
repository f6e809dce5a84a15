import { createAgent, piiMiddleware } from "langchain";
import { section, text } from "../../src/lab.ts";

// What stands in a prompt leaves your machine, and may be stored where it arrives. A
// *guardrail* is code that looks at what goes to a model and at what comes from it.
// In `langchain` 1.x it is middleware: it sees the messages before they are sent. The steps
// here check only what a user writes. `applyToOutput` checks the model's replies, and
// `applyToToolResults` what tools return.
// More: `llm-lab help guardrails`, `llm-lab help personal-data`.
const lab = section({
  title: "Guardrails: what may be sent",
  params: {
    email: text({
      default: "ada@example.org",
      maxLength: 60,
      help: "an e-mail address that must not be sent",
    }),
  },
});

const ask = (content: string) => ({ messages: [{ role: "user", content }] });

// `piiMiddleware` looks for personal data of one kind (PII: personally identifiable
// information). With the strategy "redact" a placeholder takes its place. There are
// also "mask", "hash" and "block". Look for the address in the prompt that is sent.
const redacted = lab.step(
  "An address is taken out",
  async ({ chat, params }) => {
    const agent = createAgent({
      model: chat(),
      tools: [],
      middleware: [
        piiMiddleware("email", { strategy: "redact", applyToInput: true }),
      ],
    });
    await agent.invoke(
      ask(`My address is ${params.email}. What is 2 plus 3?`),
    );
  },
);

// With "block" the middleware throws instead. The error names the kind of data, and
// your program can ask the user to write it again.
const blocked = lab.step<{ calls: number }>(
  "Or nothing is sent at all",
  async ({ chat, fails, spent, tell }) => {
    const agent = createAgent({
      model: chat(),
      tools: [],
      middleware: [
        piiMiddleware("credit_card", {
          strategy: "block",
          applyToInput: true,
        }),
      ],
    });
    await fails("a card number", () =>
      agent.invoke(ask("My card is 4111 1111 1111 1111. What is 2 plus 3?")),
    );
    await tell({ calls: spent().calls });
  },
);

// A rule finds what it was written for. Here are four ways to write the same two
// secrets. Card numbers have a check digit at their end, and the rule computes it.
const missed = lab.step<{ found: number; of: number }>(
  "What a rule does not find",
  async ({ chat, params, table, tell }) => {
    const on = { strategy: "redact", applyToInput: true } as const;
    const email = piiMiddleware("email", on);
    const card = piiMiddleware("credit_card", on);
    const agent = createAgent({
      model: chat(),
      tools: [],
      middleware: [email, card],
    });
    const rows: [string, string][] = [];
    for (const secret of writtenAs(params.email)) {
      const { messages } = await agent.invoke(ask(`Note this: ${secret}`));
      rows.push([secret, messages[0]?.text ?? ""]);
    }
    await table("Written, and sent", ["written", "sent"], rows);
    const found = rows.filter(([secret, sent]) => !sent.includes(secret));
    await tell({ found: found.length, of: rows.length });
  },
);

/** Two secrets, each written in two ways. */
const writtenAs = (email: string) => [
  email,
  email.replace("@", " at ").replaceAll(".", " dot "),
  "4111 1111 1111 1111",
  "four one one one, and then 1111 1111 1111",
];

export default lab.steps(
  redacted
    .predict({
      question: "Will the address be in the prompt?",
      choices: ["yes", "no"],
      judge: ({ prompts, params }) =>
        prompts.some((prompt) => prompt.includes(params.email))
          ? "yes"
          : "no",
      why: ({ prompts, params }) =>
        prompts.some((prompt) => prompt.includes(params.email))
          ? "This is not written as an address is, so the rule did not take it for one."
          : "The middleware changed the messages before the model was called. The reply cannot " +
            "contain the address either, and neither can the provider's logs.",
    })
    .expect("the address is not sent", "no"),
  blocked
    .predict({
      question: "A message holds a card number. How many calls will be made?",
      choices: [0, 1],
      judge: ({ facts }) => facts.calls,
      why: "The middleware throws before the model is called, so nothing left this machine.",
    })
    .expect("nothing is sent at all", 0),
  missed
    .predict({
      question:
        "Four messages with a secret each. In how many will the rules find it?",
      choices: [1, 2, 3, 4],
      judge: ({ facts }) => facts.found,
      why: ({ facts: { found, of } }) =>
        `In ${found} of ${of}. A rule reads letters, not meaning: an address in words passes. ` +
        "Guardrails lower a risk. What must not leave, do not hand to the program in the first place.",
    })
    .expect("rules miss what is written in words", 2),
);
