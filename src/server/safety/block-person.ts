import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { Log } from "../../shared/log.ts";
import type { SafetyStore } from "./ports.ts";

export interface BlockDependencies {
	readonly store: SafetyStore;
	readonly clock: { now(): number };
	/** Turns an invitation down. */
	decline(invitation: { readonly userId: UserId; readonly roomId: RoomId }): Promise<void>;
	readonly log: Log;
}

/** More than anybody keeps in mind; whoever is flooded asks the owner to block a server. */
const mostBlocked = 1_000;
/** Invitations that are turned down at the same time. */
const atOnce = 8;

/**
 * No invitation of that person arrives any more, and those that wait are turned down. Blocking again is success, and
 * turns down what was left over. Throws `bad-input` for oneself, `too-large` beyond a thousand people.
 */
export const blockPerson = async (
	{ store, clock, decline, log }: BlockDependencies,
	{ userId, blockedId }: { readonly userId: UserId; readonly blockedId: UserId },
): Promise<void> => {
	if (userId === blockedId) throw new AppError("bad-input", { detail: "oneself" });
	if (!(await store.block({ userId, blockedId, at: clock.now() }, mostBlocked))) throw new AppError("too-large");
	const waiting = (await store.invitationsFrom(blockedId, userId)).values();
	const work = async (): Promise<void> => {
		for (const roomId of waiting) {
			// It is out of sight already: what blocking promises does not hang on a room that cannot be told.
			await decline({ userId, roomId }).catch((err: unknown) =>
				log.warn({ err, room: roomId }, "an invitation of somebody blocked could not be turned down"),
			);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
};
