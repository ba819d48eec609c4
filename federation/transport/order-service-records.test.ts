import { expect, it } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { orderServiceRecords } from "./order-service-records.ts";

const record = (host: string, priority: number, weight: number) => ({ host, port: 1, priority, weight });

it("NAME-06 tries lower priorities first, whatever chance says", () => {
	const records = [record("c", 20, 100), record("a", 0, 0), record("b", 10, 1)];
	for (const chance of [0, 0.5, 0.999_999]) {
		expect(orderServiceRecords(records, () => chance).map(({ host }) => host)).toEqual(["a", "b", "c"]);
	}
});

it("NAME-06 draws among one priority by weight, and leaves nobody out", () => {
	const random = seededRandom(7);
	const firsts = new Map<string, number>();
	for (let round = 0; round < 2000; round++) {
		const order = orderServiceRecords(
			[record("light", 1, 10), record("heavy", 1, 90), record("none", 1, 0)],
			() => random.int(1_000_000) / 1_000_000,
		).map(({ host }) => host);
		expect([...order].sort()).toEqual(["heavy", "light", "none"]);
		firsts.set(order[0] ?? "", (firsts.get(order[0] ?? "") ?? 0) + 1);
	}
	expect(firsts.get("heavy")).toBeGreaterThan(1600);
	expect(firsts.get("light")).toBeGreaterThan(100);
	expect(firsts.get("none") ?? 0).toBeLessThan(100);
});
