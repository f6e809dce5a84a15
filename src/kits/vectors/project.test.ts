import { expect, test } from "vitest";
import { dot, scan, scattered, shareFound } from "./math.ts";
import { project } from "./project.ts";

test("two dimensions come back as they are, but for turning", () => {
  const flat = [
    [0, 0, 0, 1],
    [3, 0, 0, 1],
    [0, 4, 0, 1],
    [3, 4, 0, 1],
  ];
  const { places, kept } = project(flat);
  expect(kept).toBeCloseTo(1);
  const apart = (a: number, b: number) =>
    Math.hypot(places[a]!.x - places[b]!.x, places[a]!.y - places[b]!.y);
  expect(apart(0, 1)).toBeCloseTo(3);
  expect(apart(0, 2)).toBeCloseTo(4);
  expect(apart(0, 3)).toBeCloseTo(5);
});

test("few vectors, or the same ones, give a map too", () => {
  expect(project([])).toEqual({ places: [], kept: 1 });
  expect(project([[1, 2]]).places).toEqual([{ x: 0, y: 0 }]);
  expect(project([[1], [1]]).places.every(({ x, y }) => x === 0 && y === 0)).toBe(true);
});

test("scattered vectors are unit vectors, each always the same", () => {
  const centres = Array.from({ length: 9 }, (_, n) =>
    Array.from({ length: 16 }, (_, at) => Math.sin(n * at + n)),
  );
  const all = scattered(centres, 0, 200);
  expect(scattered(centres, 50, 60)).toEqual(all.slice(50, 60));
  for (const vector of all) expect(dot(vector, vector)).toBeCloseTo(1, 5);
  expect(scan(all, all[7]!, 3)[0]).toBe(7);
  expect(shareFound([1, 2, 3, 4], [4, 9, 1])).toBe(0.5);
});
