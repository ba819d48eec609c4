import { expect, it } from "vitest";
import { createRunLimits } from "./run-limits.ts";

it("one person and one room take so much at once, and get it back with time", () => {
	let now = 1_000_000;
	const limits = createRunLimits({ now: () => now });
	for (let count = 0; count < 40; count += 1) limits.begin({ owner: "ann", room: "r" });
	const refused = expect.objectContaining({ code: "too-many-requests", retryAfterMs: 15_000 });
	expect(() => limits.begin({ owner: "ann", room: "r" })).toThrow(refused);
	for (const owner of ["ben", "cleo"]) for (let count = 0; count < 40; count += 1) limits.begin({ owner, room: "r" });
	expect(() => limits.begin({ owner: "dora", room: "r" })).toThrow(expect.objectContaining({ retryAfterMs: 5_000 }));
	limits.begin({ owner: "dora", room: undefined });
	now += 15_000;
	limits.begin({ owner: "ann", room: "r" });
});

it("one person has so many batches of texts read at once, whatever they ask beside it", () => {
	let now = 1_000_000;
	const limits = createRunLimits({ now: () => now });
	for (let count = 0; count < 240; count += 1) limits.embed("ann");
	expect(() => limits.embed("ann")).toThrow(
		expect.objectContaining({ code: "too-many-requests", retryAfterMs: 3_000 }),
	);
	limits.embed("ben");
	limits.begin({ owner: "ann", room: undefined });
	now += 3_000;
	limits.embed("ann");
});
