import { describe, expect, it } from "vitest";
import { signInAddress, wantedAddress } from "./return-address.ts";

const origin = "https://kith.example";

const leadsTo = (address: string): string => wantedAddress(new URL(address, origin).search, origin);

describe("wantedAddress", () => {
	it.each(["/chat/!abc", "/chat/!abc/info", "/new-group", "/you?a=b"])("leads back to %s", (wanted) => {
		expect(leadsTo(signInAddress(wanted))).toBe(wanted);
	});

	it("leads to the chats when nothing was asked for", () => {
		expect(signInAddress("/chat")).toBe("/sign-in");
		expect(leadsTo("/sign-in")).toBe("/chat");
	});

	it.each([
		"https://evil.example/chat",
		"//evil.example/chat",
		"/\\evil.example/chat",
		"/\t/evil.example",
		"javascript:alert(1)",
		"evil.example",
		"/sign-in",
		"https://",
	])("never leads to %s", (wanted) => {
		expect(leadsTo(signInAddress(wanted))).toBe("/chat");
	});
});
