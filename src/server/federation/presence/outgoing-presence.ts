import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createOnlinePeople, type Poke } from "../../stream/public.ts";
import type { PresenceAudience, PresenceCircles } from "./ports.ts";

/** Who of this server is there, as other servers are told: when they come, now and then while they stay, when they go. */
export interface OutgoingPresence {
	heard(poke: Extract<Poke, { readonly kind: "presence" }>): void;
	/** These people may be seen by others than before, or may see others. */
	acquainted(userIds: readonly string[]): void;
	/** Tells what is due, if it is time. Throws AppError `unavailable`, and tells it later. */
	sweep(): Promise<void>;
}

export interface OutgoingPresenceOptions {
	readonly circles: Pick<PresenceCircles, "audiencesOf" | "seenBy">;
	/** Whether the owner wants it. */
	readonly isPresenceShared: () => boolean;
	readonly clock: { now(): number };
	readonly serverName: ServerName;
	/** How often others are told at most. */
	readonly presenceRestMs?: number;
	readonly tell: (destinations: readonly ServerName[], news: PresenceNewsForServers) => void;
}

/** The newest word about one person. */
export interface PresenceNewsForServers {
	readonly kind: "presence";
	readonly userId: UserId;
	readonly isOnline: boolean;
	/** When they were last there. Undefined: they do not say. */
	readonly seenAt: number | undefined;
}

/** Whoever only reloads a page, or looks away for a moment, is not spoken of. */
const defaultRestMs = 3_000;
/** Other servers take silence for going away after half an hour. */
const repeatMs = 20 * 60_000;
const mostAtOnce = 500;

export const createOutgoingPresence = (options: OutgoingPresenceOptions): OutgoingPresence => {
	const { circles, clock, isPresenceShared, presenceRestMs = defaultRestMs } = options;
	const online = createOnlinePeople(clock);
	const here = new Set<string>();
	const told = new Map<string, Told>();
	const due = new Set<string>();
	/** Told again though they were a moment ago: somebody new may listen. */
	const acquainted = new Set<string>();
	let sweptAt = 0;
	let wasShared = false;
	const moved = (userIds: readonly string[]): void => {
		for (const userId of userIds) {
			if (online.has(userId)) here.add(userId);
			else here.delete(userId);
			if (isPresenceShared()) due.add(userId);
		}
	};
	const noteDue = async (now: number): Promise<void> => {
		const known = [...acquainted];
		acquainted.clear();
		const isOwn = (userId: string): boolean => userId.endsWith(`:${options.serverName}`);
		const strangers = known.filter((userId) => !isOwn(userId));
		const met = strangers.length === 0 ? [] : await circles.seenBy(strangers);
		for (const userId of [...known.filter(isOwn), ...met]) if (here.has(userId) || told.has(userId)) due.add(userId);
		if (!wasShared) for (const userId of here) due.add(userId);
		for (const [userId, { at }] of told) if (now - at >= repeatMs) due.add(userId);
	};
	const sweep = async (): Promise<void> => {
		const now = clock.now();
		if (now - sweptAt < presenceRestMs) return;
		sweptAt = now;
		moved(online.forgetSilent());
		if (!isPresenceShared()) {
			wasShared = false;
			takeBack(options, told);
			due.clear();
			acquainted.clear();
			return;
		}
		await noteDue(now);
		wasShared = true;
		const userIds = [...due].slice(0, mostAtOnce);
		if (userIds.length === 0) return;
		const audiences = await circles.audiencesOf(userIds);
		for (const userId of userIds) due.delete(userId);
		for (const audience of audiences) tellOne(options, told, { audience, isOnline: online.has(audience.userId) });
	};
	return {
		heard: ({ processId, online: come, offline }) => moved(online.heard({ processId, online: come, offline })),
		acquainted: (userIds) => {
			if (isPresenceShared()) for (const userId of userIds) acquainted.add(userId);
		},
		sweep,
	};
};

/** Whom others take to be there, since when, and who they are. */
interface Told {
	readonly at: number;
	readonly destinations: readonly ServerName[];
}

const tellOne = (
	{ tell, clock }: OutgoingPresenceOptions,
	told: Map<string, Told>,
	{ audience, isOnline }: { readonly audience: PresenceAudience; readonly isOnline: boolean },
): void => {
	const { userId, isHidden, destinations, seenAt } = audience;
	const before = told.get(userId);
	if (isOnline && !isHidden) {
		const now = clock.now();
		told.set(userId, { at: now, destinations });
		tell(destinations, { kind: "presence", userId, isOnline: true, seenAt: now });
	} else if (before !== undefined) {
		told.delete(userId);
		const all = [...new Set([...destinations, ...before.destinations])];
		tell(all, { kind: "presence", userId, isOnline: false, seenAt: isHidden ? undefined : seenAt });
	}
};

/** The owner tells no longer: whoever was told of takes its leave. */
const takeBack = ({ tell }: OutgoingPresenceOptions, told: Map<string, Told>): void => {
	for (const [userId, { destinations }] of told) {
		tell(destinations, { kind: "presence", userId: userId as UserId, isOnline: false, seenAt: undefined });
	}
	told.clear();
};
