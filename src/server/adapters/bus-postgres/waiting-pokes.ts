import type { Poke } from "../../stream/public.ts";

/** Pokes that wait to be sent, put together: the highest position, and everybody who acknowledged. */
export interface WaitingPokes {
	add(poke: Poke): void;
	/** Takes everything that waits. */
	take(): readonly Poke[];
}

export const createWaitingPokes = (): WaitingPokes => {
	let position = -1;
	let userIds = new Set<string>();
	let isResync = false;
	return {
		add: (poke) => {
			if (poke.kind === "stream") position = Math.max(position, poke.position);
			else if (poke.kind === "acknowledged") for (const userId of poke.userIds) userIds.add(userId);
			else isResync = true;
		},
		take: () => {
			const pokes: Poke[] = [];
			if (isResync) pokes.push({ kind: "resync" });
			if (position >= 0) pokes.push({ kind: "stream", position });
			if (userIds.size > 0) pokes.push({ kind: "acknowledged", userIds: [...userIds] });
			position = -1;
			userIds = new Set();
			isResync = false;
			return pokes;
		},
	};
};
