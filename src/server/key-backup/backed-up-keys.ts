import { readBackedUpSession } from "../../../federation/device-keys/backup-data.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../federation/json/canonical-json.ts";
import { getObject, isJsonObject, jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { parseJson } from "../../../federation/json/parse-json.ts";
import { AppError } from "../../shared/app-error.ts";
import type { BackedUpKeyRef, BackupState, KeyBackupStore, KeySelection, NewBackedUpKey } from "./ports.ts";

/** More rooms and years than anybody has; a device that goes wild does not fill the disk. */
const mostKeys = 500_000;
const maxNameLength = 255;

/**
 * Puts keys by room and session into the newest backup. Throws `keys-refused` for what is no key, `too-large`, and
 * `wrong-backup-version` where another device replaced the backup.
 */
export const putKeys = async (
	store: KeyBackupStore,
	userId: UserId,
	{ version, rooms }: { readonly version: number; readonly rooms: JsonObject },
): Promise<BackupState> => {
	const keys = keysIn(rooms);
	const current = await store.find(userId, version);
	if (current !== undefined && current.count + keys.length > mostKeys) throw new AppError("too-large");
	const state = await store.putKeys(userId, version, keys);
	if (state === undefined) throw new AppError("wrong-backup-version", { rule: "DEV-19" });
	return state;
};

/** Some of a backup's keys. */
export interface KeysPage {
	/** By room, in it `sessions` by session, as the client-server API has them. */
	readonly rooms: JsonObject;
	/** Where the next page begins; undefined: this was the last one. */
	readonly next: BackedUpKeyRef | undefined;
}

/** Reads keys of any version that is there. Throws AppError `not-found`. */
export const readKeys = async (
	store: KeyBackupStore,
	userId: UserId,
	query: KeySelection & {
		readonly version: number;
		readonly after: BackedUpKeyRef | undefined;
		readonly limit: number;
	},
): Promise<KeysPage> => {
	if ((await store.find(userId, query.version)) === undefined) throw new AppError("not-found");
	const found = await store.keys(userId, query.version, query);
	const rooms = new Map<string, [string, JsonObject][]>();
	for (const { roomId, sessionId, json } of found) {
		const parsed = parseJson(json);
		if (parsed.kind !== "ok") throw new Error("stored JSON is none");
		const sessions = rooms.get(roomId) ?? [];
		rooms.set(roomId, sessions);
		sessions.push([sessionId, parsed.value as JsonObject]);
	}
	const last = found.at(-1);
	return {
		rooms: jsonObject([...rooms].map(([roomId, keys]) => [roomId, jsonObject([["sessions", jsonObject(keys)]])])),
		next: found.length < query.limit || last === undefined ? undefined : last,
	};
};

const keysIn = (rooms: JsonObject): readonly NewBackedUpKey[] =>
	Object.keys(rooms).flatMap((roomId) => {
		const sessions = getObject(getObject(rooms, roomId) ?? jsonObject(), "sessions") ?? jsonObject();
		return Object.entries(sessions).map(([sessionId, value]) => {
			const session = isJsonObject(value) ? readBackedUpSession(value) : undefined;
			const isNamed = [roomId, sessionId].every((name) => name.length <= maxNameLength && !name.includes("\u0000"));
			if (session === undefined || !isNamed) throw new AppError("keys-refused", { rule: "DEV-09" });
			const { json, ...rank } = session;
			return { roomId, sessionId, ...rank, json: encodeCanonicalJson(json) };
		});
	});
