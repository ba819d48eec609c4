import { expect, it } from "vitest";
import { atMost } from "./at-most.ts";

it("so many run at a time, in order, also when some fail", async () => {
	const inTurn = atMost(3);
	const order: number[] = [];
	let running = 0;
	let most = 0;
	const work = (index: number) => async () => {
		order.push(index);
		running += 1;
		most = Math.max(most, running);
		await new Promise((resolve) => setImmediate(resolve));
		running -= 1;
		if (index % 4 === 0) throw new Error(`${index}`);
		return index;
	};
	const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => inTurn(work(index))));
	expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(3);
	expect(order).toEqual(Array.from({ length: 12 }, (_, index) => index));
	expect(most).toBe(3);
	expect(await inTurn(work(1))).toBe(1);
});
