import { number, section, text } from "../../src/lab.ts";

// For each token a model works out how likely every piece of its list is, and then
// one is drawn. The *temperature* says how: at 0 always the likeliest, higher
// more and more as the dice fall.
const lab = section({
  title: "Temperature",
  params: {
    temperature: number({
      default: 1,
      min: 0.1,
      max: 2,
      help: "how freely is drawn",
    }),
    prompt: text({
      default: "What is the best name to describe a company that makes tea?",
      help: "what is asked several times",
    }),
  },
});

// What the temperature does to the numbers. The model's scores for the next word
// are divided by it before they become probabilities. These five scores are made
// up; the arithmetic is the one that models do.
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

// The same prompt three times at 0, and three times at your temperature. The
// offline tutor has no dice in it, so its replies are all alike; a real model's
// differ in the second three. For facts take 0, for ideas more.
const again = lab.step(
  "The same prompt again",
  async ({ chat, params, show }) => {
    const replies: Record<string, string[]> = {};
    for (const temperature of [0, params.temperature]) {
      const model = chat({ temperature });
      const three = [];
      for (let time = 1; time <= 3; time++) {
        three.push(String((await model.invoke(params.prompt)).content));
      }
      replies[`at ${temperature}`] = three;
    }
    await show("Replies", replies);
  },
);

export default lab.steps(numbers, again);
