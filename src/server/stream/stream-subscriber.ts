import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import { openPrivacy } from "../../shared/wire/privacy-choices.ts";
import type { WireEphemeralItem, WirePresence, WireRoomDelta } from "../../shared/wire/sync.ts";
import type { DeviceNewsFlags } from "./device-news.ts";
import { createEphemeralWaiting } from "./ephemeral/ephemeral-waiting.ts";
import type { StoredAccountData } from "./ports.ts";
import type { ReaderTurns } from "./reader-turns.ts";
import { createWaitingDeltas } from "./waiting-deltas.ts";

/** What one subscription was handed since it last looked. */
export interface StreamNews {
	/** The reader is complete up to here. */
	readonly position: number;
	readonly rooms: readonly WireRoomDelta[];
	/** True: too much waited and was thrown away; read the difference from the database. */
	readonly hasOverflowed: boolean;
	/** Account data that was set, oldest first; kept when the rest is thrown away. */
	readonly accountData: readonly StoredAccountData[];
	/** True: something happened in the stream. */
	readonly hasMoved: boolean;
	readonly ephemeral: WireEphemeralItem | undefined;
	/** What of the device's affairs is new; undefined: nothing. */
	readonly device: DeviceNewsFlags | undefined;
}

/** Whose subscription it is. */
export interface StreamReader {
	readonly userId: string;
	readonly sessionId: string;
	/** The page's name for itself, where it gave one. */
	readonly clientId?: string | undefined;
	/** The device whose affairs it wants to know of; absent: of none. */
	readonly deviceId?: string | undefined;
}

/** The waiting room between the follower, which never waits, and one reader, who may be slow. */
export interface StreamSubscriber extends StreamReader {
	/** What its person lets others know, and so what they are told. */
	readonly privacy: WirePrivacy;
	/** False: the page is open, but nobody is looking at it. */
	isActive: boolean;
	push(news: { position: number; rooms: readonly WireRoomDelta[] }): void;
	/** What happened is not to be handed over (too much, or a room entered or left): the reader reads from the database. */
	overflow(position: number): void;
	/** Of two readings of the choices the one from the later position holds. */
	learnPrivacy(privacy: WirePrivacy, position: number): void;
	pushAccountData(data: StoredAccountData): void;
	/** Something is new of the device; without a position what is new took none. */
	pushDeviceNews(flags: DeviceNewsFlags, position?: number): void;
	pushTyping(roomId: string, userIds: readonly string[]): void;
	pushPresence(presence: WirePresence): void;
	/** The next news, all that waits at once; undefined when the subscription has ended. */
	next(): Promise<StreamNews | undefined>;
	end(): void;
}

export interface SubscriberOptions {
	/** The reader is complete up to here. */
	readonly position: number;
	/** When a reader who waits is woken. */
	readonly turns: ReaderTurns;
	/** So many ephemeral news were thrown away. */
	readonly onDropped: (count: number) => void;
}

export const createStreamSubscriber = (
	reader: StreamReader,
	{ position, turns, onDropped }: SubscriberOptions,
): StreamSubscriber => {
	const deltas = createWaitingDeltas();
	const ephemeral = createEphemeralWaiting(onDropped);
	const choices = createChoices();
	let accountData: StoredAccountData[] = [];
	let reached = position;
	let hasMoved = false;
	let device: DeviceNewsFlags | undefined;
	const bell = createBell(turns);
	const take = (): StreamNews => {
		const news = { ...deltas.take(), position: reached, accountData, hasMoved, ephemeral: ephemeral.take(), device };
		accountData = [];
		device = undefined;
		hasMoved = false;
		return news;
	};
	const move = (at: number): void => {
		reached = Math.max(reached, at);
		hasMoved = true;
		bell.ring();
	};
	return {
		...whose(reader),
		isActive: true,
		get privacy() {
			return choices.privacy;
		},
		learnPrivacy: choices.learn,
		overflow: (at) => {
			deltas.drop();
			if (reader.deviceId !== undefined) device = everything;
			move(at);
		},
		push: (news) => {
			deltas.add(news.rooms);
			move(news.position);
		},
		pushAccountData: (data) => {
			accountData.push(data);
			move(data.position);
		},
		pushDeviceNews: (flags, at) => {
			device = { ...device, ...flags };
			at === undefined ? bell.ring() : move(at);
		},
		pushTyping: (...typing) => {
			ephemeral.setTyping(...typing);
			bell.ring();
		},
		pushPresence: (presence) => {
			ephemeral.setPresence(presence);
			bell.ring();
		},
		next: async () => ((await bell.heard()) ? take() : undefined),
		end: bell.end,
	};
};

/** Wakes the one who waits, when it is their turn. */
const createBell = (turns: ReaderTurns) => {
	let hasNews = false;
	let hasEnded = false;
	let wake: (() => void) | undefined;
	let isDue = false;
	return {
		ring: (): void => {
			hasNews = true;
			if (wake === undefined || isDue) return;
			isDue = true;
			turns.take(() => {
				isDue = false;
				wake?.();
			});
		},
		/** Resolves when there is something new; false: it has ended. */
		heard: async (): Promise<boolean> => {
			while (!hasEnded && !hasNews) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
				wake = undefined;
			}
			hasNews = false;
			return !hasEnded;
		},
		end: (): void => {
			hasEnded = true;
			wake?.();
		},
	};
};

const whose = ({ userId, sessionId, clientId, deviceId }: StreamReader): StreamReader => ({
	...{ userId, sessionId, clientId, deviceId },
});

const everything: DeviceNewsFlags = { toDevice: true, lists: true, counts: true };

const createChoices = () => {
	let privacy = openPrivacy;
	let from = -1;
	return {
		get privacy() {
			return privacy;
		},
		learn: (read: WirePrivacy, at: number): void => {
			if (at < from) return;
			privacy = read;
			from = at;
		},
	};
};
