import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { serviceText } from "./service-text.ts";

const encryption = (content: Record<string, unknown>): WireEvent => ({
	...{ eventId: "$e", type: "m.room.encryption", sender: "@lotte:a", stateKey: "", content },
	...{ originServerTs: 1, position: "1" },
});
const names = new Map([["@lotte:a", "Lotte"]]);

describe("serviceText", () => {
	it("says that a chat is encrypted, and nothing of what would end that", () => {
		const begun = encryption({ algorithm: "m.megolm.v1.aes-sha2" });
		expect(serviceText(begun, { names, isDirect: false })).toBe("Lotte encrypted this chat");
		expect(serviceText(begun, { names, isDirect: true })).toContain("only the two of you");
		for (const content of [{}, { algorithm: "org.example.rot13" }]) {
			expect(serviceText(encryption(content), { names, isDirect: false })).toBeUndefined();
		}
	});

	it("says who let the assistant in, and takes what is no such choice for a no", () => {
		const chosen = (policy: unknown) => ({ ...encryption({ policy }), type: "kith.assistant" });
		const said = ["personal", "bot", "off", "everything", undefined].map((policy) =>
			serviceText(chosen(policy), { names, isDirect: true }),
		);
		const [on, off] = ["Lotte allowed the assistant in this chat", "Lotte switched the assistant off in this chat"];
		expect(said).toEqual([on, on, off, off, off]);
	});
});
