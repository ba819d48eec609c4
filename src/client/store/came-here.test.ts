import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { closedReasonFor, whenCame } from "./came-here.ts";
import type { ClosedReason, OpenedEvent } from "./event-seal.ts";

const [ann, ben] = ["@ann:a", "@ben:a"];

/** `change`: the membership, and what it was before. */
const member = (position: number, userId: string, change: string): WireEvent => {
	const [membership, before] = change.split(" after ");
	return {
		...{ eventId: `$${position}`, type: "m.room.member", sender: userId, stateKey: userId, content: { membership } },
		...{ originServerTs: 0, position: `${position}` },
		...(before !== undefined && { previousContent: { membership: before } }),
	};
};

const closed = (position: number, reason: ClosedReason): OpenedEvent => {
	const event: WireEvent = {
		...{ eventId: `$${position}`, type: "m.room.message", sender: ben, content: {} },
		...{ originServerTs: 0, position: `${position}` },
	};
	return { ...event, seal: { kind: "closed", reason, event } };
};

describe("what was written before its reader came", () => {
	it("is told by the last time that they came, whatever they changed since and whoever else came", () => {
		const came = [
			member(1, ben, "join"),
			member(2, ann, "join"),
			member(3, ann, "leave after join"),
			member(14, ann, "join after leave"),
			member(15, ben, "join after leave"),
			member(16, ann, "join after join"),
		];
		expect(whenCame(came, ann)).toBe("14");
		expect(whenCame([member(7, ann, "invite"), member(8, ann, "join after invite")], ann)).toBe("8");
		expect(whenCame([member(16, ann, "join after join")], ann)).toBeUndefined();
	});

	it("shows no words for that reason, where nothing worse is known of it", () => {
		for (const reason of ["no-key", "key-begins-later"] as const) {
			expect(closedReasonFor(closed(9, reason), "14")).toBe("before-you");
			expect(closedReasonFor(closed(15, reason), "14")).toBe(reason);
			expect(closedReasonFor(closed(9, reason), undefined)).toBe(reason);
		}
		for (const reason of ["damaged", "withheld", "identity-changed", "starting"] as const) {
			expect(closedReasonFor(closed(9, reason), "14")).toBe(reason);
		}
		const { seal: _, ...open } = closed(9, "no-key");
		expect(closedReasonFor(open, "14")).toBeUndefined();
	});
});
