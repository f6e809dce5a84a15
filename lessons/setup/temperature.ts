import { integer, number, section, text } from "../../src/lab.ts";

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
    topK: integer({
      default: 2,
      min: 1,
      max: 5,
      help: "how many of the likeliest words are drawn from",
    }),
    topP: number({
      default: 0.9,
      min: 0.05,
      max: 1,
      help: "draw only from the likeliest that together have this share",
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
  const temperatures = [0.2, params.temperature, 2];
  const columns = temperatures.map((temperature) => {
    const powers = Object.values(SCORES).map((score) =>
      Math.exp(score / temperature),
    );
    return scaled(powers);
  });
  await table(
    "I drink a cup of …",
    ["word", ...temperatures.map((temperature) => `at ${temperature}`)],
    Object.keys(SCORES).map((word, at) => [
      word,
      ...columns.map((chances) => percent(chances[at])),
    ]),
  );
});

const SCORES = { tea: 4, water: 3, coffee: 2.5, milk: 1, gravel: -2 };

/** Numbers as shares of their sum. */
function scaled(powers: number[]): number[] {
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}

const percent = (share = 0) => `${(100 * share).toFixed(1)} %`;

// Two settings cut off what is unlikely before a token is drawn. *Top-k* keeps the k
// likeliest tokens. *Top-p* keeps the likeliest until their shares add up to p. What
// is left is scaled up to 100 %. The chances are those of your temperature, from the
// step before. Ollama has both settings, OpenAI's API only top-p. See
// `llm-lab help top-p`.
const cuts = lab.step<{ kept: number }>(
  "Top-k and top-p",
  async ({ params, table, tell }) => {
    const { temperature, topK, topP } = params;
    const chances = scaled(
      Object.values(SCORES).map((score) => Math.exp(score / temperature)),
    );
    const likeliest = chances.map((chance, at) => (at < topK ? chance : 0));
    let reached = 0;
    const untilP = chances.map((chance) => {
      const kept = reached < topP ? chance : 0;
      reached += chance;
      return kept;
    });
    const columns = [chances, scaled(likeliest), scaled(untilP)];
    await table(
      "I drink a cup of …",
      ["word", "all", `top-k ${topK}`, `top-p ${topP}`],
      Object.keys(SCORES).map((word, at) => [
        word,
        ...columns.map((shares) => percent(shares[at])),
      ]),
    );
    await tell({ kept: untilP.filter((chance) => chance > 0).length });
  },
);

// A tiny language model comes with llm-lab, and its tokens are really drawn. It
// continues your text five times at 0 and five times at your temperature. Each
// draw has another *seed*, the number that chance starts from. `maxTokens`
// ends each after 12 tokens, even within a word; the API then gives `length` as
// the *finish reason*, and `stop` where the model ended by itself.
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
// uses no randomness, so its three replies are the same; those of a real model may
// differ. Many models that reason refuse a temperature: then llm-lab leaves it out
// and says so. Take a low one where you want the same answer each time, a higher one
// for ideas. A low one does not make an answer true.
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
  cuts
    .predict({
      question: ({ topP }) =>
        `With top-p ${topP}, how many of the five words can still be drawn?`,
      choices: [1, 2, 3, 4, 5],
      judge: ({ facts }) => facts.kept,
      why: ({ facts, params: { topP } }) =>
        `The shares of the first ${facts.kept} are the fewest that add up to ${percent(topP)}. Where one word is nearly certain, top-p keeps that one alone; top-k keeps k words in any case.`,
    })
    .expect("the fewest words whose shares add up to top-p are left", 3),
  drawn
    .predict({
      question: "How many different texts will the five draws at 0 give?",
      choices: [1, 2, 5],
      judge: ({ facts }) => facts.cold,
      why: ({ facts, params }) =>
        `At 0 this model takes the likeliest token each time. At ${params.temperature} it came to ${facts.warm} different texts; with the same seed you get the same text again. A hosted model at 0 mostly repeats itself, but OpenAI does not promise it: your request is computed together with others, and tiny differences in the sums can tip a close choice.`,
    })
    .briefly()
    .expect("at 0 the model repeats itself", 1)
    .expect(
      "at a temperature of 1 it does not",
      ({ facts }) => facts.warm > 1,
    ),
  again.briefly(),
);
