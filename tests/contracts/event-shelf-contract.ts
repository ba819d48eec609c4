import { expect, it } from "vitest";
import type { EventShelf } from "../../federation/ports/event-shelf.ts";

/** What every shelf must do. */
export const describeEventShelf = (open: () => Promise<EventShelf>): void => {
	it("gives every text back that was put down, short and long, in any order and while others are put down", async () => {
		const shelf = await open();
		const texts = Array.from({ length: 300 }, (_, at) => `${at} ${"ü".repeat((at * 37) % 4_000)}`);
		const places: number[] = [];
		for (const text of texts) {
			places.push(await shelf.put(text));
			const half = Math.floor(places.length / 2);
			expect(await shelf.text(places[half] ?? 0)).toBe(texts[half]);
		}
		for (const [at, place] of [...places.entries()].toReversed()) expect(await shelf.text(place)).toBe(texts[at]);
		expect(new Set(places).size).toBe(texts.length);
		await shelf.close();
	});

	it("knows of no other places, and closes when nothing was put down", async () => {
		const shelf = await open();
		await expect(shelf.text(123_456)).rejects.toThrow();
		await shelf.close();
	});
};
