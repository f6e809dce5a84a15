import type {
  Check,
  Draw,
  Reply,
  SeenRequest,
} from "../../src/workbook/check.ts";

interface Given {
  policies: Record<Destination, string>;
  /** in any order: three for the new destination, three for the old ones, one for none */
  questions: { question: string; about: Destination }[];
}

const DESTINATIONS = [
  "tickets",
  "luggage",
  "timetable",
  "pets",
  "other",
] as const;
type Destination = (typeof DESTINATIONS)[number];

export const check: Check<Given> = {
  milliseconds: 30_000,
  given: {
    policies: {
      tickets: "Refunds until a day before.",
      luggage: "Two bags are free.",
      timetable: "A delay is told by message.",
      pets: "Dogs stay on the upper deck.",
      other: "Say that a colleague will write.",
    },
    questions: [
      { question: "Can my dog come along?", about: "pets" },
      { question: "What does a ticket for a child cost?", about: "tickets" },
      { question: "Is there room for a cat in a basket?", about: "pets" },
      { question: "May I bring my surfboard?", about: "luggage" },
      { question: "When does the last ferry leave?", about: "timetable" },
      { question: "Who painted the picture in the bar?", about: "other" },
      { question: "Do horses need a place on deck?", about: "pets" },
    ],
  },
  draw(draw) {
    const word = () => draw.word();
    const questions: Given["questions"] = [
      { question: `May my ${word()} dog sleep in {cabin}?`, about: "pets" },
      { question: `Do cats from ${word()} pay?`, about: "pets" },
      { question: `Where do I walk my ${word()} hound?`, about: "pets" },
      {
        question: `Is a seat to ${word()} cheaper at night?`,
        about: "tickets",
      },
      { question: `Is a ${word()} trunk too big?`, about: "luggage" },
      { question: `When do we arrive in ${word()}?`, about: "timetable" },
      { question: `Is ${word()} a nice word?`, about: "other" },
    ];
    return {
      policies: {
        tickets: rule(draw),
        luggage: rule(draw),
        timetable: rule(draw),
        pets: rule(draw),
        other: rule(draw),
      },
      questions: draw.some(questions, questions.length),
    };
  },

  async judge(lab, { policies, questions }) {
    for (const { question, about } of questions) {
      const before = lab.wire.requests.length;
      const reply = `Answer: ${lab.draw.word()}.`;
      let why = "";
      lab.wire.answer((request) => {
        if (request.place > before + 1) return reply;
        const { chosen, because } = choose(request, question, about);
        why = because;
        return inForm(request, question, chosen);
      });

      const returned = await lab.call("answer", { question, policies });

      const sent = lab.wire.requests.slice(before);
      const count = ["No request was", "One request was"][sent.length];
      lab.expect(
        sent.length === 2,
        `${count ?? `${sent.length} requests were`} sent for a question, and the task takes 2.`,
      );
      const [first, second] = [before + 1, before + 2];
      lab.expectSent(
        first,
        question,
        "The question is not in the first prompt.",
      );
      lab.expectSent(
        second,
        question,
        "The question is not in the second prompt.",
      );
      const prompt = sent[1]?.prompt ?? "";
      const found = DESTINATIONS.filter((name) =>
        prompt.includes(policies[name]),
      );
      lab.expect(
        found.length < 2,
        `The second prompt carries ${found.length} policies: it takes the one that the model chose.`,
        { request: second },
      );
      lab.expect(
        found[0] === about,
        `A question that belongs to ${about} was answered by ${found[0] ? `the policy for ${found[0]}` : "no policy"}. ${why}`,
        why.startsWith("The first")
          ? { request: first }
          : { request: second, missing: policies[about] },
      );
      lab.expectReturned(returned, reply, "the second reply");
    }
    const [first] = lab.wire.requests;
    if (first && !described(first, questions))
      lab.remark(
        "The first prompt does not mention pets: the model has only the schema's name to go by.",
      );
  },
};

