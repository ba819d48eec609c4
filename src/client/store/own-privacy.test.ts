import { describe, expect, it } from "vitest";
import { openPrivacy } from "../../shared/wire/privacy-choices.ts";
import { privacyFrom } from "./own-privacy.ts";

describe("privacyFrom", () => {
	it("reads what is kept", () => {
		const closed = { readReceipts: false, typing: false, lastSeen: "nobody" };
		expect(privacyFrom(closed)).toEqual(closed);
		expect(privacyFrom({ typing: false })).toEqual({ ...openPrivacy, typing: false });
	});

	it("is open where nothing, or nothing that is known, is kept", () => {
		expect(privacyFrom(undefined)).toEqual(openPrivacy);
		expect(privacyFrom({ readReceipts: "no", typing: 0, lastSeen: "friends" })).toEqual(openPrivacy);
	});
});
