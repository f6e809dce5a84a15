import type { Check } from "../../src/workbook/check.ts";

type Form = Record<(typeof FIELDS)[number], string | null>;

interface Given {
  message: string;
  form: Form;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  anyOf?: Schema[];
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
}

const FIELDS = ["bike", "fault", "phone", "day"] as const;

/** A message that says what the form has, and nothing of the fields that are null. */
function given(form: Form): Given {
  const { bike, fault, phone, day } = form;
  const sentences = [
    "Good morning!",
    bike && `It is about my ${bike}.`,
    fault && `The trouble: ${fault}.`,
    phone && `Ring me at ${phone}.`,
    day && `I need it on ${day}.`,
  ];
  return { message: sentences.filter(Boolean).join(" "), form };
}

export const check: Check<Given> = {
  given: given({
    bike: "cargo bike",
    fault: "the chain slips",
    phone: null,
    day: null,
  }),
  draw(draw) {
    const form: Form = {
      bike: `${draw.word()} bike`,
      fault: `the ${draw.word()} squeaks`,
      phone: `0${draw.integer(100, 999)} ${draw.integer(10000, 99999)}`,
      day: draw.pick(["Tuesday", "Friday", "the third of May"]),
    };
    for (const name of draw.some(FIELDS, draw.integer(1, 3))) form[name] = null;
    return given(form);
  },

  async judge(lab, { message, form }) {
    const noNull: string[] = [];
    let root: Schema = {};
    lab.wire.answer(({ schema, tools: [tool] }) => {
      root = schema?.schema ?? {};
      if (schema) return JSON.stringify(filled(root));
      // Nothing keeps this one from making up what it does not know.
      const madeUp = FIELDS.map((name) => [name, form[name] ?? "made up"]);
      const text = JSON.stringify(Object.fromEntries(madeUp));
      return tool ? { calls: [{ name: tool, arguments: text }] } : text;
    });

    /** What a model replies that cannot but keep to the schema. */
    function filled(schema: Schema, name = ""): unknown {
      const ref = schema.$ref?.replace(/^#\//, "").split("/");
      if (ref)
        return filled(
          ref.reduce((at, key) => (at as never)[key], root as object),
          name,
        );
      if (schema.properties)
        return Object.fromEntries(
          Object.entries(schema.properties).map(([name, one]) => [
            name,
            filled(one, name),
          ]),
        );
      if (!isField(name)) return "thought";
      if (form[name] === null && !allowsNull(schema)) {
        noNull.push(name);
        return `made up: ${lab.draw.word()}`;
      }
      return form[name];
    }

    const returned = await lab.call("read", { message });

    lab.expectRequests(1);
    lab.expectSent(1, message, "The message is not in the prompt.");
    const sent = lab.wire.requests[0]?.schema;
    lab.expect(
      sent?.schema !== undefined,
      "The request carries no JSON schema in response_format: the model may reply as it likes.",
    );
    lab.expect(
      sent?.strict === true,
      "The schema was sent without `strict`: the server does not hold the model to it.",
    );
    const { properties = {}, required = [] } = root;
    const lacking = FIELDS.find((name) => !(name in properties));
    lab.expect(
      lacking === undefined,
      `The schema has no field "${lacking}" at its top.`,
    );
    const left = Object.keys(properties).find(
      (name) => !required.includes(name),
    );
    lab.expect(
      left === undefined,
      `The schema lists in \`required\` not all of its fields ("${left}" is missing), and a strict schema has to: OpenAI refuses it.`,
    );
    lab.expect(
      noNull.length === 0,
      `The schema does not allow null for "${noNull[0]}", of which the message says nothing: the model had to make it up.`,
    );
    lab.expect(
      typeof returned === "object" && returned !== null,
      "Your function did not return an object.",
    );
    const got = returned as Record<string, unknown>;
    for (const name of FIELDS)
      lab.expect(
        got[name] === form[name],
        `Your function returned ${JSON.stringify(got[name]) ?? "no"} for "${name}", and ${JSON.stringify(form[name])} was expected.`,
      );
  },
};

function isField(name: string): name is keyof Form {
  return (FIELDS as readonly string[]).includes(name);
}

/** Zod 3 writes `nullable`, which OpenAI understands too. */
function allowsNull({ type, anyOf = [], nullable }: Schema): boolean {
  return (
    nullable === true ||
    [type].flat().includes("null") ||
    anyOf.some(allowsNull)
  );
}
