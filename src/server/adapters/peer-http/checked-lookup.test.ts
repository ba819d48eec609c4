import { expect, it } from "vitest";
import { createAddressPolicy } from "../dns/address-policy.ts";
import { checkedLookup } from "./checked-lookup.ts";

const lookUp = (addresses: readonly string[], options: { readonly all?: boolean }): Promise<readonly unknown[]> =>
	new Promise((resolve) => {
		const lookup = checkedLookup({ find: async () => addresses }, createAddressPolicy([]));
		lookup("peer.example", options, (...answer) => resolve(answer));
	});

it("answers with the public ones of a name's addresses, to callers of one and of all", async () => {
	const addresses = ["10.0.0.1", "2606:4700::1111", "::1", "1.1.1.1"];
	expect(await lookUp(addresses, { all: true })).toEqual([
		null,
		[
			{ address: "2606:4700::1111", family: 6 },
			{ address: "1.1.1.1", family: 4 },
		],
	]);
	expect(await lookUp(addresses, {})).toEqual([null, "2606:4700::1111", 6]);
});

it("fails for a name without addresses, and otherwise for one with private ones alone", async () => {
	expect(await lookUp([], { all: true })).toMatchObject([{ code: "KITH_NAME_UNKNOWN" }, []]);
	expect(await lookUp(["127.0.0.1"], { all: true })).toMatchObject([{ code: "KITH_ADDRESS_REFUSED" }, []]);
	expect(await lookUp(["127.0.0.1"], {})).toMatchObject([{ code: "KITH_ADDRESS_REFUSED" }, []]);
});
