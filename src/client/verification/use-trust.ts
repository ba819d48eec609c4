import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { askEngine } from "../crypto/ask-engine.ts";
import { clientEngine } from "../crypto/client-engine.ts";
import { engineState } from "../crypto/engine-state.ts";
import type { PersonTrust } from "../crypto/verification-call.ts";
import { useObservable } from "../hooks/use-observable.ts";

const nobody: ReadonlyMap<string, PersonTrust> = new Map();
const none: ReadonlySet<string> = new Set();
/** In a larger crowd nobody looks at each one. */
const mostPeople = 200;

/** How people's identities stand with the reader, as soon as it is known; it follows what changes. */
export function useTrust(userIds: readonly string[]): ReadonlyMap<string, PersonTrust> {
	const known = useFollowed("all", userIds, async (asked) => {
		const { people } = await askEngine("trustOf", { userIds: asked });
		return new Map(people.map(({ userId, trust }) => [userId, trust]));
	});
	return known ?? nobody;
}

/** Whom of them the reader has verified; it follows what changes, and asks no server. */
export function useVerified(userIds: readonly string[]): ReadonlySet<string> {
	const known = useFollowed("verified", userIds, async (asked) => {
		return new Set((await askEngine("verifiedAmong", { userIds: asked })).userIds);
	});
	return known ?? none;
}

function useFollowed<Answer>(
	what: string,
	userIds: readonly string[],
	ask: (userIds: string[]) => Promise<Answer>,
): Answer | undefined {
	const isVerified = useObservable(engineState, ({ identity }) => identity === "verified");
	const client = useQueryClient();
	const asked = userIds.slice(0, mostPeople);
	useEffect(() => {
		let isLeft = false;
		let stop: (() => void) | undefined;
		void clientEngine()?.then((engine) => {
			if (isLeft) return;
			stop = engine.onNews((news) => {
				if (news.kind === "people" || news.kind === "verifications") void refreshTrust(client);
			});
		});
		return () => {
			isLeft = true;
			stop?.();
		};
	}, [client]);
	const found = useQuery({
		queryKey: [trustKey, what, asked],
		queryFn: () => ask(asked),
		enabled: isVerified && asked.length > 0,
		placeholderData: keepPreviousData,
	});
	return found.data;
}

const trustKey = "trustOf";

/** Asks anew how people stand. */
export function refreshTrust(client: ReturnType<typeof useQueryClient>): Promise<void> {
	return client.invalidateQueries({ queryKey: [trustKey] });
}
