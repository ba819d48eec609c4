import type { RoomId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { WireDigest } from "../../../../shared/wire/assistant.ts";
import type { Assistant } from "../../create-assistant.ts";
import type { Clock } from "../../ports.ts";
import type { BotStore } from "../bot-ports.ts";
import { digestSpanMs, isDigestDue } from "./digest-due.ts";
import { readRoomChoice } from "./room-choice.ts";
import { tellDigest } from "./tell-digest.ts";
import type { Workplace } from "./workplace.ts";

interface DigestParts {
	readonly place: Workplace;
	readonly assistant: Assistant;
	readonly store: Pick<BotStore, "rooms" | "noteDigest">;
	readonly clock: Clock;
	/** What stands in the rooms that it is in about what it is to do there. */
	chosen(): ReadonlyMap<RoomId, Readonly<Record<string, unknown>>>;
}

const lookMs = 60_000;

/** Tells what happened in rooms whose administrators want it, when its hour has come. */
export const createDigests = ({ place, assistant, store, clock, chosen }: DigestParts) => {
	const tell = async (roomId: RoomId, lastAt: number | undefined): Promise<void> => {
		const scene = await place.sceneOf(roomId);
		const digest = scene?.choice.digest;
		const now = clock.now();
		if (scene === undefined || digest === undefined || !isDigestDue(digest, { now, lastAt })) return;
		// Noted first: one that breaks off is not told twice.
		await store.noteDigest(roomId, now);
		const messages = messagesSince(place, { roomId, digest, lastAt, now });
		const { ownId, signal } = place;
		const of = { roomId, ownId, signal, messages, names: scene.names, language: scene.choice.language };
		const words = await tellDigest(assistant, of, digest.every);
		if (words !== undefined) await place.speak(roomId, words);
	};
	const lookAll = async (): Promise<void> => {
		const lastAt = new Map((await store.rooms()).map(({ roomId, digestAt }) => [roomId, digestAt]));
		for (const [roomId, content] of chosen()) {
			const { digest } = readRoomChoice(content);
			const isDue = digest !== undefined && isDigestDue(digest, { now: clock.now(), lastAt: lastAt.get(roomId) });
			if (isDue) place.inTurn(roomId, () => tell(roomId, lastAt.get(roomId)));
		}
	};
	const look = (): void => void lookAll().catch(() => undefined);
	const timer = setInterval(look, lookMs);
	timer.unref();
	return { look, stop: (): void => clearInterval(timer) };
};

const messagesSince = (
	{ seen }: Workplace,
	{
		roomId,
		digest,
		lastAt = 0,
		now,
	}: {
		readonly roomId: RoomId;
		readonly digest: WireDigest;
		readonly lastAt: number | undefined;
		readonly now: number;
	},
) => {
	const from = Math.max(lastAt, now - digestSpanMs(digest));
	return seen.of(roomId).filter(({ at }) => at > from);
};
