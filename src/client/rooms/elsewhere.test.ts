import { describe, expect, it } from "vitest";
import { serverElsewhere } from "./elsewhere.ts";

describe("what somebody types of another server", () => {
	it("is a whole id or address", () => {
		const server = (text: string) => serverElsewhere(text, "@", "kith.example");
		expect(server("@ada:other.example")).toBe("other.example");
		expect(server("@ada:localhost:8448")).toBe("localhost:8448");
		expect(server("@ada:[::1]:8448")).toBe("[::1]:8448");
		expect(server("@ada:kith.example:8448")).toBe("kith.example:8448");
		expect(serverElsewhere("#room:other.example", "#", "kith.example")).toBe("other.example");
	});

	it("is nothing while it is typed, of the own server, and of another kind", () => {
		const server = (text: string) => serverElsewhere(text, "@", "kith.example");
		for (const text of ["ada", "@ada", "@ada:", "@ada:other", "@ada:other.", "@ada:other.e", "@:other.example"]) {
			expect(server(text), text).toBeUndefined();
		}
		expect(server("@ada:kith.example")).toBeUndefined();
		expect(server("#room:other.example")).toBeUndefined();
		expect(server("@ada:other.example and more")).toBeUndefined();
		expect(serverElsewhere("@ada:other.example", "@", undefined)).toBeUndefined();
	});
});
