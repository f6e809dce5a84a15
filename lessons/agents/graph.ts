import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate, PromptTemplate } from "@langchain/core/prompts";
import {
  Annotation,
  END,
  MemorySaver,
  START,
  StateGraph,
} from "@langchain/langgraph";
import { z } from "zod";
import { integer, section, text } from "../../src/lab.ts";

// Between a chain and an agent lies the *graph*. Its *nodes* are functions that read a shared
// *state* and return what they change in it. Its *edges* say which node comes next, and an edge
// may choose. So you lay down some steps and leave others open. More:
// `llm-lab help langgraph`.
const lab = section({
  title: "Graphs: chains with branches and a memory",
  params: {
    question: text({
      default: "What is black body radiation?",
      maxLength: 300,
      help: "what is asked",
    }),
    review: text({
      default:
        "Je trouve le goût médiocre. La mousse ne tient pas, c'est bizarre.",
      maxLength: 1000,
      help: "a review in any language",
    }),
    most: integer({
      default: 3,
      min: 1,
      max: 6,
      help: "drafts that the fourth step may write",
    }),
  },
});

const State = Annotation.Root({
  question: Annotation<string>,
  topic: Annotation<string>,
  answer: Annotation<string>,
});

// Three nodes and a branch. The first node finds the topic by a word, without a model; the
// edge after it reads the topic and chooses. Only one of the two answers runs. The drawing is
// the graph's own: LangGraph tells its nodes and edges, and a filled dot marks the way of this
// run.
const branch = lab.step<{ ran: number }>(
  "Three nodes and a branch",
  async ({ chat, params, draw, tell }) => {
    const ran: string[] = [];
    const ask = (role: string) => async (state: typeof State.State) => {
      ran.push(role);
      const prompt = `You are ${role}.\n\nQuestion: ${state.question}`;
      return { answer: (await chat().invoke(prompt)).text };
    };

    const graph = new StateGraph(State)
      .addNode("sort", async ({ question }) => ({ topic: topicOf(question) }))
      .addNode("physicist", ask("a physicist"))
      .addNode("librarian", ask("a librarian"))
      .addEdge(START, "sort")
      .addConditionalEdges("sort", (state) => state.topic, EXPERTS)
      .addEdge("physicist", END)
      .addEdge("librarian", END)
      .compile();
    await graph.invoke({ question: params.question });
    await draw(graph, "The graph, and the way of this run");
    await tell({ ran: ran.length });
  },
);

const EXPERTS: ["physicist", "librarian"] = ["physicist", "librarian"];
const topicOf = (question: string) =>
  /light|heat|force|energy|radiation|magnet|sky/i.test(question)
    ? "physicist"
    : "librarian";

const SUBJECTS = {
  physics: "Good for answering questions about physics",
  math: "Good for answering math questions",
  history: "Good for answering history questions",
  other: "everything else",
};

// The router of chains/now, written as a graph: a node chooses by structured output, a node
// answers. The prompts are the same to the letter, which a test of llm-lab holds. What is new:
// the state keeps the choice, and it can be saved and looked at.
const router = lab.step(
  "The router of the lesson chains",
  async ({ chat, params, show, draw }) => {
    const names = Object.keys(SUBJECTS) as [string, ...string[]];
    const shape = z.object({ destination: z.enum(names) });
    const choose = ChatPromptTemplate.fromMessages([
      ["system", `Choose the best destination:\n${listOf(SUBJECTS)}`],
      ["user", "{question}"],
    ]).pipe(chat().withStructuredOutput(shape, { method: "jsonSchema" }));

    const graph = new StateGraph(State)
      .addNode("choose", async ({ question }) => {
        const { destination } = await choose.invoke({ question });
        return { topic: destination };
      })
      .addNode("expert", async ({ topic, question }) => ({
        answer: await expertIn(topic)
          .pipe(chat())
          .pipe(TEXT)
          .invoke({ question }),
      }))
      .addEdge(START, "choose")
      .addEdge("choose", "expert")
      .addEdge("expert", END)
      .compile();
    await show("State", await graph.invoke({ question: params.question }));
    await draw(graph, "The router as a graph");
  },
);

const TEXT = new StringOutputParser();
const expertIn = (topic: string) =>
  PromptTemplate.fromTemplate(
    `You are an expert in ${topic}.\n\nHere is a question:\n{question}`,
  );
const listOf = (subjects: Record<string, string>) =>
  Object.entries(subjects)
    .map(([name, description]) => `${name}: ${description}`)
    .join("\n");

const Review = Annotation.Root({
  Review: Annotation<string>,
  English_Review: Annotation<string>,
  summary: Annotation<string>,
  language: Annotation<string>,
  followup_message: Annotation<string>,
});

