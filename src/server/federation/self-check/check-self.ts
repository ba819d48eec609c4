import { getObject, getString } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { NameResolution, PeerRoute } from "../../../../federation/ports/name-resolver.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";

/** This server's name and machine as another server would come upon them. */
export interface SelfLook {
	resolve(): Promise<NameResolution>;
	/** Asks whoever answers along the route for the document of its keys. */
	askForKeys(route: PeerRoute): Promise<PeerAnswer>;
}

/** One thing that others depend on. */
export interface SelfCheck {
	readonly id: "name" | "reachable" | "certificate" | "key";
	readonly outcome: "ok" | "failed" | "unknown";
	/** An address or a reason, in words. */
	readonly detail?: string;
}

/**
 * Goes the way that another server goes to this one: its name, whoever answers there, the certificate, the key. What
 * comes after a step that failed is not known.
 */
export const checkSelf = async (look: SelfLook, ownDocument: JsonObject): Promise<readonly SelfCheck[]> => {
	const resolution = await look.resolve();
	if (resolution.kind === "unresolved") {
		return inOrder({ id: "name", outcome: "failed", detail: resolution.detail });
	}
	const { route } = resolution;
	const name: SelfCheck = { id: "name", outcome: "ok", detail: addressesOf(route) };
	const answer = await look.askForKeys(route);
	if (answer.kind === "unreachable") return inOrder(...afterSilence(answer), name);
	const reached: readonly SelfCheck[] = [
		name,
		{ id: "reachable", outcome: "ok" },
		{ id: "certificate", outcome: "ok", detail: route.certificateName },
	];
	const isOurs = answer.kind === "answered" && isSameServer(answer.content, ownDocument);
	return inOrder(...reached, { id: "key", outcome: isOurs ? "ok" : "failed" });
};

const afterSilence = ({ reason, detail }: Extract<PeerAnswer, { kind: "unreachable" }>): readonly SelfCheck[] => {
	if (reason === "certificate") {
		return [
			{ id: "reachable", outcome: "ok" },
			{ id: "certificate", outcome: "failed", detail },
		];
	}
	if (reason === "malformedAnswer") {
		return [
			{ id: "reachable", outcome: "ok" },
			{ id: "certificate", outcome: "ok" },
			{ id: "key", outcome: "failed", detail },
		];
	}
	if (reason === "name") return [{ id: "name", outcome: "failed", detail }];
	// Inside a network the name may lead to an address that is none for others: that says nothing about them.
	return [{ id: "reachable", outcome: reason === "addressRefused" ? "unknown" : "failed", detail }];
};

const order: readonly SelfCheck["id"][] = ["name", "reachable", "certificate", "key"];

/** The checks that were made, of two of one kind the first, and the others as not known. */
const inOrder = (...made: readonly SelfCheck[]): readonly SelfCheck[] =>
	order.map((id) => made.find((check) => check.id === id) ?? { id, outcome: "unknown" });

const addressesOf = ({ endpoints }: PeerRoute): string =>
	endpoints.map(({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`).join(", ");

/** It has the name, and every key in use is one of ours. */
const isSameServer = (found: JsonObject, own: JsonObject): boolean => {
	const [foundKeys, ownKeys] = [found, own].map((document) => getObject(document, "verify_keys") ?? {});
	const ids = Object.keys(foundKeys ?? {});
	const keyOf = (keys: JsonObject | undefined, id: string) => getString(getObject(keys ?? {}, id) ?? {}, "key");
	return (
		getString(found, "server_name") === getString(own, "server_name") &&
		ids.length > 0 &&
		ids.every((id) => keyOf(foundKeys, id) !== undefined && keyOf(foundKeys, id) === keyOf(ownKeys, id))
	);
};
