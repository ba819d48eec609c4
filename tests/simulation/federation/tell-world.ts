import { type RoomCopy, readCopy } from "./room-copy.ts";
import type { SharedRoom, World } from "./world.ts";

const verdicts = ["accepted", "rejected", "soft-failed"] as const;

/** Everything that the servers have of the rooms, for whoever looks for the cause of a fault. */
export const tellWorld = async (world: World): Promise<string> => {
	const parts = [`seed ${world.seed}`, ...world.faults];
	for (const room of world.rooms) {
		for (const kith of world.kiths.values()) parts.push(tellCopy(room, kith.name, await readCopy(kith, room.roomId)));
	}
	for (const { name, log } of world.kiths.values()) {
		parts.push(
			`\n== log of ${name}`,
			...log.lines.map((line) => JSON.stringify([line.level, line.message, line.fields])),
		);
	}
	return `${parts.join("\n")}\n`;
};

const tellCopy = ({ roomId, kind }: SharedRoom, server: string, copy: RoomCopy | undefined): string => {
	const title = `\n== ${kind} room ${roomId} at ${server}`;
	if (copy === undefined) return `${title}: not here`;
	const state = new Set(copy.state.values());
	const lines = [...copy.events.values()]
		.toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0))
		.map((event) => {
			const marks = `${verdicts[event.verdict]}${state.has(event.eventId) ? " PRESENT" : ""}${event.isRedacted ? " redacted" : ""}`;
			const what = `${event.type} by ${event.sender} ${event.stateKey ?? ""}`;
			const ties = `prev ${event.prevEvents.map(short).join(" ")} auth ${event.authEvents.map(short).join(" ")}`;
			return `${event.position ?? "outlier"} ${short(event.eventId)} ${marks} ${what} ${JSON.stringify(event.content)} ${ties}`;
		});
	return [title, `ends ${copy.ends.map(short).join(" ")}`, ...lines].join("\n");
};

const short = (eventId: string): string => eventId.slice(0, 7);
