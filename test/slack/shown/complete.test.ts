import { expect, test } from "vitest";
import { MAKERS } from "./all.ts";
import { makersInSource, makersOf } from "./makers-in-source.ts";

/** Made of what others have made, or of a sentence that is finished: what they do is held to limits by whatever uses them. */
const PUT_TOGETHER = ["composeMessage", "dialog"];

/** They look something up and let a function of `MAKERS` show it. */
const LOOKED_UP = ["announcementMessage", "runImport", "recordsPage"];

const found = await makersInSource();

test("every function that makes something for Slack to show is held to Slack's limits", () => {
  const held = new Set([...MAKERS.map(({ name }) => name), ...PUT_TOGETHER]);
  expect(found.filter(({ name, isAsync }) => !isAsync && !held.has(name))).toEqual([]);
  expect(found.filter(({ isAsync }) => isAsync).map(({ name }) => name)).toEqual(LOOKED_UP);
});

test("none is held to them twice, and none that isn't there", () => {
  const names = MAKERS.map(({ name }) => name);
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  expect([...names, ...PUT_TOGETHER].filter((name) => !found.some((maker) => maker.name === name))).toEqual([]);
});

test("a function that makes something is found by its type, and must have one", () => {
  const source = `
    export function a(t: Language): Message { return x; }
    export function b(t: Language): ModalView | null { return null; }
    export async function c(): Promise<{ readonly view: HomeView }> { return x; }
    export function d(): ModalView["blocks"] { return []; }
    function e(): Message { return x; }`;
  expect(makersOf("a.ts", source).map(({ name, isAsync }) => [name, isAsync])).toEqual([
    ["a", false],
    ["b", false],
    ["c", true],
  ]);
  expect(() => makersOf("a.ts", "export function a() { return x; }")).toThrow("a doesn't say what it answers");
});
