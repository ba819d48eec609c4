import type { Bus, JoiningNews } from "./ports.ts";

/** Whose join of which room is followed. */
export interface JoiningQuery {
	readonly userId: string;
	/** As the person named it. */
	readonly room: string;
	readonly signal: AbortSignal;
}

/** How far a join has come, the newest word at a time, until the signal; whoever is slow misses what was before. */
export async function* followJoining(
	bus: Pick<Bus, "subscribe">,
	{ userId, room, signal }: JoiningQuery,
): AsyncGenerator<JoiningNews, void, undefined> {
	let newest: JoiningNews | undefined;
	let wake: (() => void) | undefined;
	const unsubscribe = bus.subscribe((poke) => {
		if (poke.kind !== "joining" || poke.news.userId !== userId || poke.news.room !== room) return;
		newest = poke.news;
		wake?.();
	});
	const onAbort = (): void => wake?.();
	signal.addEventListener("abort", onAbort, { once: true });
	try {
		while (!signal.aborted) {
			const news = newest;
			newest = undefined;
			if (news !== undefined) yield news;
			else {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
		}
	} finally {
		signal.removeEventListener("abort", onAbort);
		unsubscribe();
	}
}
