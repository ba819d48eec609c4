import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { createWaker } from "../../../shared/waker.ts";
import { abortablePeers, abortableStreams } from "../abortable-peers.ts";
import { fillGap, type GapFilling } from "./fill-gap.ts";
import { lacksPeopleOnly } from "./lacks-people-only.ts";
import type { WaitingPdu } from "./ports.ts";
import type { ReceivedWorkDependencies } from "./received-work-dependencies.ts";
import { createRoomBudget, type RoomBudget } from "./room-budget.ts";
import { createSettler, pduOf } from "./settle-received.ts";

/** Checks the PDUs that wait; one process of a database does it at a time. */
export interface ReceivedWork {
	/** Works until the signal; what is under way is ended first. */
	run(signal: AbortSignal): Promise<void>;
	/** Some may wait. */
	wake(): void;
}

const takenAtOnce = 1_000;
const takenOfRoom = 50;
/** Rooms in which gaps are filled at the same time, and those of one server among them. */
const maxRooms = 8;
const maxRoomsOfPeer = 2;
const gapsPerHour = 60;
/** While members arrive, each of them who writes is asked for once. */
const peoplePerHour = 1_000;
const longestSleepMs = 5_000;

export const createReceivedWork = (dependencies: ReceivedWorkDependencies): ReceivedWork => {
	const { transactions, clock, log } = dependencies;
	const waker = createWaker();
	const budgets = { gaps: createRoomBudget(gapsPerHour, clock), people: createRoomBudget(peoplePerHour, clock) };
	const settle = createSettler(dependencies);
	/** Rooms where something is lacking, by who sent it; those under way have a task. */
	const lacking = new Map<RoomId, { readonly peer: ServerName; task: Promise<void> | undefined }>();

	const workOnRoom = async (roomId: RoomId, { signal, ...ways }: Turn): Promise<void> => {
		while (!signal.aborted) {
			const due = await transactions.due({ now: clock.now(), limit: takenOfRoom, roomId });
			if (due.length === 0) return;
			let left = await settle.all(due);
			for (let [first, ...others] = left; first !== undefined && !signal.aborted; [first, ...others] = left) {
				const filling = await fill({ ...dependencies, ...ways }, budgets, first);
				if (signal.aborted) return;
				const isIn = await settle.filled(first, filling);
				left = isIn ? await settle.all(others) : others;
			}
		}
	};
	const startRooms = (turn: Turn): void => {
		for (const [roomId, room] of lacking) {
			const running = [...lacking.values()].filter(({ task }) => task !== undefined);
			const ofPeer = running.filter(({ peer }) => peer === room.peer).length;
			if (running.length >= maxRooms || room.task !== undefined || ofPeer >= maxRoomsOfPeer) continue;
			room.task = workOnRoom(roomId, turn)
				.catch((err: unknown) => log.warn({ err, room: roomId }, "a gap in a room could not be worked on"))
				.then(() => {
					lacking.delete(roomId);
					waker.wake();
				});
		}
	};
	const step = async (): Promise<boolean> => {
		const query = { now: clock.now(), limit: takenAtOnce, withoutRooms: [...lacking.keys()] };
		const due = await transactions.due(query);
		for (const { roomId, origin } of await settle.all(due)) {
			if (!lacking.has(roomId)) lacking.set(roomId, { peer: origin, task: undefined });
		}
		return due.length > 0;
	};
	return {
		wake: waker.wake,
		run: async (signal) => {
			const turn = {
				signal,
				peers: abortablePeers(dependencies.peers, signal),
				streams: abortableStreams(dependencies.streams, signal),
			};
			while (!signal.aborted) {
				const hasWorked = await step().catch((err: unknown) => {
					log.warn({ err }, "received events could not be worked on");
					return false;
				});
				startRooms(turn);
				if (!hasWorked) await waker.sleep(longestSleepMs, signal);
			}
			await Promise.all([...lacking.values()].map(({ task }) => task));
		},
	};
};

/** As long as this process is the one that works. */
interface Turn extends Pick<ReceivedWorkDependencies, "peers" | "streams"> {
	readonly signal: AbortSignal;
}

const fill = async (
	dependencies: ReceivedWorkDependencies,
	{ gaps, people }: { readonly gaps: RoomBudget; readonly people: RoomBudget },
	waiting: WaitingPdu,
): Promise<GapFilling> => {
	const isOfPeople = await lacksPeopleOnly(dependencies.graph, waiting);
	return (isOfPeople ? people : gaps).take(waiting.roomId)
		? fillGap(dependencies, { ...waiting, pdu: pduOf(waiting) })
		: { kind: "unfilled", detail: "too many gaps in the room this hour", isTransient: true };
};
