import { describe, expect, it } from "vitest";
import type { ServerName } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import { parseJson } from "../json/parse-json.ts";
import { encodeTransaction, maxEdus, maxPdus, parseTransaction } from "./transaction.ts";

const many = (count: number) => Array.from({ length: count }, () => ({}));
const edu = { edu_type: "m.typing", content: { typing: true } };

describe("a transaction", () => {
	it("TXN-01: holds at most 50 PDUs and 100 EDUs, and is refused whole beyond", () => {
		expect(parseTransaction({ pdus: many(maxPdus), edus: Array(maxEdus).fill(edu) })).toMatchObject({ kind: "ok" });
		expect(parseTransaction({ pdus: many(51) })).toMatchObject({ status: 400, errcode: "M_BAD_JSON" });
		expect(parseTransaction({ pdus: [], edus: many(101) })).toMatchObject({ status: 400, errcode: "M_BAD_JSON" });
	});

	it("TXN-02: is read without entries that are none, and without lists that are left out", () => {
		expect(parseTransaction({})).toEqual({ kind: "ok", transaction: { pdus: [], edus: [] } });
		const odd = {
			pdus: [{ type: "m" }, 1, null, []],
			edus: [edu, {}, { edu_type: "m.typing" }, { edu_type: 1, content: {} }, "x"],
		};
		expect(parseTransaction(odd)).toEqual({
			kind: "ok",
			transaction: { pdus: [{ type: "m" }], edus: [{ type: "m.typing", content: { typing: true } }] },
		});
		expect(parseTransaction({ pdus: {} })).toMatchObject({ kind: "refused" });
		expect(parseTransaction({ pdus: [], edus: "none" })).toMatchObject({ kind: "refused" });
	});

	it("TXN-02: is read as it was written", () => {
		const parsed = parseJson('{"pdus":[{"a":1}],"edus":[{"edu_type":"m.receipt","content":{"__proto__":2}}]}');
		const content = (parsed.kind === "ok" ? parsed.value : {}) as JsonObject;
		const reading = parseTransaction(content);
		if (reading.kind !== "ok") throw new Error("refused");
		const written = encodeTransaction(reading.transaction, { origin: "one.example" as ServerName, originServerTs: 5 });
		expect(written).toMatchObject({ origin: "one.example", origin_server_ts: 5 });
		expect(parseTransaction(written)).toEqual(reading);
	});
});