/** What a model chooses that knows what each question is about, and can only say what it may. */
function choose(request: SeenRequest, question: string, about: Destination) {
  const allowed = namesIn(request);
  const asked = textWithout(request, question);
  const isOffered =
    allowed.length > 0 ? allowed.includes(about) : mentions(asked, about);
  if (about === "other" || !isOffered) {
    const ours: readonly string[] = DESTINATIONS;
    const none = allowed.find(
      (name) => name === "other" || !ours.includes(name),
    );
    const isNamed = mentions(asked, about);
    return {
      chosen: none ?? (mentions(asked, "DEFAULT") ? "DEFAULT" : "other"),
      because: isNamed
        ? `The first prompt names ${about}, and the schema of the first request does not allow it.`
        : `The first request does not name ${about}, so the model could not choose it.`,
    };
  }
  const because = `The model chose ${about}, and your code made something else of it.`;
  return { chosen: about as string, because };
}

/**
 * The choice in the form that the request asks for: a schema, a tool, LangChain's router, JSON, a
 * name.
 */
function inForm(request: SeenRequest, question: string, name: string): Reply {
  const { schema, tools, prompt, body } = request;
  if (schema?.schema)
    return { text: JSON.stringify(filled(schema.schema, name)) };
  const [tool] = tools;
  if (tool !== undefined) {
    const parameters = body.tools[0].function.parameters;
    return {
      calls: [{ name: tool, arguments: filled(parameters, name) as object }],
    };
  }
  if (prompt.includes("next_inputs")) {
    const next = { destination: name, next_inputs: { input: question } };
    return { text: `\`\`\`json\n${JSON.stringify(next)}\n\`\`\`` };
  }
  const asked = textWithout(request, question);
  const keys = [...asked.matchAll(/"(\w+)"\s*:/g)].map(([, key = ""]) => key);
  if (keys.length === 0 && !/json/i.test(asked)) return { text: name };
  const entries = (keys.length > 0 ? keys : ["destination"]).map((key) => [
    key,
    textFor(key, name),
  ]);
  return { text: JSON.stringify(Object.fromEntries(entries)) };
}

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  enum?: string[];
  const?: string;
  anyOf?: Schema[];
  type?: string;
}

/** An object of a schema in which the choice is this name. */
function filled(root: Schema, name: string): unknown {
  const fill = (schema: Schema, key = ""): unknown => {
    const { properties } = schema;
    if (properties === undefined)
      return valuesOf(root, schema).length > 0 ? name : textFor(key, name);
    return Object.fromEntries(
      Object.entries(properties).map(([key, one]) => [key, fill(one, key)]),
    );
  };
  return fill(root);
}

/** A field that may have any text is a reason, or the choice. */
const textFor = (key: string, name: string) =>
  /reason|why|expla|thought|because/i.test(key)
    ? "The question says so."
    : name;

/** The names that a schema allows at a place. */
function valuesOf(root: Schema, schema: Schema): string[] {
  const path = schema.$ref?.replace(/^#\//, "").split("/");
  // biome-ignore lint/suspicious/noExplicitAny: a path into JSON
  const target = path?.reduce((at: any, key) => at?.[key], root);
  if (target) return valuesOf(root, target);
  const own = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return [
    ...own,
    ...(schema.anyOf ?? []).flatMap((one) => valuesOf(root, one)),
  ];
}

/** All names that the request's schema or tool allows. */
function namesIn({ schema, body }: SeenRequest): string[] {
  const root: Schema =
    schema?.schema ?? body.tools?.[0]?.function.parameters ?? {};
  const inside = (one: Schema): string[] => [
    ...valuesOf(root, one),
    ...Object.values(one.properties ?? {}).flatMap(inside),
  ];
  return inside(root);
}

const textWithout = ({ prompt, schema, body }: SeenRequest, question: string) =>
  [
    prompt.replaceAll(question, " "),
    schema && JSON.stringify(schema),
    body.tools && JSON.stringify(body.tools),
  ].join(" ");

const mentions = (text: string, name: string) =>
  new RegExp(`\\b${name}\\b`).test(text);

function described(
  { prompt }: SeenRequest,
  questions: Given["questions"],
): boolean {
  const texts = questions.map(({ question }) => question);
  const asked = texts.reduce((left, text) => left.replaceAll(text, ""), prompt);
  return mentions(asked, "pets");
}

const rule = (draw: Draw) => `The rule: ${draw.word()} and ${draw.word()}.`;
