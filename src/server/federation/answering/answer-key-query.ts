import { badJson } from "../../../../federation/handshakes/refusal.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseServerName } from "../../../../federation/identifiers/server-name.ts";
import { getInteger, getObject, isJsonObject, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../../../federation/json/json-value.ts";
import type { Signer } from "../../../../federation/ports/signer.ts";
import { signJson } from "../../../../federation/signing/sign-json.ts";
import type { KeyDocuments } from "../keys/create-server-keys.ts";
import type { Answer } from "./answering-dependencies.ts";

/** Servers in one question; whoever has more asks again. */
const mostServers = 30;

export interface KeyQueryDependencies {
	readonly documents: KeyDocuments;
	readonly signer: Signer;
	readonly clock: { now(): number };
}

/** A server whose keys are wanted, good until at least a time in milliseconds. */
interface WantedServer {
	readonly server: ServerName;
	readonly until: number;
}

/**
 * Says as a notary which keys other servers publish: their documents as they signed them, with this server's signature
 * added. Servers that never gave theirs are left out. Matrix v1.19 Server-Server API, "Querying Keys Through Another Server".
 */
export const answerKeyQuery = async (dependencies: KeyQueryDependencies, content: JsonObject): Promise<Answer> => {
	const asked = getObject(content, "server_keys");
	if (asked === undefined) return badJson("server_keys is missing");
	const now = dependencies.clock.now();
	const wanted = Object.entries(asked)
		.slice(0, mostServers)
		.flatMap(([name, criteria]): WantedServer[] => {
			const server = parseServerName(name);
			if (server === undefined || !isJsonObject(criteria)) return [];
			return [{ server, until: Math.max(now, ...Object.values(criteria).map(untilIn)) }];
		});
	return notarize(dependencies, wanted);
};

/** The same for one server, as `GET /query/{serverName}` asks. */
export const answerKeyQueryOf = async (
	dependencies: KeyQueryDependencies,
	asked: { readonly serverName: string; readonly minimumValidUntil: string | null },
): Promise<Answer> => {
	const server = parseServerName(asked.serverName);
	const until = /^\d{1,15}$/.test(asked.minimumValidUntil ?? "") ? Number(asked.minimumValidUntil) : 0;
	const wanted = server === undefined ? [] : [{ server, until: Math.max(until, dependencies.clock.now()) }];
	return notarize(dependencies, wanted);
};

const untilIn = (criterion: JsonValue | undefined): number =>
	isJsonObject(criterion) ? (getInteger(criterion, "minimum_valid_until_ts") ?? 0) : 0;

const notarize = async (
	{ documents, signer }: KeyQueryDependencies,
	wanted: readonly WantedServer[],
): Promise<Answer> => {
	const found = await Promise.all(wanted.map(({ server, until }) => documents.documentOf(server, until)));
	const signed = found.flatMap((document) => (document === undefined ? [] : [signJson(document, signer)]));
	return { kind: "answered", content: jsonObject([["server_keys", signed]]) };
};
