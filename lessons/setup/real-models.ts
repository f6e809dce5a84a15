import { checkup, PRICES_AS_OF, priceOf, section } from "../../src/lab.ts";

// The tutor knows little. For more, choose a real model: one at OpenAI, which
// needs a key, or one on your own machine, which needs none. An *API key* is a
// secret that tells the provider whose account to bill. Treat it like a password.
// The lessons stay the same.
const lab = section({
  title: "Real models, keys and prices",
  kits: [checkup],
});

// `llm-lab doctor` checks what lessons need. It runs here as a step. A line with a
// cross says what to do. Providers shut models down: OpenAI serves GPT-5 for 16
// months, until December 2026, and served GPT-4 for three and a half years. The
// doctor also says if yours is about to go. See `llm-lab help model-deprecation`.
const looks = lab.step("Is everything there?", async ({ doctor }) => {
  await doctor();
});

// To get a key, sign up at platform.openai.com, add a few dollars of credit, and
// make a key there. Copy `.env.example` to `.env` and write `OPENAI_API_KEY=` and
// the key into it, never into code. To run a model yourself, install Ollama, run
// `ollama pull llama3.2`, and start a lesson with `--model ollama:llama3.2`.
//
// Providers charge for the tokens that you send (input) and for those that you get
// (output). Output is dearer, because a model makes it one token after the other,
// but reads the whole input at once. The table shows both for a thousand calls like
// the one below. The hidden tokens of models that reason first are billed as output
// too. See `llm-lab help input-output-tokens`.
const money = lab.step(
  "What a thousand calls cost",
  async ({ chat, spent, table }) => {
    await chat().invoke("What is an embedding?");
    const { tokens } = spent();

    const models = ["gpt-6-luna", "gpt-6.1-terra", "gpt-6.1-sol"];
    await table(
      `A thousand such calls, US$ at prices of ${PRICES_AS_OF}`,
      ["model", "for input", "for output", "together"],
      models.map((model) => [
        model,
        dollars(priceOf(model, tokens.input, 0)),
        dollars(priceOf(model, 0, tokens.output)),
        dollars(priceOf(model, tokens.input, tokens.output)),
      ]),
    );
  },
);

const dollars = (price: number | null) => (1000 * (price ?? 0)).toFixed(3);

export default lab.steps(
  looks,
  money.expect(
    "a price is known of each model, and its parts add up",
    ({ tables }) =>
      (tables[0]?.rows ?? []).every(
        ([, input, output, both]) =>
          Number(input) > 0 &&
          Math.abs(Number(input) + Number(output) - Number(both)) < 0.002,
      ),
  ),
);
