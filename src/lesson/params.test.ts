import { describe, expect, test } from "vitest";
import { scriptedStage } from "../stage/scripted.ts";
import { askParam } from "./edit.ts";
import { describeParams, flag, integer, paramsRead, parseParam } from "./params.ts";

const params = {
  train: flag({ default: true, help: "whether the model is trained" }),
  k: integer({ default: 1, min: 0, max: 9, help: "exchanges kept" }),
};

test.each([
  ["await go();", []],
  ["go(params.k);", ["k"]],
  ["const { size: most, text } = params;\nconst k = 1;", ["size", "text"]],
  ["const { size } = params;\ngo(params.text);", ["size", "text"]],
  ["go(params);", ["k", "size", "text"]],
  ["const { k } = params.shape;", []],
  ["const { chat, params } = context;\ngo(params.k);", ["k"]],
])("the code %j reads the params %j", (code, names) => {
  expect(Object.keys(paramsRead(code, { k: 1, size: 2, text: "a" }))).toEqual(names);
});

describe("a flag", () => {
  test.each([
    ["yes", true],
    ["true", true],
    ["on", true],
    ["1", true],
    [" YES ", true],
    ["no", false],
    ["False", false],
    ["off", false],
    ["0", false],
  ])("takes %j", (typed, value) => {
    expect(parseParam(params, "train", typed)).toBe(value);
  });

  test.each(["", "maybe", "y", "2"])("does not take %j, and says what it takes", (typed) => {
    expect(() => parseParam(params, "train", typed)).toThrow(
      expect.objectContaining({ hint: "train takes yes or no, for example train=yes." }),
    );
  });

  test("is described as what it is", () => {
    expect(describeParams(params, { train: false })[0]).toEqual({
      name: "train",
      kind: "flag",
      value: false,
      default: true,
      help: "whether the model is trained",
      range: "yes or no",
    });
  });

  test("is changed by choosing one of its words", async () => {
    const stage = scriptedStage({ answers: ["train", "no", "train"] });
    const ask = stage.ask.bind(stage);
    const refuse = async (why: Error) => {
      throw why;
    };
    expect(await askParam(params, { train: true, k: 1 }, ask, refuse)).toEqual({ train: false });
    expect(await askParam(params, { train: true, k: 1 }, ask, refuse)).toBeUndefined();
  });
});
