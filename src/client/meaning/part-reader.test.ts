import { describe, expect, it } from "vitest";
import { createPartReader, type PartWork } from "./part-reader.ts";

/** Numbers to be read two at a time, each part when the test says so. */
function openBook(...at: number[]) {
	const book = { all: at, done: new Set<number>(), parts: [] as (readonly number[])[], told: [] as string[] };
	const ends: (() => void)[] = [];
	const signals: AbortSignal[] = [];
	const work: PartWork<number> = {
		missing: async () => book.all.filter((one) => !book.done.has(one)).toReversed(),
		read: async (part, signal) => {
			book.parts.push(part);
			signals.push(signal);
			await new Promise<void>((resolve) => ends.push(resolve));
			signal.throwIfAborted();
			if (part.includes(13)) throw new Error("unlucky");
			for (const one of part) book.done.add(one);
		},
		tell: (kind, left) => void book.told.push(`${kind} ${left}`),
	};
	const settle = () => new Promise((resolve) => setImmediate(resolve));
	const end = async () => {
		ends.shift()?.();
		await settle();
	};
	return { ...book, book, work, end, settle, signals };
}

describe("reading part by part", () => {
	it("reads the newest first, and says how far it is", async () => {
		const { book, work, end, settle } = openBook(1, 2, 3);
		void createPartReader(2).read(work);
		await settle();
		for (let count = 0; count < 2; count += 1) await end();
		expect(book.parts).toEqual([[3, 2], [1]]);
		expect(book.told).toEqual(["reading 3", "reading 1", "done 0"]);
	});

	it("takes what came meanwhile next, reads nothing twice and leaves nothing out", async () => {
		const { book, work, end, settle } = openBook(1, 2, 3, 4);
		const reader = createPartReader(2);
		void reader.read(work);
		await settle();
		book.all = [...book.all, 5];
		void reader.read(work);
		book.all = [...book.all, 6, 7];
		void reader.read(work);
		await settle();
		for (let count = 0; count < 4; count += 1) await end();
		expect(book.parts).toEqual([[4, 3], [7, 6], [5, 2], [1]]);
		expect(book.told.at(-1)).toBe("done 0");
	});

	it("keeps nothing of what was under way when it is stopped, and can go on", async () => {
		const { book, work, end, settle, signals } = openBook(1, 2);
		const reader = createPartReader(2);
		void reader.read(work);
		await settle();
		reader.stop();
		expect(signals[0]?.aborted).toBe(true);
		await end();
		expect([...book.done]).toEqual([]);
		expect(book.told).toEqual(["reading 2"]);
		void reader.read(work);
		await settle();
		await end();
		expect([...book.done]).toEqual([2, 1]);
	});

	it("says where it failed, and ends there", async () => {
		const { book, work, end, settle } = openBook(1, 2, 13, 4, 5, 6);
		void createPartReader(2).read(work);
		await settle();
		for (let count = 0; count < 2; count += 1) await end();
		expect(book.told).toEqual(["reading 6", "reading 4", "failed 4"]);
		expect(book.parts).toHaveLength(2);
	});
});
