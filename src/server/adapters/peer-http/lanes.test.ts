import { expect, it } from "vitest";
import { createLanes } from "./lanes.ts";

const never = new AbortController().signal;

/** Work that ends when it is told to. */
const makeWork = () => {
	const ends: (() => void)[] = [];
	const work = () => new Promise<string>((resolve) => ends.push(() => resolve("done")));
	return { work, ends };
};

it("runs so much for a key at once, in the order of asking, and refuses what would wait too long a queue", async () => {
	const lanes = createLanes({ atOnce: 2, mostWaiting: 1 });
	const { work, ends } = makeWork();
	const outcomes = [1, 2, 3, 4].map(() => lanes.run("a", work, never));
	expect(await outcomes[3]).toBeUndefined();
	expect(ends).toHaveLength(2);
	ends[0]?.();
	expect(await outcomes[0]).toBe("done");
	expect(ends).toHaveLength(3);
	for (const end of ends) end();
	expect(await Promise.all(outcomes.slice(1, 3))).toEqual(["done", "done"]);
});

it("keeps the keys apart", async () => {
	const lanes = createLanes({ atOnce: 1, mostWaiting: 0 });
	const { work, ends } = makeWork();
	const first = lanes.run("a", work, never);
	expect(await lanes.run("b", async () => "done", never)).toBe("done");
	for (const end of ends) end();
	expect(await first).toBe("done");
});

it("gives a place back when work fails or a wait is ended", async () => {
	const lanes = createLanes({ atOnce: 1, mostWaiting: 5 });
	const { work, ends } = makeWork();
	const first = lanes.run("a", work, never);
	const impatient = new AbortController();
	const second = lanes.run("a", async () => "never", impatient.signal);
	impatient.abort();
	expect(await second).toBeUndefined();
	const third = lanes.run("a", () => Promise.reject(new Error("broken")), never);
	for (const end of ends) end();
	await first;
	await expect(third).rejects.toThrow("broken");
	expect(await lanes.run("a", async () => "done", never)).toBe("done");
});
