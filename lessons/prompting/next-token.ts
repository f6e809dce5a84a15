import { integer, likely, number, section, text } from "../../src/lab.ts";

// A *language model* does one thing: for a text, it says how likely each token is
// to come next. Writing is doing that again and again. The model here is tiny
// (143,680 numbers, trained on text about countries and on tales), but it works
// as the large ones do.
const lab = section({
  title: "The next token",
  params: {
    text: text({
      default: "Once upon a time there was a",
      maxLength: 300,
      help: "the text that is continued",
    }),
    temperature: number({
      default: 1,
      min: 0,
      max: 2,
      help: "how freely is drawn; 0 takes the likeliest",
    }),
    topP: number({
      default: 1,
      min: 0.05,
      max: 1,
      help: "draw only from the likeliest that together have this share",
    }),
    length: integer({
      default: 6,
      min: 1,
      max: 40,
      help: "how many tokens are added",
    }),
  },
});

// The ten likeliest tokens to come next. A dot is a space. The request asks for
// `logprobs`, the logarithms of the probabilities; any completion API has them.
const ten = lab.step<{ share: number }>(
  "The ten likeliest",
  async ({ complete, params, bars, tell }) => {
    const model = complete({ maxTokens: 1, logprobs: 10 });
    const { generations } = await model.generate([params.text]);
    const ten = likely(generations[0]?.[0]);
    await bars(`${params.text} …`, ten);
    if (ten[0]) await tell({ share: ten[0].value });
  },
);

// Now one token at a time. At each, take one of the likeliest yourself, or have
// one drawn. What was taken becomes part of the text, and the model predicts
// again: it never goes back, and it has no plan.
const walk = lab.step(
  "One token at a time",
  async ({ complete, params, bars, choose, show }) => {
    const { temperature, topP } = params;
    const best = complete({ maxTokens: 1, logprobs: 5 });
    const drawing = complete({ maxTokens: 1, temperature, topP });

    let { text } = params;
    for (let count = 0; count < params.length; count++) {
      const { generations } = await best.generate([text]);
      const five = likely(generations[0]?.[0]);
      await bars(`${text} …`, five);
      const names = five.map(({ label }) => label);
      const chosen = await choose("Which comes next?", [...names, DRAW]);
      const drawn = chosen === null || chosen === DRAW;
      const next = drawn ? await drawing.invoke(text) : chosen;
      if (next === "" || next === END) break;
      text += next;
    }
    await show("Written", text);
  },
);

const DRAW = "(draw one)";
const END = "<|end|>";

// What the temperature does to the ten. Each probability is raised to the power
// of 1 / temperature, then all are made to add up to 1 again: low temperatures
// widen the gaps, high ones level them. `topP` then cuts the tail off.
const heat = lab.step(
  "Temperature and top-p",
  async ({ complete, params, table }) => {
    const model = complete({ maxTokens: 1, logprobs: 10 });
    const { generations } = await model.generate([params.text]);
    const ten = likely(generations[0]?.[0]);

    const at = (temperature: number) => {
      const powers = ten.map(({ value }) => value ** (1 / temperature));
      const all = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => `${((100 * power) / all).toFixed(1)} %`);
    };
    const [cold, usual, hot] = [0.3, 1, 2].map(at);
    await table(
      `${params.text} …`,
      ["token", "at 0.3", "at 1", "at 2"],
      ten.map(({ label }, row) => [
        label,
        cold?.[row] ?? "",
        usual?.[row] ?? "",
        hot?.[row] ?? "",
      ]),
    );
  },
);

export default lab.steps(
  ten.predict({
    question: "How sure will the model be of its first choice?",
    choices: ["below 50 %", "50 to 90 %", "above 90 %"],
    judge: ({ facts: { share } }) => {
      if (share < 0.5) return "below 50 %";
      return share <= 0.9 ? "50 to 90 %" : "above 90 %";
    },
  }),
  walk.briefly(),
  heat,
);
