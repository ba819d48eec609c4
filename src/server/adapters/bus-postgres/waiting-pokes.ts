import type { Poke, RemotePresence, TypingChange } from "../../stream/public.ts";

/**
 * Pokes that wait to be sent, put together: the highest position, everybody who acknowledged, rooms that were delivered,
 * devices whose keys were handed out, the newest word about each person who writes, each of another server and each join,
 * and presence as it was said, in order.
 */
export interface WaitingPokes {
	add(poke: Poke): void;
	/** Takes everything that waits. */
	take(): readonly Poke[];
}

/** What is told late or never does no harm: beyond this the oldest is let go. */
const maxPresence = 1_000;
const maxRemote = 10_000;

export const createWaitingPokes = (): WaitingPokes => {
	let position = -1;
	let userIds = new Set<string>();
	let typing = new Map<string, TypingChange>();
	let presence: Poke[] = [];
	let remote = new Map<string, RemotePresence>();
	let joining = new Map<string, Poke>();
	let devices = new Map<string, { readonly userId: string; readonly deviceId: string }>();
	let isResync = false;
	let isFederation = false;
	let isRules = false;
	let roomNids = new Set<number>();
	return {
		add: (poke) => {
			if (poke.kind === "stream") position = Math.max(position, poke.position);
			else if (poke.kind === "acknowledged") for (const userId of poke.userIds) userIds.add(userId);
			else if (poke.kind === "typing") {
				for (const change of poke.changes) typing.set(`${change.roomNid} ${change.userId}`, change);
			} else if (poke.kind === "delivered") for (const roomNid of poke.roomNids) roomNids.add(roomNid);
			else if (poke.kind === "keys") {
				for (const device of poke.devices) devices.set(`${device.userId} ${device.deviceId}`, device);
			} else if (poke.kind === "federation") isFederation = true;
			else if (poke.kind === "rules") isRules = true;
			else if (poke.kind === "joining") joining.set(`${poke.news.userId} ${poke.news.room}`, poke);
			else if (poke.kind === "remotePresence") {
				for (const word of poke.people.slice(0, maxRemote - remote.size)) remote.set(word.userId, word);
			} else if (poke.kind === "presence") presence = [...presence, poke].slice(-maxPresence);
			else isResync = true;
		},
		take: () => {
			const pokes: Poke[] = [];
			if (isResync) pokes.push({ kind: "resync" });
			if (position >= 0) pokes.push({ kind: "stream", position });
			if (userIds.size > 0) pokes.push({ kind: "acknowledged", userIds: [...userIds] });
			if (typing.size > 0) pokes.push({ kind: "typing", changes: [...typing.values()] });
			if (roomNids.size > 0) pokes.push({ kind: "delivered", roomNids: [...roomNids] });
			if (devices.size > 0) pokes.push({ kind: "keys", devices: [...devices.values()] });
			if (isFederation) pokes.push({ kind: "federation" });
			if (isRules) pokes.push({ kind: "rules" });
			if (remote.size > 0) pokes.push({ kind: "remotePresence", people: [...remote.values()] });
			pokes.push(...presence, ...joining.values());
			position = -1;
			userIds = new Set();
			typing = new Map();
			presence = [];
			remote = new Map();
			joining = new Map();
			devices = new Map();
			isResync = false;
			isFederation = false;
			isRules = false;
			roomNids = new Set();
			return pokes;
		},
	};
};
