import { type Observable, observable } from "../store/observable.ts";
import type { CryptoEngine } from "./crypto-engine.ts";
import type { CryptoNews } from "./crypto-message.ts";
import type { VerificationSnapshot } from "./verification-call.ts";

/** The verifications that go on, and those that have ended and were not put away yet. */
export const verificationState: Observable<readonly VerificationSnapshot[]> = observable([]);

/** Follows what an engine tells of its verifications. */
export function followVerifications(engine: Pick<CryptoEngine, "call" | "onNews">): void {
	verificationState.set(() => []);
	engine.onNews((news) => {
		if (news.kind === "verifications") verificationState.set((known) => nextOf(known, news));
	});
	void engine.call("verifications", {}).then(
		({ verifications }) => verificationState.set((known) => [...verifications, ...known.filter(isLost)]),
		() => undefined,
	);
}

/** Takes one away that only this page still knows of. */
export function forgetLost(flowId: string): void {
	verificationState.set((known) => known.filter((one) => one.flowId !== flowId || !isLost(one)));
}

type News = Extract<CryptoNews, { readonly kind: "verifications" }>;

/** What an engine that is gone knew of is over: the other device waits in vain. */
function nextOf(known: readonly VerificationSnapshot[], { verifications, isNewEngine }: News) {
	if (!isNewEngine) return [...verifications, ...known.filter(isLost)];
	return known
		.filter(({ step }) => step.kind !== "done" && step.kind !== "ended")
		.map((one): VerificationSnapshot => ({ ...one, step: { kind: "ended", why: "lost" } }));
}

function isLost({ step }: VerificationSnapshot): boolean {
	return step.kind === "ended" && step.why === "lost";
}
