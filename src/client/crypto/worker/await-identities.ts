/**
 * People who have just signed up have keys a moment before somebody vouches for them, and a device that nobody vouches for
 * is given no key. What is sealed in that moment they could never read, so whoever writes first waits for it. Who has no device
 * at all may be about to have one, or be away for months: for them the wait is short, and whoever invited them hands the keys
 * on when there is one.
 */
import { type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { OutgoingLoop } from "./outgoing-loop.ts";
import { unlessBroken } from "./unless-broken.ts";

type IdentityMachine = Pick<OlmMachine, "getUserDevices" | "queryKeysForUsers">;

interface AwaitParts {
	readonly machine: IdentityMachine;
	readonly loop: Pick<OutgoingLoop, "send">;
	readonly later: (callback: () => void, delayMs: number) => () => void;
}

const mostLooks = 8;
/** For somebody without a device. */
const fewLooks = 2;
const pauseMs = 1_000;
/** In a larger room somebody without an identity is nothing that the others should wait for. */
const mostPeople = 50;

export const createIdentityWait = ({ machine, loop, later }: AwaitParts) => {
	/** Those who are ready, and those for whom was waited in vain: nobody is waited for twice. */
	const settled = new Set<string>();
	const pause = (): Promise<void> =>
		new Promise((resolve) => {
			later(resolve, pauseMs);
		});
	/** Those who have no device that they vouch for, and for whom it is still worth waiting. */
	const unready = async (userIds: readonly string[], look: number): Promise<readonly string[]> => {
		const found: string[] = [];
		for (const userId of userIds) {
			if (settled.has(userId)) continue;
			const devices = await devicesOf(machine, userId);
			const isHopeless = look >= (devices.length > 0 ? mostLooks : fewLooks);
			if (devices.some(Boolean) || isHopeless) settled.add(userId);
			else found.push(userId);
		}
		return found;
	};
	return {
		/** Ends once everybody who is about to be ready is. */
		wait: async (userIds: readonly string[]): Promise<void> => {
			if (userIds.length > mostPeople) return;
			let awaited = await unready(userIds, 0);
			for (let look = 1; awaited.length > 0; look += 1) {
				await pause();
				const query = machine.queryKeysForUsers(awaited.map((userId) => new UserId(userId)));
				// Another server may take its time; what it answers later counts for the next message.
				await Promise.race([loop.send(query).catch(unlessBroken), pause()]);
				awaited = await unready(awaited, look);
			}
		},
	};
};

/** Of each device whether its person vouches for it. */
const devicesOf = async (machine: IdentityMachine, userId: string): Promise<readonly boolean[]> => {
	using devices = await machine.getUserDevices(new UserId(userId));
	return devices.devices().map((device) => {
		const isVouchedFor = device.isCrossSignedByOwner();
		device.free();
		return isVouchedFor;
	});
};
