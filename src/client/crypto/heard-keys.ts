import type { ClosedReason, EventSeal } from "../store/event-seal.ts";
import type { CryptoNews } from "./crypto-message.ts";
import { triedAt } from "./opening-tries.ts";

type ClosedSeal = Extract<EventSeal, { readonly kind: "closed" }>;

export interface HeardKeys {
	/** Something came that may open what is closed. False: nothing of the kind. */
	hear(news: CryptoNews): boolean;
	/** Anything may have come: there is an engine, and nobody listened before. */
	hearAll(): void;
	/** Something was heard since the opening of this event was last begun. */
	isDue(seal: ClosedSeal): boolean;
}

/** What a person's devices being others than thought may change. */
const byPeople: ReadonlySet<ClosedReason> = new Set(["sender-unknown", "sender-unverified", "identity-changed"]);

/** Remembers when which keys and people were heard of. `now`: milliseconds of the page's clock. */
export function createHeardKeys(now: () => number): HeardKeys {
	let all = 0;
	const sessions = new Map<string, number>();
	const people = new Map<string, number>();
	const lastHeard = ({ sessionId, reason, event }: ClosedSeal): number =>
		Math.max(
			all,
			(sessionId === undefined ? undefined : sessions.get(sessionId)) ?? 0,
			(byPeople.has(reason) ? people.get(event.sender) : undefined) ?? 0,
		);
	return {
		hear: (news) => {
			if (news.kind === "roomKeys") for (const { sessionId } of news.sessions) sessions.set(sessionId, now());
			if (news.kind === "people") for (const userId of news.userIds) people.set(userId, now());
			return news.kind === "roomKeys" || news.kind === "people";
		},
		hearAll: () => {
			all = now();
			sessions.clear();
			people.clear();
		},
		isDue: (seal) => lastHeard(seal) >= (triedAt(seal.event) ?? -1),
	};
}
