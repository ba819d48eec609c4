import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyId, serverName } from "../testing/identifiers.ts";
import { formatXMatrix, parseXMatrix } from "./x-matrix.ts";

const fields = {
	origin: serverName("origin.example:8448"),
	destination: serverName("[2001:db8::1]:8448"),
	keyId: keyId("ed25519:key_1"),
	signature: "ABCDEF+/ghi",
};

describe("the X-Matrix header", () => {
	it("REQ-01 is written as old servers read it", () => {
		expect(formatXMatrix(fields)).toBe(
			'X-Matrix origin="origin.example:8448",destination="[2001:db8::1]:8448",key="ed25519:key_1",sig="ABCDEF+/ghi"',
		);
	});

	it("REQ-01 is read as it is written", () => {
		expect(parseXMatrix(formatXMatrix(fields))).toEqual(fields);
	});

	it.each([
		["names in any case and order", 'x-matrix SIG="s",Key="ed25519:1",ORIGIN="a.example",destination="b.example"'],
		[
			"spaces and tabs around commas",
			'X-Matrix   origin="a.example" ,\tkey="ed25519:1", sig="s" , destination="b.example"',
		],
		["values without quotes, with colons", "X-Matrix origin=a.example,key=ed25519:1,sig=s,destination=b.example"],
		[
			"backslashes before characters",
			'X-Matrix origin="a\\.example",key="ed25519\\:1",sig="\\s",destination="b.example"',
		],
		[
			"fields that nobody knows",
			'X-Matrix origin="a.example",key="ed25519:1",more="\\"",sig="s",destination="b.example"',
		],
	])("REQ-02 is read with %s", (_, header) => {
		expect(parseXMatrix(header)).toEqual({
			origin: "a.example",
			destination: "b.example",
			keyId: "ed25519:1",
			signature: "s",
		});
	});

	it("REQ-02 is read without a destination", () => {
		expect(parseXMatrix('X-Matrix origin="a.example",key="ed25519:1",sig="s"')?.destination).toBeUndefined();
	});

	it("REQ-02 is read whatever order, case, spaces and quotes it is written with", () => {
		const written = [
			["origin", "one.example:8448"],
			["destination", "two.example"],
			["key", "ed25519:a_B"],
			["sig", "s-g"],
		] as const;
		const spaces = fc.constantFrom("", " ", "\t ");
		const style = fc.record({ before: spaces, after: spaces, isUpper: fc.boolean(), isQuoted: fc.boolean() });
		const order = fc.shuffledSubarray([...written], { minLength: written.length });
		fc.assert(
			fc.property(order, fc.array(style, { minLength: 4, maxLength: 4 }), (fieldsInOrder, styles) => {
				const parts = fieldsInOrder.map(([name, value], index) => {
					const { before = "", after = "", isUpper, isQuoted } = styles[index] ?? {};
					const shown = isQuoted === true ? `"${value}"` : value;
					return `${before}${isUpper === true ? name.toUpperCase() : name}=${shown}${after}`;
				});
				expect(parseXMatrix(`X-Matrix ${parts.join(",")}`)).toEqual({
					origin: "one.example:8448",
					destination: "two.example",
					keyId: "ed25519:a_B",
					signature: "s-g",
				});
			}),
		);
	});

	it.each([
		["another scheme", 'Bearer origin="a.example",key="ed25519:1",sig="s"'],
		["nothing", ""],
		["no fields", "X-Matrix "],
		["no space behind the scheme", 'X-Matrixorigin="a.example",key="ed25519:1",sig="s"'],
		["no origin", 'X-Matrix key="ed25519:1",sig="s"'],
		["no key", 'X-Matrix origin="a.example",sig="s"'],
		["no signature", 'X-Matrix origin="a.example",key="ed25519:1"'],
		["a field twice", 'X-Matrix origin="a.example",ORIGIN="b.example",key="ed25519:1",sig="s"'],
		["an origin that is no server name", 'X-Matrix origin="a example",key="ed25519:1",sig="s"'],
		["a destination that is no server name", 'X-Matrix origin="a.example",destination="",key="ed25519:1",sig="s"'],
		["a key of another algorithm", 'X-Matrix origin="a.example",key="rsa:1",sig="s"'],
		["a quote that is never closed", 'X-Matrix origin="a.example,key="ed25519:1",sig="s"'],
		["text between value and comma", 'X-Matrix origin="a.example"x,key="ed25519:1",sig="s"'],
		["a header without end", `X-Matrix origin="a.example",key="ed25519:1",sig="s",more="${"m".repeat(5000)}"`],
	])("REQ-03 is refused with %s", (_, header) => {
		expect(parseXMatrix(header)).toBeUndefined();
	});
});
