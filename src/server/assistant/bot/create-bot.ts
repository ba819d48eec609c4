import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError, isAppError } from "../../../shared/app-error.ts";
import { createWaker } from "../../../shared/waker.ts";
import type { Leadership, LeadershipBid } from "../../federation/public.ts";
import type { BotAreas, StoredBot } from "./bot-ports.ts";
import { type LifeGround, live } from "./live.ts";

export interface BotOptions extends Omit<LifeGround, "areas"> {
	/** Asked for when there is something to do: they are built after this. */
	readonly areas: () => BotAreas & {
		readonly accounts: BotAreas["accounts"] & SwitchedAccounts;
		readonly rooms: LeftRooms;
	};
	readonly leadership: Leadership;
	/** False: there is no model, and so no assistant. */
	readonly isPossible: boolean;
	/** How it shows itself. */
	readonly displayName: string;
}

interface SwitchedAccounts {
	readonly operator: {
		disableAccount(name: string): Promise<unknown>;
		enableAccount(name: string): Promise<unknown>;
	};
}

interface LeftRooms {
	leaveAll(userId: UserId): Promise<void>;
}

/** Names that it takes, the first that is free. */
const localparts = ["assistant", "assistant-bot", "kith-assistant", "kith-assistant-bot"];
/** How often it is looked whether there is one to run, where nobody said so. */
const lookMs = 5_000;
const longestPauseMs = 60_000;

/** The assistant as a member of rooms: one account, run by one process at a time. */
export const createBot = (options: BotOptions) => {
	const { store, leadership, isPossible } = options;
	let bid: LeadershipBid | undefined;
	const waker = createWaker();
	const running = async (): Promise<StoredBot | undefined> => {
		const bot = isPossible ? await store.find() : undefined;
		if (bot === undefined || (await options.areas().accounts.bot.isDisabled(bot.userId))) return undefined;
		return bot;
	};
	const run = async (signal: AbortSignal): Promise<void> => {
		for (let failures = 0; !signal.aborted; ) {
			const bot = await running().catch(() => undefined);
			if (bot === undefined) {
				await waker.sleep(lookMs, signal);
				continue;
			}
			try {
				await live({ ...options, areas: options.areas() }, bot, signal);
				failures = 0;
			} catch (err) {
				failures += 1;
				options.log.warn({ err }, "the assistant as a member was interrupted");
			}
			if (!signal.aborted) await waker.sleep(Math.min(1_000 * 2 ** failures, longestPauseMs), signal);
		}
	};
	return {
		start: (): void => {
			if (isPossible) bid = leadership.lead(run);
		},
		stop: async (): Promise<void> => bid?.stop(),
		/** Whose account it is, while it is switched on. */
		userId: async (): Promise<UserId | undefined> => (await running())?.userId,
		/** For the owner. */
		state: async () => {
			const known = isPossible ? await store.find() : undefined;
			const userId = (await running())?.userId;
			return {
				...{ isPossible, isOn: userId !== undefined, userId: known?.userId },
				roomCount: userId === undefined ? 0 : (await store.rooms()).length,
			};
		},
		/** For the owner: makes its account, or switches it on again. Throws `assistant-missing`, `username-taken`. */
		switchOn: async (): Promise<void> => {
			if (!isPossible) throw new AppError("assistant-missing");
			const { accounts } = options.areas();
			const known = await store.find();
			if (known !== undefined) await accounts.operator.enableAccount(known.userId);
			else await store.add(await accounts.bot.add({ localparts, displayName: options.displayName }));
			waker.wake();
		},
		/** For the owner: it leaves every room and does nothing any more. Its account stays. */
		switchOff: async (): Promise<void> => {
			const known = await store.find();
			if (known === undefined) return;
			const { accounts, rooms } = options.areas();
			await accounts.operator.disableAccount(known.userId);
			await rooms.leaveAll(known.userId);
			for (const { roomId } of await store.rooms()) await store.forgetRoom(roomId);
		},
		/** Asks it into a room, in the name of somebody who decides about it there. Throws `assistant-missing`, and as inviting does. */
		invite: async (userId: UserId, roomId: RoomId): Promise<void> => {
			const bot = await running();
			if (bot === undefined) throw new AppError("assistant-missing");
			try {
				await options.areas().rooms.invite({ userId, roomId, targetId: bot.userId });
			} catch (error) {
				if (!isAppError(error) || error.code !== "already-member") throw error;
			}
		},
	};
};

export type Bot = ReturnType<typeof createBot>;
