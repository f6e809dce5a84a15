import { checkup, PRICES_AS_OF, priceOf, section } from "../../src/lab.ts";

// When you want more than the tutor can do, choose a real model: one at OpenAI,
// with a key, or one on your own machine, without. A *key* is a long word that
// says whose account pays. Lessons stay the same.
const lab = section({
  title: "Real models, keys and money",
  kits: [checkup],
});

// `llm-lab doctor` looks at what lessons need. It runs here as a step. A line with
// a cross says what to do about it.
const looks = lab.step("Is everything there?", async ({ doctor }) => {
  await doctor();
});

// For a key: sign up at platform.openai.com, add a few dollars of credit, make a
// key, copy `.env.example` to `.env`, and write `OPENAI_API_KEY=` and the key into
// it. Never put it into code. For a model of your own: install Ollama, run
// `ollama pull llama3.2`, then start a lesson with `--model ollama:llama3.2`.
//
// You pay for tokens, those you send and those you get. Here is what a call to
// this step's model would cost elsewhere, at the prices of the month named.
const money = lab.step(
  "Where the money goes",
  async ({ chat, spent, table }) => {
    await chat().invoke("What is an embedding?");
    const { tokens } = spent();

    const models = ["gpt-6-luna", "gpt-6.1-terra", "gpt-6.1-sol"];
    await table(
      `A thousand such calls, US$ at prices of ${PRICES_AS_OF}`,
      ["model", "US$"],
      models.map((model) => [
        model,
        ((priceOf(model, tokens.input, tokens.output) ?? 0) * 1000).toFixed(
          2,
        ),
      ]),
    );
  },
);

export default lab.steps(looks, money);
