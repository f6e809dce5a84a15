import {
  bases,
  integer,
  likely,
  number,
  section,
  text,
} from "../../src/lab.ts";

// A *language model* does one thing: for a text, it says how likely each token is
// to come next. To write, it does that again and again. The model here is tiny. It
// has 143,680 *parameters*, the numbers that training sets, and has read text about
// countries and tales. Large models work in the same way. See
// `llm-lab help next-token`.
const lab = section({
  title: "The next token",
  kits: [bases],
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
    one: text({
      default: "The capital of France is",
      maxLength: 200,
      help: "a text whose last words are those of `other`",
    }),
    other: text({
      default: "The capital of Japan is",
      maxLength: 200,
      help: "a text with another word further back",
    }),
    length: integer({
      default: 6,
      min: 1,
      max: 40,
      help: "how many tokens are added",
    }),
  },
});

// You see the likeliest tokens to come next; a dot stands for a space. The request
// asks for `logprobs`, the logarithms of the probabilities. The tiny model gives
// ten. OpenAI's completions gave at most five, and many chat models that reason
// give none (as of November 2026).
const ten = lab.step<{ share: number }>(
  "The ten likeliest",
  async ({ complete, baseModels, params, bars, tell }) => {
    const model = complete({
      model: baseModels[0],
      maxTokens: 1,
      logprobs: 10,
    });
    const { generations } = await model.generate([params.text]);
    const ten = likely(generations[0]?.[0]);
    await bars(`${params.text} …`, ten);
    if (ten[0]) await tell({ share: ten[0].value });
    return (input) =>
      complete({ model: baseModels[0], maxTokens: 20 }).invoke(input);
  },
);

// Two texts that end in the same word, and differ further back. The model works on
// each token by itself, except in one kind of step, *attention*: there a token takes
// in something of the tokens before it, of each as much as fits what it looks for.
// A *transformer* is a stack of such steps, with a small network after each. See
// `llm-lab help attention`.
const looksBack = lab.step<{ one: string; other: string }>(
  "What stands further back",
  async ({ complete, baseModels, params, bars, tell }) => {
    const model = complete({
      model: baseModels[0],
      maxTokens: 1,
      logprobs: 5,
    });
    const first: string[] = [];
    for (const text of [params.one, params.other]) {
      const { generations } = await model.generate([text]);
      const five = likely(generations[0]?.[0]);
      await bars(`${text} …`, five);
      first.push(five[0]?.label ?? "");
    }
    const [one = "", other = ""] = first;
    if (one && other) await tell({ one, other });
  },
);

// Now the text grows by one token at a time. Each time, choose one of the likeliest
// tokens, or let one be drawn. It becomes part of the text, and the model predicts
// again. The model never takes a token back.
const walk = lab.step(
  "One token at a time",
  async ({ complete, baseModels, params, bars, choose, show }) => {
    const { temperature, topP } = params;
    const [model] = baseModels;
    const best = complete({ model, maxTokens: 1, logprobs: 5 });
    const drawing = complete({ model, maxTokens: 1, temperature, topP });

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

// The table shows what temperature does to the ten. Each probability is raised to
// the power of 1 / temperature; then all are scaled so that they add up to 1. Low
// temperatures widen the gaps, high ones narrow them. `topP` keeps only the
// likeliest tokens, until their share is reached. See `llm-lab help top-p`.
const heat = lab.step(
  "Temperature and top-p",
  async ({ complete, baseModels, params, table }) => {
    const model = complete({
      model: baseModels[0],
      maxTokens: 1,
      logprobs: 10,
    });
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
        label.replace(/^ /, "·"),
        cold?.[row] ?? "",
        usual?.[row] ?? "",
        hot?.[row] ?? "",
      ]),
    );
  },
);

export default lab.steps(
  ten
    .predict({
      question: "How sure will the model be of its first choice?",
      choices: ["below 50 %", "50 to 90 %", "above 90 %"],
      judge: ({ facts: { share } }) => {
        if (share < 0.5) return "below 50 %";
        return share <= 0.9 ? "50 to 90 %" : "above 90 %";
      },
      why: ({ facts: { share } }) =>
        `It gives its first choice ${Math.round(100 * share)} %. In the text that it learnt from, these words went on in several ways; the more ways there are, the smaller the share of the first.`,
    })
    .expect("it is not sure of its first choice", "below 50 %"),
  looksBack
    .predict({
      question: ({ one, other }) =>
        `Will the likeliest next token be the same after "${one}" and after "${other}"?`,
      choices: ["the same", "another"],
      judge: ({ facts: { one, other } }) =>
        one === other ? "the same" : "another",
      why: ({ facts: { one, other } }) =>
        one === other
          ? `Both go on with "${one}": the word further back made no difference to the first choice; look at the shares.`
          : `"${one}" and "${other}". What differs stands further back, so the model must have carried it to the last place, and attention is the only step that can.`,
    })
    .expect("a word further back changes what comes next", "another"),
  walk.briefly(),
  heat,
);
