import { describe, expect, it } from "vitest";
import { ownModelPolicy } from "./own-model-policy.ts";

const at = (address: string): string => `/ollama-engine/worker.js?at=${encodeURIComponent(address)}`;

describe("the policy of the worker of a person's own Ollama", () => {
	it("names the one address that it was asked for with, and not this server", () => {
		expect(ownModelPolicy(at("http://localhost:11434"))).toBe("default-src 'none'; connect-src http://localhost:11434");
		expect(ownModelPolicy(at("http://192.168.1.20:11434/"))).toBe(
			"default-src 'none'; connect-src http://192.168.1.20:11434",
		);
	});

	it.each([
		"https://evil.example",
		"http://8.8.8.8",
		"http://localhost:11434 https://evil.example",
		"http://localhost:11434; connect-src *",
		"http://localhost:11434\r\nX-Header: 1",
		"http://localhost:11434/../x;script-src *",
		"*",
		"'self'",
		"",
	])("lets it reach nothing for %j", (address) => {
		expect(ownModelPolicy(at(address))).toBe("default-src 'none'");
	});

	it("is nobody else's", () => {
		expect(ownModelPolicy("/ollama-engine/worker.js")).toBe("default-src 'none'");
		expect(ownModelPolicy("/chat?at=http://localhost:11434")).toBeUndefined();
		expect(ownModelPolicy("/ollama-engine/worker.js/../x?at=http://localhost:1")).toBeUndefined();
	});
});
