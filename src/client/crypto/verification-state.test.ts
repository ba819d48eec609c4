import { describe, expect, it } from "vitest";
import type { CryptoNews } from "./crypto-message.ts";
import type { VerificationSnapshot, VerificationStep } from "./verification-call.ts";
import { followVerifications, forgetLost, verificationState } from "./verification-state.ts";

const one = (flowId: string, step: VerificationStep): VerificationSnapshot => ({
	...{ flowId, userId: "@ann:kith.test", isSelf: true, isOurs: true, step },
});

const follow = () => {
	let hear: (news: CryptoNews) => void = () => undefined;
	followVerifications({
		call: () => new Promise<never>(() => undefined),
		onNews: (listener) => {
			hear = listener;
			return () => undefined;
		},
	});
	return (verifications: VerificationSnapshot[], isNewEngine = false) =>
		hear({ kind: "verifications", verifications, isNewEngine });
};

const steps = () => verificationState.get().map(({ flowId, step }) => [flowId, step.kind]);

describe("the verifications of a page", () => {
	it("are those that the engine tells of", () => {
		const tell = follow();
		tell([one("a", { kind: "asked" })]);
		tell([one("a", { kind: "done" }), one("b", { kind: "asked" })]);
		expect(steps()).toEqual([
			["a", "done"],
			["b", "asked"],
		]);
	});

	it("are lost with the engine that knew of them, which is said until it is put away", () => {
		const tell = follow();
		tell([one("a", { kind: "asked" }), one("b", { kind: "done" })]);
		tell([], true);
		expect(verificationState.get()).toEqual([one("a", { kind: "ended", why: "lost" })]);
		tell([one("c", { kind: "asked" })]);
		expect(steps()).toEqual([
			["c", "asked"],
			["a", "ended"],
		]);
		forgetLost("a");
		expect(steps()).toEqual([["c", "asked"]]);
	});
});
