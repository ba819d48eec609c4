import { describe, expect, it } from "vitest";
import { parseText } from "./parse-text.ts";

const links = (body: string) => parseText(body, []).flatMap((part) => (part.kind === "link" ? [part.href] : []));

describe("parseText", () => {
	it.each([
		["See https://example.org/menu.", ["https://example.org/menu"]],
		["(https://example.org)", ["https://example.org"]],
		["https://en.example/wiki/Kith_(disambiguation), then", ["https://en.example/wiki/Kith_(disambiguation)"]],
		["http://a.example and https://b.example/?q=1&r=2#x", ["http://a.example", "https://b.example/?q=1&r=2#x"]],
		["mailto:ada@example.org", ["mailto:ada@example.org"]],
		["“https://example.org/größe”", ["https://example.org/größe"]],
	])("finds what may be followed in %s", (body, found) => {
		expect(links(body)).toEqual(found);
	});

	it.each([
		"javascript:alert(1)",
		"JaVaScRiPt://https%0aalert(1)",
		"data:text/html,<script>1</script>",
		"file:///etc/passwd",
		"xhttps://example.org",
		"https://",
		"mailto:",
		"https://[",
	])("follows nothing in %s", (body) => {
		expect(links(body)).toEqual([]);
	});

	it("keeps every letter of the text", () => {
		const body = "Hi @Lotte, <b>see</b> https://example.org. Bye @me!";
		const parts = parseText(body, [
			{ name: "Lotte", isOwn: false },
			{ name: "me", isOwn: true },
		]);
		expect(parts.map((part) => part.text).join("")).toBe(body);
		expect(parts.map((part) => part.kind)).toEqual(["text", "mention", "text", "link", "text", "mention", "text"]);
	});

	it("marks whole names only, the longest first", () => {
		const named = (body: string) =>
			parseText(body, [
				{ name: "Lotte", isOwn: false },
				{ name: "Lotte Haverkamp", isOwn: false },
			]).flatMap((part) => (part.kind === "mention" ? [part.text] : []));
		expect(named("@Lotte Haverkamp and @Lotte")).toEqual(["@Lotte Haverkamp", "@Lotte"]);
		expect(named("@Lottes Lotte")).toEqual([]);
	});

	it("takes a name for letters, whatever signs are in it", () => {
		const mentions = [{ name: "A.(*)[+]-$ /^|{1}\\", isOwn: false }];
		expect(parseText("@A.(*)[+]-$ /^|{1}\\ @Ab", mentions).map((part) => part.kind)).toEqual(["mention", "text"]);
	});

	it("keeps a bracket that was opened in the address, and drops those that were not", () => {
		expect(links(`https://a.example/(${")".repeat(15_000)}`)).toEqual(["https://a.example/()"]);
	});
});
