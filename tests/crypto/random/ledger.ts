import type { EncryptedEvent, WorldDevice } from "../world/world-device.ts";
import type { Person } from "./person.ts";

/** Whether a device is to read a message; `open`: what its server knew at that moment is not known. */
type Claim = "must" | "never" | "open";

interface Said {
	readonly writer: Person;
	readonly event: EncryptedEvent;
	readonly body: string;
	readonly claims: ReadonlyMap<string, Claim>;
}

interface Saying {
	readonly event: EncryptedEvent;
	readonly body: string;
	readonly person: Person;
	readonly people: readonly Person[];
	/** The servers did not reach each other. */
	readonly isCut: boolean;
}

/** Who is to read what: written while it happens, and held against what the devices read in the end. */
export interface Ledger {
	/** Asked to come. They are meant by what is said, but who speaks does not hear of devices that they add meanwhile. */
	invited(person: Person, roomId: string): void;
	entered(person: Person, roomId: string): void;
	left(person: Person, roomId: string): void;
	membership(person: Person, roomId: string): "join" | "invite" | undefined;
	/** A device that other servers may not have heard of yet. */
	changedDevices(device: WorldDevice): void;
	/** From now on every server knows what happened until now. */
	settled(): void;
	say(saying: Saying): void;
	said(): number;
	compare(people: readonly Person[]): Promise<{ readonly faults: readonly string[]; readonly readings: number }>;
}

const nameOf = ({ userId, deviceId }: Pick<WorldDevice, "userId" | "deviceId">): string => `${userId} ${deviceId}`;

export const createLedger = (roomIds: readonly string[]): Ledger => {
	const members = new Map(roomIds.map((roomId) => [roomId, new Map<string, "join" | "invite">()]));
	/** What happened since the servers last agreed: devices, and people in rooms. */
	const fresh = new Set<string>();
	const said: Said[] = [];
	const membership = ({ userId }: Person, roomId: string) => members.get(roomId)?.get(userId);
	const claimOf = ({ event, person, isCut }: Saying, reader: Person, device: WorldDevice): Claim => {
		const isHere = reader.server === person.server;
		const isKnown = isHere || !(fresh.has(nameOf(device)) || fresh.has(`${event.roomId} ${reader.userId}`));
		const standing = membership(reader, event.roomId);
		if (!isKnown || standing === "invite" || (!isHere && isCut)) return "open";
		return standing === "join" ? "must" : "never";
	};
	return {
		membership,
		invited: ({ userId }, roomId) => {
			members.get(roomId)?.set(userId, "invite");
			fresh.add(`${roomId} ${userId}`);
		},
		entered: ({ userId }, roomId) => {
			members.get(roomId)?.set(userId, "join");
			fresh.add(`${roomId} ${userId}`);
		},
		left: ({ userId }, roomId) => {
			members.get(roomId)?.delete(userId);
			fresh.add(`${roomId} ${userId}`);
		},
		changedDevices: (device) => void fresh.add(nameOf(device)),
		settled: () => fresh.clear(),
		said: () => said.length,
		say: (saying) => {
			const claims = new Map<string, Claim>();
			for (const reader of saying.people) {
				for (const { device } of reader.devices) claims.set(nameOf(device), claimOf(saying, reader, device));
			}
			said.push({ writer: saying.person, event: saying.event, body: saying.body, claims });
		},
		compare: async (people) => {
			const faults: string[] = [];
			let readings = 0;
			/** Servers tell nobody's devices to servers that they share no room with: who wrote something can't be made sure of. */
			const isFar = (writer: Person, reader: Person): boolean =>
				writer.server !== reader.server &&
				!roomIds.some((roomId) => {
					const isHere = people.some((one) => one.server === reader.server && membership(one, roomId) === "join");
					return isHere && membership(writer, roomId) === "join";
				});
			for (const { reader, device } of people.flatMap((one) => one.devices.map((live) => ({ ...live, reader: one })))) {
				const name = nameOf(device);
				for (const { writer, event, body, claims } of said) {
					// A device that was not there yet has no part in it.
					const given = claims.get(name) ?? "never";
					const claim = given === "must" && isFar(writer, reader) ? "open" : given;
					const read = await device.open(event).catch(whyNot);
					const isRead = read === body;
					const isRight = claim === "open" || isRead === (claim === "must");
					if (!isRight)
						faults.push(`${name} (${device.kind}) reads "${read}" where ${event.sender} said "${body}": it ${claim}`);
					if (isRead) readings += 1;
				}
			}
			return { faults, readings };
		},
	};
};

const whyNot = (error: { description?: string; message?: string }): string =>
	error.description ?? error.message ?? String(error);
