/**
 * Hands the machine what was sent to the device. A message over which the machine ends must not end every machine that comes
 * after it: what goes in is put down first, so the next engine knows what the last one ended over, takes those one by one,
 * and lets go of the one that did it again. Only then it is acknowledged, and counted.
 */
import { DeviceLists, type OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoInput } from "../crypto-message.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { partMessages } from "./part-messages.ts";
import { isEnd } from "./watch-machine.ts";

type News = CryptoInput<"receive">["news"];
export type DeviceMessage = News["toDevice"][number];
type IntakeMemory = Pick<
	EngineMemory,
	"toDevicePosition" | "setToDevicePosition" | "intake" | "setIntake" | "noteSetAside"
>;

interface TakeParts {
	readonly machine: Pick<OlmMachine, "receiveSyncChangesMsc4186">;
	readonly memory: IntakeMemory;
}

/** A browser that was closed in the middle looks the same: by chance it is hardly the same message twice over. */
const mostTries = 2;

/** Takes messages in, in their order; what is left over may go in with the rest of the news. */
export const createIntake = ({ machine, memory }: TakeParts) => {
	/** How far messages went in one by one, since an engine had ended over some of them. */
	const takeSuspects = async (messages: readonly DeviceMessage[]): Promise<number> => {
		const intake = await memory.intake();
		if (intake === undefined) return 0;
		const suspects = messages.filter(({ position }) => !isBehind(position, intake.upTo));
		for (const message of suspects) {
			const { position } = message;
			const tries = intake.alone?.position === position ? intake.alone.tries : 0;
			if (tries >= mostTries) await memory.noteSetAside();
			else {
				await memory.setIntake({ upTo: intake.upTo, alone: { position, tries: tries + 1 } });
				await settled(memory, hand(machine, [message]));
			}
			await memory.setToDevicePosition(position);
		}
		await memory.setIntake(undefined);
		return suspects.length;
	};
	return {
		/** Hands in all messages but the last part, which `take` is given to hand in with whatever else there is. */
		handIn: async (
			messages: readonly DeviceMessage[],
			take: (part: readonly DeviceMessage[]) => Promise<void>,
		): Promise<void> => {
			const rest = messages.slice(messages.length === 0 ? 0 : await takeSuspects(messages));
			const last = rest.at(-1);
			if (last !== undefined) await memory.setIntake({ upTo: last.position });
			const parts = partMessages(rest);
			const work = async (): Promise<void> => {
				for (const part of parts.slice(0, -1)) await hand(machine, part);
				await take(parts.at(-1) ?? []);
			};
			await settled(memory, work());
			if (last !== undefined) await memory.setIntake(undefined);
		},
	};
};

/** As the machine wants them. */
export const toMachine = (messages: readonly DeviceMessage[]): string =>
	JSON.stringify(messages.map(({ sender, type, content }) => ({ sender, type, content })));

/** Nothing is said of one-time keys by it: they are as they were. */
const hand = async (machine: TakeParts["machine"], part: readonly DeviceMessage[]): Promise<void> => {
	const taken = await machine.receiveSyncChangesMsc4186(toMachine(part), new DeviceLists(), new Map());
	for (const event of taken) event.free();
};

/** What the machine refused while it goes on was nobody's end. */
const settled = async (memory: IntakeMemory, work: Promise<void>): Promise<void> => {
	try {
		await work;
	} catch (error) {
		if (!isEnd(error)) await memory.setIntake(undefined).catch(() => undefined);
		throw error;
	}
};

export const isBehind = (position: string, other: string): boolean => BigInt(position) > BigInt(other);
