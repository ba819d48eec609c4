/**
 * Looks after the machine while it works. A call that trapped, or that never settles, is the end of it: encrypting on a session
 * that is too old leaves a promise open for ever, and so does a store that stopped answering. Whatever waits for such a call,
 * here or in a page, is told, and what was asked is asked again of the next machine over the same store.
 */
import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import { storeFailureIn } from "./store-failure.ts";

/** It was given all the time that a call of its kind may take, and did not end. */
export class Hung extends Error {}

/** What no answer of the machine's will come after. */
export const isEnd = (error: unknown): boolean => error instanceof Hung || error instanceof WebAssembly.RuntimeError;

interface WatchParts {
	readonly later: (callback: () => void, delayMs: number) => () => void;
	/** The machine is no more, for this reason. May be called again. */
	readonly onEnd: (error: unknown) => void;
}

interface UnderWay {
	readonly name: string;
	readonly limit: number;
	age: number;
	readonly giveUp: () => void;
}

/** Time is counted in steps: one in which the device slept is a step like any other. */
const stepMs = 5_000;
const inSteps = (minutes: number): number => (minutes * 60_000) / stepMs;

/** Far beyond what a slow phone needs. */
const ordinaryLimit = inSteps(1);
const limits: Partial<Record<keyof OlmMachine, number>> = {
	// It waits five seconds for each person whose devices it does not know.
	getMissingSessions: inSteps(5),
	// Thousands of devices at once.
	shareRoomKey: inSteps(5),
	markRequestAsSent: inSteps(5),
	receiveSyncChanges: inSteps(5),
	receiveSyncChangesMsc4186: inSteps(5),
	// Every key there is.
	importBackedUpRoomKeys: inSteps(30),
	importRoomKeys: inSteps(30),
	importExportedRoomKeys: inSteps(30),
	exportRoomKeys: inSteps(30),
	backupRoomKeys: inSteps(5),
	// All that a room ever had.
	buildRoomKeyBundle: inSteps(30),
	receiveRoomKeyBundle: inSteps(30),
};

export interface WatchedMachine<Machine> {
	/** The machine, whose calls settle in any case. */
	readonly machine: Machine;
	/** Closes it once no call is under way: closed under one it takes the memory of the whole module with it. */
	close(): void;
}

export const watchMachine = <Machine extends { close(): void }>(
	machine: Machine,
	{ later, onEnd }: WatchParts,
): WatchedMachine<Machine> => {
	const underWay = new Set<UnderWay>();
	let isClosing = false;
	let isClosed = false;
	const closeWhenQuiet = (): void => {
		if (!isClosing || underWay.size > 0) return;
		later(() => {
			if (isClosed || underWay.size > 0) return;
			isClosed = true;
			machine.close();
		}, 0);
	};
	const settled = (call: UnderWay): void => {
		underWay.delete(call);
		closeWhenQuiet();
	};
	let isCounting = false;
	const count = (): void => {
		isCounting = underWay.size > 0;
		if (!isCounting) return;
		for (const call of underWay) call.age += 1;
		// A call of a longer kind may rightly hold up the others.
		const isHeldUp = (late: UnderWay): boolean =>
			[...underWay].some(({ limit, age }) => limit > late.limit && age <= limit);
		for (const call of [...underWay]) if (call.age > call.limit && !isHeldUp(call)) call.giveUp();
		later(count, stepMs);
	};
	const settling = (name: string, result: Promise<unknown>): Promise<unknown> =>
		new Promise((resolve, reject) => {
			const end = (error: unknown): void => {
				settled(call);
				if (isEnd(error) || storeFailureIn(error) !== undefined) onEnd(error);
				reject(error);
			};
			const limit = limits[name as keyof OlmMachine] ?? ordinaryLimit;
			const call: UnderWay = { name, limit, age: 0, giveUp: () => end(new Hung(`${name} does not end`)) };
			underWay.add(call);
			result.then((value) => {
				settled(call);
				resolve(value);
			}, end);
			if (isCounting) return;
			isCounting = true;
			later(count, stepMs);
		});
	const watched = new Proxy(machine, {
		get: (target, name) => {
			const member: unknown = Reflect.get(target, name, target);
			if (typeof member !== "function") return member;
			return (...inputs: unknown[]) => {
				// Refused by the module itself it would be an exception through its stack, which never gets that part back.
				if (isClosed) throw new Error("the machine is closed");
				const result: unknown = Reflect.apply(member, target, inputs);
				return result instanceof Promise ? settling(String(name), result) : result;
			};
		},
		set: (target, name, value) => Reflect.set(target, name, value, target),
	});
	return {
		machine: watched,
		close: () => {
			isClosing = true;
			closeWhenQuiet();
		},
	};
};
