import { describe, expect, it } from "vitest";
import { createArgon2PasswordHasher } from "./argon2-password-hasher.ts";
import { createGate } from "./gate.ts";

describe("argon2id", () => {
	it("hashes with the stated cost and verifies only the same password", async () => {
		const hasher = createArgon2PasswordHasher();
		const hash = await hasher.hash("correct horse\u0000 battery");
		expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await hasher.verify("correct horse\u0000 battery", hash)).toBe(true);
		expect(await hasher.verify("correct horse", hash)).toBe(false);
	});

	it("answers no for an account that does not exist, after the same work", async () => {
		const hasher = createArgon2PasswordHasher();
		const hash = await hasher.hash("correct horse battery");
		const timed = async (stored: string | undefined): Promise<number> => {
			const start = process.cpuUsage();
			expect(await hasher.verify("wrong horse battery", stored)).toBe(false);
			const used = process.cpuUsage(start);
			return used.user + used.system;
		};
		await timed(undefined);
		const known: number[] = [];
		const unknown: number[] = [];
		for (let round = 0; round < 5; round += 1) {
			known.push(await timed(hash));
			unknown.push(await timed(undefined));
		}
		// Without the work the unknown side would take a hundredth; a busy machine does not blur that.
		expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 4);
	});

	it("refuses a stored hash it cannot read instead of letting anybody in", async () => {
		await expect(createArgon2PasswordHasher().verify("anything at all", "not a hash")).rejects.toThrow();
	});
});

describe("the gate before the hashes", () => {
	it("runs as many at once as it has places, in order, and refuses beyond its queue", async () => {
		const gate = createGate(1, 1);
		const order: string[] = [];
		let finishFirst = (): void => undefined;
		const first = gate(() => new Promise<void>((resolve) => (finishFirst = resolve)));
		const second = gate(async () => void order.push("second"));
		await expect(gate(async () => undefined)).rejects.toMatchObject({ code: "too-many-requests" });
		order.push("first ends");
		finishFirst();
		await Promise.all([first, second]);
		expect(order).toEqual(["first ends", "second"]);
	});

	it("gives the place back after a failure", async () => {
		const gate = createGate(1, 0);
		await expect(gate(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
		await expect(gate(async () => "next")).resolves.toBe("next");
	});
});
