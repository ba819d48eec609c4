import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { backoffMs } from "../../../../federation/transport/backoff.ts";
import { isAppError } from "../../../shared/app-error.ts";
import { createWaker } from "../../../shared/waker.ts";
import { abortablePeers, abortableStreams } from "../abortable-peers.ts";
import { completeRoom } from "./complete-room.ts";
import type { MembersDependencies } from "./members-dependencies.ts";
import type { ArrivingRoom } from "./ports.ts";

/** Brings the memberships of rooms that were joined without them; one process of a database does it at a time. */
export interface ArrivingWork {
	/** Works until the signal; what is under way is ended first. */
	run(signal: AbortSignal): Promise<void>;
	/** A room may have been joined. */
	wake(): void;
}

/** As long as this process is the one that works. */
interface Turn extends Pick<MembersDependencies, "peers" | "streams"> {
	readonly signal: AbortSignal;
}

const roomsAtOnce = 2;
const longestSleepMs = 5_000;
const retryShape = { firstMs: 5_000, longestMs: 3_600_000 };

export const createArrivingWork = (dependencies: MembersDependencies): ArrivingWork => {
	const { arriving, clock, random, log } = dependencies;
	const waker = createWaker();
	const underWay = new Map<RoomId, Promise<void>>();
	const complete = async (room: ArrivingRoom, { signal, ...ways }: Turn): Promise<void> => {
		const completion = await completeRoom({ ...dependencies, ...ways }, room.roomId);
		if (signal.aborted || completion.kind !== "failed") return;
		const { server: peer, rule, detail } = completion;
		log.warn(
			{ peer, room: room.roomId, rule, detail },
			"the members of a room could not be had; they are asked for again",
		);
		const at = clock.now() + backoffMs(room.attempts + 1, retryShape, random());
		await arriving.failed(room.roomNid, { at, lastError: detail });
	};
	const start = (room: ArrivingRoom, turn: Turn): void => {
		const work = complete(room, turn)
			.catch(async (err: unknown) => {
				log.warn({ err, room: room.roomId }, "the members of a room could not be brought");
				if (isAppError(err)) return;
				const at = clock.now() + backoffMs(room.attempts + 1, retryShape, random());
				await arriving.failed(room.roomNid, { at, lastError: "they could not be stored" });
			})
			.catch(() => undefined)
			.finally(() => {
				underWay.delete(room.roomId);
				waker.wake();
			});
		underWay.set(room.roomId, work);
	};
	const step = async (turn: Turn): Promise<void> => {
		const due = await arriving.due(clock.now(), roomsAtOnce + underWay.size);
		for (const room of due) {
			if (underWay.size < roomsAtOnce && !underWay.has(room.roomId)) start(room, turn);
		}
	};
	return {
		wake: waker.wake,
		run: async (signal) => {
			// Once for all rooms and attempts: whoever waits for the signal does so until it comes.
			const turn = {
				signal,
				peers: abortablePeers(dependencies.peers, signal),
				streams: abortableStreams(dependencies.streams, signal),
			};
			while (!signal.aborted) {
				await step(turn).catch((err: unknown) =>
					log.warn({ err }, "rooms whose members arrive could not be looked up"),
				);
				await waker.sleep(longestSleepMs, signal);
			}
			await Promise.all(underWay.values());
		},
	};
};
