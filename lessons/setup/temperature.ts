import { number, section, text } from "../../src/lab.ts";

// For each token, a model gives every piece in its vocabulary a score. The scores
// become probabilities, and then a token is drawn. *Temperature* sets how much
// chance decides: the higher it is, the more often a less likely token wins. See
// `llm-lab help temperature`.
const lab = section({
  title: "Temperature",
  params: {
    temperature: number({
      default: 1,
      min: 0.1,
      max: 2,
      help: "how much chance decides",
    }),
    start: text({
      default: "Once upon a time there was a",
      maxLength: 200,
      help: "a text that the tiny model continues",
    }),
    prompt: text({
      default: "What is the best name to describe a company that makes tea?",
      maxLength: 1000,
      help: "what the model in use is asked",
    }),
  },
});

// The scores are divided by the temperature before they become probabilities. A
// low temperature widens the gaps between them, a high one narrows them. These
// five scores are made up; the arithmetic is what models do. See
// `llm-lab help logits`.
const numbers = lab.step("The arithmetic", async ({ params, table }) => {
  const scores = { tea: 4, water: 3, coffee: 2.5, milk: 1, gravel: -2 };
  const probabilities = (temperature: number) => {
    const powers = Object.values(scores).map((score) =>
      Math.exp(score / temperature),
    );
    const sum = powers.reduce((all, power) => all + power, 0);
    return powers.map((power) => `${((100 * power) / sum).toFixed(1)} %`);
  };
  const [cold, yours, hot] = [0.2, params.temperature, 2].map(probabilities);
  await table(
    "I drink a cup of …",
    ["word", "at 0.2", `at ${params.temperature}`, "at 2"],
    Object.keys(scores).map((word, at) => [
      word,
      cold?.[at] ?? "",
      yours?.[at] ?? "",
      hot?.[at] ?? "",
    ]),
  );
});

// A tiny language model comes with llm-lab, and its tokens are really drawn. It
// continues your text five times at 0 and five times at your temperature. Each
// draw has another *seed*, the number that chance starts from.
const drawn = lab.step<{ cold: number; warm: number }>(
  "Five draws from a tiny model",
  async ({ complete, params, table, tell }) => {
    const rows: [seed: number, cold: string, warm: string][] = [];
    for (const seed of [1, 2, 3, 4, 5]) {
      const draw = async (temperature: number) => {
        const model = "tiny-base";
        const llm = complete({ model, maxTokens: 12, temperature, seed });
        return llm.invoke(params.start);
      };
      rows.push([seed, await draw(0), await draw(params.temperature)]);
    }
    await table(
      `${params.start} …`,
      ["seed", "at 0", `at ${params.temperature}`],
      rows,
    );
    const cold = new Set(rows.map(([, text]) => text)).size;
    const warm = new Set(rows.map(([, , text]) => text)).size;
    await tell({ cold, warm });
  },
);

// The model in use is asked three times at your temperature. The offline tutor
// uses no randomness, so its three replies are the same; a real model's mostly
// differ. Many models that reason refuse a temperature: then llm-lab leaves it out
// and says so. Take a low one for facts and a higher one for ideas.
const again = lab.step(
  "The model in use",
  async ({ chat, params, table }) => {
    const model = chat({ temperature: params.temperature });
    const rows = [];
    for (let time = 1; time <= 3; time++) {
      const { content } = await model.invoke(params.prompt);
      rows.push([time, String(content)]);
    }
    await table("Three replies", ["time", "reply"], rows);
  },
);

export default lab.steps(
  numbers,
  drawn
    .predict({
      question: "How many different texts will the five draws at 0 give?",
      choices: [1, 2, 5],
      judge: ({ facts }) => facts.cold,
      why: ({ facts, params }) =>
        `At 0 the model always takes the likeliest token, so nothing is left to chance. At ${params.temperature} it came to ${facts.warm} different texts; with the same seed you get the same text again.`,
    })
    .briefly(),
  again.briefly(),
);
