import { type ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";

interface Given {
  model: ChatOpenAI;
  passages: string[];
  samples: { answerable: string[]; others: string[] };
  questions: string[];
}

/** One request embeds all; the line is just above what must be refused. */
export async function answers({ model, passages, samples, questions }: Given) {
  const embeddings = new OpenAIEmbeddings({ model: "text-embedding-3-small" });
  const texts = [...passages, ...samples.others, ...questions];
  const vectors = await embeddings.embedDocuments(texts);
  const vectorOf = new Map(texts.map((text, at) => [text, vectors[at] ?? []]));

  const score = (one: string, other: string) => {
    const [a = [], b = []] = [vectorOf.get(one), vectorOf.get(other)];
    return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  };
  const nearest = (question: string) =>
    passages
      .map((passage) => ({ passage, score: score(question, passage) }))
      .reduce((a, b) => (b.score > a.score ? b : a));
  const highest = Math.max(...samples.others.map((one) => nearest(one).score));

  return Promise.all(
    questions.map(async (question) => {
      const { passage, score } = nearest(question);
      if (score <= highest) return null;
      return (await model.invoke(`${passage}\n${question}`)).text;
    }),
  );
}
