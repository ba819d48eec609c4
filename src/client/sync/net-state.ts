import { type Observable, observable } from "../store/observable.ts";

/** What is worth saying about the way to the server. */
export type NetState =
	/** Nothing. */
	| "fine"
	/** The first connection takes its time. */
	| "connecting"
	/** There was one, and the next is tried for. */
	| "reconnecting"
	/** The device itself says that it has no network. */
	| "offline"
	/** The server no longer has what this page is made of. */
	| "outdated"
	/** There is a connection again, after it was said that there was none. */
	| "back";

export interface NetFacts {
	readonly connection: "starting" | "online" | "offline" | "signedOut";
	readonly isDeviceOnline: boolean;
	readonly isOutdated: boolean;
}

export interface NetWatch {
	readonly state: Observable<NetState>;
	note(facts: NetFacts): void;
}

/** What is over sooner is not worth a word. */
const quietMs = 1_000;
const backMs = 2_500;

/** Makes of what happens what is said: short breaks pass in silence, and the end of a long one is told. */
export function createNetWatch(later: (callback: () => void, delayMs: number) => () => void): NetWatch {
	const state = observable<NetState>("fine");
	let wanted: NetState = "fine";
	let forget: () => void = () => undefined;
	const show = (next: NetState): void => {
		forget();
		state.set(() => next);
		if (next === "back") forget = later(() => show("fine"), backMs);
	};
	return {
		state,
		note: (facts) => {
			const next = wantedBy(facts);
			if (next === wanted) return;
			wanted = next;
			const shown = state.get();
			const isQuiet = shown === "fine" || shown === "back" || shown === "outdated";
			const isBack = !isQuiet && shown !== "connecting" && facts.connection === "online";
			if (next === "fine") show(isBack ? "back" : "fine");
			else if (next === "offline" || next === "outdated" || !isQuiet) show(next);
			else {
				forget();
				forget = later(() => show(next), quietMs);
			}
		},
	};
}

function wantedBy({ connection, isDeviceOnline, isOutdated }: NetFacts): Exclude<NetState, "back"> {
	if (connection === "signedOut") return "fine";
	if (!isDeviceOnline) return "offline";
	// Without a server a reload would only take away what is there.
	if (isOutdated && connection !== "offline") return "outdated";
	if (connection === "online") return "fine";
	return connection === "starting" ? "connecting" : "reconnecting";
}
