import type { WireEphemeralItem, WirePresence } from "../../../shared/wire/sync.ts";

/** What holds for now and one reader has not been told yet: the newest of each room and person, and never too much. */
export interface EphemeralWaiting {
	setTyping(roomId: string, userIds: readonly string[]): void;
	setPresence(presence: WirePresence): void;
	/** Everything that waits; undefined: nothing does. */
	take(): WireEphemeralItem | undefined;
}

/** More than the rooms and people of anybody who reads along. */
const maxWaiting = 2_000;

/** `onDropped` is told how many news were thrown away because too much waited. */
export const createEphemeralWaiting = (onDropped: (count: number) => void): EphemeralWaiting => {
	const typing = new Map<string, readonly string[]>();
	const presence = new Map<string, WirePresence>();
	let isPartial = false;
	const makeRoom = (): void => {
		if (typing.size + presence.size < maxWaiting) return;
		onDropped(typing.size + presence.size);
		typing.clear();
		presence.clear();
		isPartial = true;
	};
	return {
		setTyping: (roomId, userIds) => {
			if (!typing.has(roomId)) makeRoom();
			typing.set(roomId, userIds);
		},
		setPresence: (news) => {
			if (!presence.has(news.userId)) makeRoom();
			presence.set(news.userId, news);
		},
		take: () => {
			if (typing.size + presence.size === 0 && !isPartial) return undefined;
			const item: WireEphemeralItem = {
				kind: "ephemeral",
				typing: [...typing].map(([roomId, userIds]) => ({ roomId, userIds: [...userIds] })),
				presence: [...presence.values()],
				isPartial,
			};
			typing.clear();
			presence.clear();
			isPartial = false;
			return item;
		},
	};
};