// The four links of chains/sequential, with the same prompts. A chain runs them one after the
// other. Here an edge is drawn only where a link needs another, so the language is found while
// the review is translated, and the last node waits for both of its edges.
const sequential = lab.step(
  "The sequential chain of the lesson chains",
  async ({ chat, params, draw, timeline }) => {
    const link = (template: string) =>
      PromptTemplate.fromTemplate(template).pipe(chat()).pipe(TEXT);
    const node = (key: keyof typeof Review.State, template: string) => {
      const asking = link(template);
      return async (state: typeof Review.State) => ({
        [key]: await asking.invoke(state),
      });
    };

    const graph = new StateGraph(Review)
      .addNode("translate", node("English_Review", TRANSLATE))
      .addNode("condense", node("summary", SUMMARISE))
      .addNode("tell_language", node("language", LANGUAGE))
      .addNode("reply", node("followup_message", FOLLOW_UP))
      .addEdge(START, "translate")
      .addEdge(START, "tell_language")
      .addEdge("translate", "condense")
      .addEdge(["condense", "tell_language"], "reply")
      .compile();
    await graph.invoke({ Review: params.review });
    await draw(graph, "The sequence as a graph");
    await timeline();
  },
);

const TRANSLATE = "Translate the following review to English:\n\n{Review}";
const SUMMARISE =
  "Can you summarize the following review in 1 sentence:\n\n{English_Review}";
const LANGUAGE = "What language is the following review:\n\n{Review}";
const FOLLOW_UP =
  "Write a follow up response to the following summary in the specified " +
  "language:\n\nSummary: {summary}\n\nLanguage: {language}";

const Draft = Annotation.Root({
  draft: Annotation<string>,
  count: Annotation<number>,
});

// An edge may lead back. One node writes, and the edge after it checks by a rule in code; a
// draft that is too long goes back to be written again. The count in the state is the loop's
// own limit. A chain cannot do this: its steps are laid down before it runs. (The offline model
// cannot make a sentence shorter. It writes a long draft again as it is, and only the limit ends
// the loop.)
const loops = lab.step<{ drafts: number }>(
  "An edge that leads back",
  async ({ chat, params, show, draw, tell }) => {
    const write = async ({ draft, count = 0 }: typeof Draft.State) => {
      const prompt = draft
        ? `Can you summarize the following review in 1 sentence:\n\n${draft}`
        : `Translate the following review to English:\n\n${params.review}`;
      const { text } = await chat().invoke(prompt);
      return { draft: text, count: count + 1 };
    };
    const isDone = ({ draft, count }: typeof Draft.State) =>
      draft.length < 60 || count >= params.most ? END : "write";

    const graph = new StateGraph(Draft)
      .addNode("write", write)
      .addEdge(START, "write")
      .addConditionalEdges("write", isDone, ["write", END])
      .compile();
    const { draft, count } = await graph.invoke({});
    await show(`Draft ${count}`, draft);
    await draw(graph, "The loop as a graph");
    await tell({ drafts: count });
  },
);

// In chains/sequential a link failed, and what was paid before was lost. With a checkpointer a
// graph saves its state after each node. The second node fails once here, as if the provider
// were down. `invoke(null)` then goes on from what was saved.
const resumes = lab.step<{ first: number; second: number }>(
  "A failure in the middle",
  async ({ chat, params, fails, spent, tell }) => {
    let isDown = true;
    const link = (template: string) =>
      PromptTemplate.fromTemplate(template).pipe(chat()).pipe(TEXT);
    const graph = new StateGraph(Review)
      .addNode("translate", async (state) => ({
        English_Review: await link(TRANSLATE).invoke(state),
      }))
      .addNode("condense", async (state) => {
        if (isDown) throw new Error("503 The provider is down.");
        return { summary: await link(SUMMARISE).invoke(state) };
      })
      .addEdge(START, "translate")
      .addEdge("translate", "condense")
      .compile({ checkpointer: new MemorySaver() });

    const thread = { configurable: { thread_id: "1" } };
    await fails("the first try", () =>
      graph.invoke({ Review: params.review }, thread),
    );
    const first = spent().calls;
    isDown = false;
    await fails("the second try", () => graph.invoke(null, thread));
    await tell({ first, second: spent().calls });
  },
);

export default lab.steps(
  branch
    .predict({
      question: "Two nodes can answer. How many of them will run?",
      choices: [0, 1, 2],
      judge: ({ facts }) => facts.ran,
      why:
        "The edge returns the name of one node. It reads the state and is ordinary code: no " +
        "model is asked which way to go, unless you ask one in a node.",
    })
    .expect("one of two nodes runs", 1),
  router,
  sequential
    .predict({
      question: "How many calls does the graph take for the four links?",
      choices: [3, 4, 5],
      judge: ({ calls }) => calls.length,
      why:
        "The prompts are those of the chain, so the price is the same. The time is less: two " +
        "nodes without an edge between them run at once, as the time line shows.",
    })
    .expect("a graph takes the calls of its chain", 4),
  loops
    .predict({
      question: ({ most }) =>
        `How many drafts will be written? At most ${most}.`,
      choices: ({ most }) => (most === 1 ? [0, 1] : range(most)),
      judge: ({ facts }) => facts.drafts,
      why:
        "The edge reads the draft and the count, and sends the run back or to the end. The " +
        "limit is yours; `recursionLimit` is the net below it.",
    })
    .expect("the loop ends at its limit", 3),
  resumes
    .predict({
      question: "How many calls will the second try take?",
      choices: [0, 1, 2],
      judge: ({ facts }) => facts.second,
      why: ({ facts }) =>
        `The translation was saved, so it is not asked and paid again: ${facts.first} call in the ` +
        "first try, and what was left in the second. With SqliteSaver it works after a crash too.",
    })
    .expect("what was saved is not paid again", 1),
);

const range = (most: number) =>
  Array.from({ length: most }, (_, at) => at + 1);
