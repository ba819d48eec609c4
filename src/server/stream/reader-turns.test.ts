import { expect, it } from "vitest";
import { createReaderTurns } from "./reader-turns.ts";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it("wakes a few readers at once, and many in turns, in order", async () => {
	const turns = createReaderTurns();
	const woken: number[] = [];
	for (let reader = 0; reader < 120; reader += 1) turns.take(() => woken.push(reader));
	expect(woken).toHaveLength(50);
	await nextTurn();
	expect(woken).toHaveLength(100);
	// Whoever comes now stands behind those who wait.
	turns.take(() => woken.push(120));
	expect(woken).toHaveLength(100);
	await nextTurn();
	expect(woken).toEqual(Array.from({ length: 121 }, (_, reader) => reader));
	await nextTurn();
	turns.take(() => woken.push(121));
	expect(woken.at(-1)).toBe(121);
});
