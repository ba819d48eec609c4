import { describe, expect, it } from "vitest";
import { createRecordSeal, newRecordKey, openRecords } from "./record-seal.ts";

const record = { roomId: "!a", words: "the harbour", at: [1, 2] };

describe("the seal of records", () => {
	it("leaves of a record its key alone, and opens it again", async () => {
		const seal = createRecordSeal(await newRecordKey());
		const kept = await seal.seal(record, "roomId");
		expect(Object.keys(kept).sort()).toEqual(["iv", "roomId", "sealed"]);
		expect(new TextDecoder().decode(kept.sealed)).not.toContain("harbour");
		expect(await seal.open(kept)).toEqual(record);
		expect(await seal.open(record)).toBe(record);
	});

	it("seals the same record each time anew", async () => {
		const seal = createRecordSeal(await newRecordKey());
		const [one, two] = [await seal.seal(record, "roomId"), await seal.seal(record, "roomId")];
		expect(new Uint8Array(one.sealed)).not.toEqual(new Uint8Array(two.sealed));
	});

	it("has a key that nobody can read", async () => {
		await expect(crypto.subtle.exportKey("raw", await newRecordKey())).rejects.toThrow();
	});

	it("opens nothing that was altered, or that another key sealed, and the others all the same", async () => {
		const [seal, other] = [createRecordSeal(await newRecordKey()), createRecordSeal(await newRecordKey())];
		const [kept, foreign] = [await seal.seal(record, "roomId"), await other.seal(record, "roomId")];
		const altered = { ...kept, sealed: kept.sealed.slice(0) };
		new Uint8Array(altered.sealed)[3] = 1 ^ (new Uint8Array(altered.sealed)[3] ?? 0);
		await expect(seal.open(altered)).rejects.toThrow();
		expect(await openRecords(seal, [altered, foreign, kept])).toEqual([record]);
	});
});
